"""How much one person may remove of what they have just posted, before they post more."""

from portal.stakeholders.models import User
from portal.web.rate_limits import Limit

# What is removed names no author any more, so it cannot be counted with what they have posted.
REMOVALS = Limit("comments.removed", most=10, seconds=600)


def count_removal(author: User) -> None:
    """Count that somebody has removed a comment; they may always remove another."""
    REMOVALS.take(str(author.pk))


def has_removed_many(author: User) -> bool:
    """Return whether somebody has to wait before they post again."""
    return REMOVALS.is_reached(str(author.pk))
