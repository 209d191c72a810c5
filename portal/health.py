"""Whether this process lives, and whether it can serve."""

from django.core.cache import caches
from django.http import HttpRequest, JsonResponse
from wagtail.models import Locale

from consultations.calls.models import ConsultationPage
from portal.notifications.delivery import backlog
from portal.search.circuit_breaker import CLOSED, breaker
from portal.search.elastic.lag import Condition, condition
from portal.web.limit_store import StoreAway

# Changes reach Elasticsearch within seconds; later than this, something is wrong.
LATE_SECONDS = 120


def live(request: HttpRequest) -> JsonResponse:
    """200 while the process answers at all; asks nothing of anything else."""
    return JsonResponse({"status": "live"})


def ready(request: HttpRequest) -> JsonResponse:
    """
    200 when the database answers, 503 otherwise.

    Says whether mail is stuck, whether limits can be counted, whether Elasticsearch answers and
    keeps up, and whether a consultation could open, but nothing of why: none of these keeps the
    portal from serving.
    """
    try:
        left, search = backlog(), condition()
        obstacle = ConsultationPage.obstacle_to_publishing(Locale.get_default().pk)
    except Exception:
        return JsonResponse({"status": "unavailable", "database": "down"}, status=503)
    stuck = left["failed"] or left["unknown"]
    return JsonResponse(
        {
            "status": "ready",
            "database": "up",
            "limits": _of_limits(),
            "mail": "look at manage.py send_notifications" if stuck else "ok",
            "consultations": "complete the page “Before you answer”" if obstacle else "ok",
            "search": _of_search(search),
            "search_engine": search["engine"],
            "search_lag_seconds": search["lag_seconds"],
        }
    )


def _of_search(search: Condition) -> str:
    if search["failed"] or search["lag_seconds"] > LATE_SECONDS:
        return "look at manage.py search_outbox"
    if breaker.state() != CLOSED:
        return "the database answers in place of Elasticsearch"
    return "ok"


def _of_limits() -> str:
    try:
        caches["default"].touch("health")
    except StoreAway:
        return "cannot be counted: nobody can sign in"
    return "ok"
