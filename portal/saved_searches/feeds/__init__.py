"""Any search as an Atom feed, for everybody."""
