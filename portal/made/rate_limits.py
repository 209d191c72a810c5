"""How often one client may have a file made; whoever comes after that waits some minutes."""

from portal.web.turns import Turns

MADE = Turns("made", most=6, pooled=60, seconds=60, windows=3)
