"""How often wrong codes are told so: five times a minute, and more where many people come from."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.web.clients import client_of
from portal.web.errors import TooMuch
from portal.web.rate_limits import Limit

WRONG_CODES = Limit("answer-codes", most=5, seconds=60)
# Ten times as many from where many people come.
WRONG_CODES_SHARED = Limit("answer-codes", most=50, seconds=60)

Found = TypeVar("Found")


class TooManyTries(TooMuch):
    """A wrong code, after as many others from there as a minute takes."""

    message = _(
        "What you typed opens nothing here. Many wrong codes have come over your internet "
        "connection; others may be using it too. A right code is let in at any time. Compare yours "
        "with what you wrote down."
    )


def try_code(request: HttpRequest, look_up: Callable[[], Found | None]) -> Found | None:
    """
    Return what `look_up` finds; None where it finds nothing, which counts as a wrong code.

    Raises TooManyTries in place of None once a minute has had its wrong ones. A right code is let
    in however many came before it: nobody finds one of 100 bits by trying, and an address may be
    that of many, so that refusing it would shut out people for what others do.
    """
    found = look_up()
    if found is None and not count_wrong(request):
        raise TooManyTries
    return found


def count_wrong(request: HttpRequest) -> bool:
    """Count a wrong code, and return whether it is within what a minute takes from its client."""
    client = client_of(request)
    return (WRONG_CODES_SHARED if client.is_pool else WRONG_CODES).take(client.alone)
