"""What is kept of somebody who asked for a change of pages or documents, or decided about it."""

from portal.cms.models import DocumentChange, UnpublishRequest
from portal.stakeholders.departures import Kept, Leaving, register
from portal.stakeholders.models import User


def register_leaving() -> None:
    """Have it in the file of all that is kept of somebody; the requests stay without their name."""
    register(Leaving(told=lambda user: [], leave=lambda user, at, erase: None, kept=_kept))


def _kept(user: User, for_owner: bool) -> Kept:
    asked = UnpublishRequest.objects.filter(asked_by=user)
    decided = UnpublishRequest.objects.filter(decided_by=user)
    proposed = DocumentChange.objects.filter(proposed_by=user)
    changed = DocumentChange.objects.filter(decided_by=user)
    return Kept(
        {
            "asked_to_unpublish": list(asked.values("page__title", "end", "reason", "asked_at")),
            "decided_to_unpublish": list(
                decided.values("page__title", "decision", "answer", "decided_at")
            ),
            "proposed_for_documents": list(
                proposed.values("document__title", "title", "reason", "proposed_at")
            ),
            "decided_for_documents": list(
                changed.values("document__title", "decision", "answer", "decided_at")
            ),
        }
    )
