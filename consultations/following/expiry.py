"""Until when a consultation can be followed: after its last news no address is kept."""

from datetime import datetime, timedelta

from consultations.calls.models import ConsultationPage
from consultations.calls.phases import Phase

# An address is erased so long after the deadline at the latest, as those beside responses are.
KEPT = timedelta(days=730)


def is_over(page: ConsultationPage, at: datetime) -> bool:
    """Say whether nothing more is told of a consultation at an aware instant."""
    told_all = page.phase(at) in (Phase.OUTCOME, Phase.CANCELLED)
    return told_all or page.closes_at + KEPT <= at
