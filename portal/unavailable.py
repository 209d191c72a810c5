"""
What is answered where no view can: what came is too large or cannot be read, or something is away.

What is too large was never read, so it cannot be shown again: 413, with what to do.

While something that every page needs is away it is 503, not 500.

A database that restarts, is full or takes no more connections is nobody's fault who asks, and comes
back; so machines are told when to ask again, and people that what was confirmed to them is saved.
"""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults

from portal.web.limit_store import StoreAway

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
RETRY_AFTER = 30  # seconds
# SQLite's own number for what is wrong with a statement: a fault of ours.
SQLITE_ERROR = 1


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show the page for what could not be read: 413 if it is more than is taken, else 400."""
    too_large = isinstance(exception, TOO_LARGE)
    name, status = ("413.html", 413) if too_large else ("400.html", 400)
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(render_to_string(name), status=status, headers=headers)


def server_error(request: HttpRequest) -> HttpResponse:
    """Show the page for what no view caught: 503 if the database or the limits are away."""
    if not is_away(sys.exc_info()[1]):
        return defaults.server_error(request)
    return HttpResponse(
        render_to_string("503.html"),
        status=503,
        headers={"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"},
    )


def is_away(error: BaseException | None) -> bool:
    """Say whether an exception means that the database or the store of limits is away now."""
    if isinstance(error, StoreAway | InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    return getattr(error.__cause__, "sqlite_errorcode", None) != SQLITE_ERROR
