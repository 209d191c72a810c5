"""What is kept of who opened a fact check: the round stays, without their name."""

from knowledge.fact_checks.models import FactCheck
from portal.stakeholders.departures import Kept, Leaving, register
from portal.stakeholders.models import User


def register_leaving() -> None:
    """Have it in the file of all that is kept of somebody; the round stays when they leave."""
    register(Leaving(told=lambda user: [], leave=lambda user, at, erase: None, kept=_kept))


def _kept(user: User, for_owner: bool) -> Kept:
    opened = FactCheck.objects.filter(opened_by=user)
    return Kept({"fact_checks_opened": list(opened.values("title", "opened_on", "closed_on"))})
