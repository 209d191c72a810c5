"""How often somebody may try a code: five wrong ones a minute, counted in the cache alone."""

from collections.abc import Callable
from typing import TypeVar

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from consultations.responses.errors import Refused

TRIES = 5
SECONDS = 60

Found = TypeVar("Found")


class TooManyTries(Refused):
    """Five wrong codes came from there within a minute."""

    message = _("Too many wrong codes. Wait a minute, then try again.")


def try_code(request: HttpRequest, look_up: Callable[[], Found | None]) -> Found | None:
    """
    What `look_up` finds; None where it finds nothing, which takes one of five places for a minute.

    The client is known to the cache by the hash that the account adapter makes anew each day. A
    place is taken before looking, so trying many at once gains nothing. Raises TooManyTries.
    """
    client = get_adapter().get_client_ip(request)
    for place in range(TRIES):
        key = f"responses.code.{client}.{place}"
        if cache.add(key, 1, SECONDS):
            break
    else:
        raise TooManyTries
    found = look_up()
    if found is not None:
        cache.delete(key)
    return found
