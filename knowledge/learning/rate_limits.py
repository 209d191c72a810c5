"""How often one client may be given a certificate: each leaves a row."""

from portal.web.turns import Turns

CERTIFICATES = Turns(
    "learning-certificates", most=10, pooled=60, seconds=1200, windows=3, is_strict=True
)
