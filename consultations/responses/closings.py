"""Which consultations have closed, for the record: its root is published for each of them."""

from collections.abc import Iterable
from datetime import UTC, date

from django.utils import timezone

from consultations.calls.models import ConsultationPage


def closed() -> Iterable[tuple[str, date]]:
    """Yield the docket and UTC day of closing of every published consultation past its deadline."""
    pages = ConsultationPage.objects.live().filter(closes_at__lte=timezone.now())
    for docket, closes_at in pages.order_by("closes_at").values_list("docket", "closes_at"):
        yield docket, closes_at.astimezone(UTC).date()
