"""What is kept of somebody who said that a translation was read: it stays, without their name."""

from portal.proofreading.models import Review
from portal.stakeholders.departures import Kept, Leaving, register
from portal.stakeholders.models import User


def register_leaving() -> None:
    """Have it in the file of all that is kept of somebody; the review stays when they leave."""
    register(Leaving(told=lambda user: [], leave=lambda user, at, erase: None, kept=_kept))


def _kept(user: User, for_owner: bool) -> Kept:
    entered = Review.objects.filter(entered_by=user)
    return Kept({"translations_read": list(entered.values("text", "language", "read_on"))})
