"""How often one client may tell of a source."""

from portal.web.turns import Turns

SOURCES = Turns("sources-told", most=3, pooled=30, seconds=1200, windows=3, is_strict=True)
