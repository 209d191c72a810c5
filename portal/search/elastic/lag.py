"""How far Elasticsearch is behind, for the health page and for staff."""

from typing import TypedDict

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min, Q
from django.utils import timezone

from portal.search.models import OutboxRow


class Condition(TypedDict):
    """
    The engine that searches; how many changes wait for it, for how many seconds the oldest does,
    and how many it refused for good. Where the database itself searches, nothing waits.
    """

    engine: str
    waiting: int
    lag_seconds: int
    failed: int


def condition() -> Condition:
    """Measure it with one query, none without Elasticsearch, and ask Elasticsearch nothing."""
    if not settings.ELASTICSEARCH_URL:
        return Condition(engine=connection.vendor, waiting=0, lag_seconds=0, failed=0)
    waiting = Q(failed=False)
    found = OutboxRow.objects.aggregate(
        waiting=Count("pk", filter=waiting),
        oldest=Min("added_at", filter=waiting),
        failed=Count("pk", filter=~waiting),
    )
    lag = (timezone.now() - found["oldest"]).total_seconds() if found["oldest"] else 0
    return Condition(
        engine="elasticsearch",
        waiting=found["waiting"],
        lag_seconds=max(0, round(lag)),
        failed=found["failed"],
    )
