"""How many contents of packs are new to the record on one day; more are made and not entered."""

from portal.web.rate_limits import DAY, Limit

ENTERED = Limit("packs-entered", most=200, seconds=DAY)
