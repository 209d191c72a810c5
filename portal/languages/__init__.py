"""The languages of the interface: which there are, how addresses name them, how they write."""
