"""The words of a page, found one by one, so that they can stand in other languages."""
