"""What is kept of somebody who read guides against their sources, or confirmed it."""

from knowledge.guides.models import StillTrue
from portal.stakeholders.departures import Kept, Leaving, register
from portal.stakeholders.models import User


def register_leaving() -> None:
    """Have it in the file of all that is kept of somebody; the reviews stay without their name."""
    register(Leaving(told=lambda user: [], leave=lambda user, at, erase: None, kept=_kept))


def _kept(user: User, for_owner: bool) -> Kept:
    asked = StillTrue.objects.filter(asked_by=user)
    decided = StillTrue.objects.filter(decided_by=user)
    return Kept(
        {
            "found_guides_true": list(
                asked.values("guide__title", "note", "review_due", "asked_at")
            ),
            "decided_on_guides": list(
                decided.values("guide__title", "decision", "answer", "decided_at")
            ),
        }
    )
