"""What the feeds of a consultation say of its responses: on which days some were published."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time

from django.utils.translation import gettext as _

from consultations.calls.feeds.events import Event, register
from consultations.calls.models import ConsultationPage
from consultations.publication.models import PublicCopy
from consultations.publication.tabs import href


def days_of_publication(pages: Sequence[ConsultationPage], at: datetime) -> Iterable[Event]:
    """
    Return an event for each day that has ended; not how many there were, and at no hour.

    Who reads a feed every minute would else learn more of an answer without a name than its page
    tells.
    """
    by_key = {page.pk: page for page in pages}
    found = PublicCopy.objects.published().filter(
        consultation__in=by_key, published_on__lt=at.astimezone(UTC).date()
    )
    for key, day in found.order_by().values_list("consultation", "published_on").distinct():
        label, page = _("Responses published"), by_key[key]
        begins = datetime.combine(day, time.min, UTC)
        yield Event(page, f"published-{day.isoformat()}", label, begins, path=href(page))


def register_events() -> None:
    """Have the feeds say it."""
    register("publication", days_of_publication)
