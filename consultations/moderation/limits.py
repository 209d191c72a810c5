"""How often one client may dispute."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from portal.web.rate_limits import Limit

DISPUTES = Limit("disputes", most=5, seconds=3600)


def may_dispute(request: HttpRequest) -> bool:
    """Return whether this client may send one more dispute now; counts it."""
    return DISPUTES.take(get_adapter(request).get_client_ip(request))
