"""
What is answered while something that every page needs is away: 503, not 500.

A database that restarts, is full or takes no more connections is nobody's fault who asks, and comes
back; so machines are told when to ask again, and people that what was confirmed to them is saved.
"""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults

from portal.web.limit_store import StoreAway

RETRY_AFTER = 30  # seconds
# SQLite's own number for what is wrong with a statement: a fault of ours.
SQLITE_ERROR = 1


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
