"""What followers are told of: what the feed of the consultation says, and that nothing came."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from consultations.calls.feeds.events import Event, events_of
from consultations.calls.models import ConsultationPage
from consultations.calls.phases import Phase
from consultations.following.expiry import KEPT

LAPSED = "lapsed"
# After these nothing more is told, and the addresses are erased.
LAST = ("outcome", "cancelled", LAPSED)


def happened(pages: Sequence[ConsultationPage], at: datetime) -> list[Event]:
    """
    List what has happened to consultations until an aware instant, the newest first.

    In the active language; `key` tells an event of a consultation for ever.
    """
    lapsed = [
        Event(
            page,
            LAPSED,
            _("No outcome two years after the deadline"),
            page.closes_at + KEPT,
            _("The portal has published no outcome of it."),
        )
        for page in pages
        if page.phase(at) is Phase.CLOSED and page.closes_at + KEPT <= at
    ]
    return [*lapsed, *events_of(pages, at)]
