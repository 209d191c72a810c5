"""How often one client may dispute: counted for an hour, under a name that is no address."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

MOST = 5
SECONDS = 3600


def may_dispute(request: HttpRequest) -> bool:
    """
    Whether this client may send one more dispute now; counts it.

    The client is told apart by a keyed hash that changes each day (`AccountAdapter`).
    """
    key = f"dispute:{get_adapter(request).get_client_ip(request)}"
    cache.add(key, 0, SECONDS)
    try:
        return cache.incr(key) <= MOST
    except ValueError:  # its hour ended between the two
        return True
