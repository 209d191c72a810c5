"""
When a request came: the moment by which it is judged against deadlines.

That is when its first byte came, not when its body was there: whoever has a slow line, or stands
behind others, is not late for it. Only the proxy knows it. It says when it hands a request over and
how many seconds it had it (docs/nginx.conf); without a proxy it is the moment at which the request
reached the portal, before its body is read.
"""

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

HANDED_OVER = "HTTP_X_HANDED_OVER"  # seconds since 1970
TAKEN = "HTTP_X_SECONDS_TAKEN"
# The time that a body has: who holds one back for longer is judged as if it had taken so long.
LONGEST_BODY = timedelta(minutes=5)


class ArrivalMiddleware:
    """Notes the moment before anything is read of a request but its head."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        arrived_at(request)
        return self.get_response(request)


def arrived_at(request: HttpRequest) -> datetime:
    """
    Return the moment of a request's arrival, an aware instant; the same each time.

    What its headers say is believed only behind our own proxy, which sets them, and never of the
    future nor of more than `LONGEST_BODY` ago.
    """
    known = getattr(request, "_arrived_at", None)
    if known is None:
        now = timezone.now()
        known = min(now, max(_first_byte(request) or now, now - LONGEST_BODY))
        request._arrived_at = known  # type: ignore[attr-defined]
    return known


def _first_byte(request: HttpRequest) -> datetime | None:
    if not settings.BEHIND_TLS_PROXY:
        return None
    try:
        seconds = float(request.META[HANDED_OVER]) - float(request.META[TAKEN])
        return datetime.fromtimestamp(seconds, UTC) if math.isfinite(seconds) else None
    except (KeyError, ValueError, OverflowError, OSError):
        return None
