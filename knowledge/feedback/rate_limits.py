"""How often one client may say whether a guide was useful."""

from portal.web.turns import Turns

USEFUL = Turns("guides-useful", most=10, pooled=60, seconds=1200, windows=3, is_strict=True)
