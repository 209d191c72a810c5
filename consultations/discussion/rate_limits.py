"""How much one person may remove of what they have just posted, before they post more."""

from portal.web.rate_limits import Limit

# What is removed names no author any more, so it cannot be counted with what they have posted.
# They may always remove another.
REMOVALS = Limit("comments.removed", most=10, seconds=600)
