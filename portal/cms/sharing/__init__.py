"""The picture that others show where somebody sends them the address of a page."""
