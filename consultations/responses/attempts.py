"""How often somebody may try a code: five wrong ones a minute."""

from collections.abc import Callable
from typing import TypeVar

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from consultations.responses.errors import Refused
from portal.web.rate_limits import Limit

WRONG_CODES = Limit("answer-codes", most=5, seconds=60)

Found = TypeVar("Found")


class TooManyTries(Refused):
    """Five wrong codes came from there within a minute."""

    message = _("Too many wrong codes. Wait a minute, then try again.")


def try_code(request: HttpRequest, look_up: Callable[[], Found | None]) -> Found | None:
    """
    Return what `look_up` finds; None where it finds nothing, which counts as a wrong code.

    Counted before looking, so trying many at once gains nothing. Raises TooManyTries.
    """
    client = get_adapter().get_client_ip(request)
    if not WRONG_CODES.take(client):
        raise TooManyTries
    found = look_up()
    if found is not None:
        WRONG_CODES.give_back(client)
    return found
