"""How often one client may dispute."""

from portal.web.turns import Turns

DISPUTES = Turns("disputes", most=2, pooled=30, seconds=1200, windows=3, is_strict=True)
