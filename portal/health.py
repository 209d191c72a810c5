"""Whether this process lives, and whether it can serve."""

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponsePermanentRedirect, JsonResponse
from django.views.decorators.cache import never_cache
from wagtail.models import Locale

from consultations.calls.models import ConsultationPage
from portal.cms.models.required import Lacking
from portal.notifications.delivery import backlog
from portal.search.circuit_breaker import CLOSED, breaker
from portal.search.elastic.lag import Condition, condition
from portal.web.limit_store import StoreAway
from portal.web.middleware import SlashMiddleware

PATHS = ("/health/live", "/health/ready")
# Changes reach Elasticsearch within seconds; later than this, something is wrong.
LATE_SECONDS = 120


class CommonMiddleware(SlashMiddleware):
    """As for all pages, but who watches a server may ask after its health by any address of it."""

    def process_request(self, request: HttpRequest) -> HttpResponsePermanentRedirect | None:
        return None if request.path in PATHS else super().process_request(request)


@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """200 while the process answers at all; asks nothing of anything else."""
    return JsonResponse({"status": "live"})


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """
    200 when the database answers, 503 otherwise.

    Says whether mail is stuck, whether limits can be counted, whether Elasticsearch, asked now,
    answers and keeps up, and whether a consultation could open, but nothing of why: none of these
    keeps the portal from serving.
    """
    try:
        left, search = backlog(), condition()
        lacking = ConsultationPage.pages_in_the_way(Locale.get_default().pk)
    except Exception:
        return JsonResponse({"status": "unavailable", "database": "down"}, status=503)
    stuck = left["failed"] or left["unknown"]
    return JsonResponse(
        {
            "status": "ready",
            "database": "up",
            "limits": _of_limits(),
            "mail": "look at manage.py send_notifications" if stuck else "ok",
            "consultations": _of_pages(lacking),
            "search": _of_search(search),
            "search_engine": search["engine"],
            "search_lag_seconds": search["lag_seconds"],
        }
    )


def _of_search(search: Condition) -> str:
    if breaker.state() != CLOSED or not _elasticsearch_answers():
        return "degraded: the database answers in place of Elasticsearch"
    if search["failed"] or search["lag_seconds"] > LATE_SECONDS:
        return "look at manage.py search_outbox"
    return "ok"


def _elasticsearch_answers() -> bool:
    """Say whether it does; where there is none, nothing is missing."""
    if not settings.ELASTICSEARCH_URL:
        return True
    # Here, for whoever has no Elasticsearch need not load its client.
    from portal.search.fallback import is_answering

    return is_answering()


def _of_pages(lacking: list[Lacking]) -> str:
    titles = ", ".join(f"“{each.title}”" for each in lacking)
    return f"complete and publish {titles}" if titles else "ok"


def _of_limits() -> str:
    try:
        caches["default"].touch("health")
    except StoreAway:
        return "cannot be counted: nobody can sign in"
    return "ok"
