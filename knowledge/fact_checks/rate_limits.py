"""How often one expert may save."""

from portal.web.turns import Turns

SAVED = Turns("fact-checks-saved", most=40, pooled=40)
