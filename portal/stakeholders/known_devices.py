"""
Browsers in which somebody has signed in before: strangers' attempts do not hold them back.

The cookie holds, for each of the last three accounts, 128 random bits and a code that ties them to
the account's address: the portal can check an address that is typed against it, and nobody can read
one in it. It opens nothing, is kept nowhere by the portal, and is sent to the pages of accounts
alone, never where somebody answers.
"""

import secrets
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare, salted_hmac

from portal.notifications.sealing import CannotUnsealError, seal, unseal

COOKIE = "known"
ACCOUNTS = 3
HOLDS = 365 * 86_400  # seconds
BITS = 32  # characters: 128 bits


def device_of(request: HttpRequest, email: str) -> str:
    """Return what names this browser where `email` has signed in before in it; else ""."""
    for device, mark in _held(request):
        if constant_time_compare(mark, _mark(device, email)):
            return device
    return ""


def remember(request: HttpRequest, response: HttpResponseBase, email: str) -> None:
    """Have the browser known as one in which `email` has signed in, with all steps done."""
    others = [each for each in _held(request) if each[1] != _mark(each[0], email)]
    device = device_of(request, email) or secrets.token_hex(BITS // 2)
    marks = [(device, _mark(device, email)), *others][:ACCOUNTS]
    value = ".".join(f"{device}{mark}" for device, mark in marks)
    for language, _label in settings.LANGUAGES:
        with translation.override(language):
            response.set_cookie(
                f"{COOKIE}-{language}",
                value,
                max_age=HOLDS,
                path=reverse("account_overview"),
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )


def link_for(email: str) -> str:
    """
    Return the path that makes a browser known for `email`, today and tomorrow: for mail to it.

    Whoever reads the mailbox gets past what strangers used up. The address is sealed in it, and
    stands in the query, which no log has.
    """
    sealed = seal(f"known {timezone.now().date().isoformat()} {email}").decode()
    return f"{reverse('account_known')}?{urlencode({'by': sealed})}"


def email_of_link(by: str) -> str:
    """Return the address that a link was made for; "" where it is none, or is over."""
    try:
        what, day, email = unseal(by.encode()).split(" ", 2)
        made_on = date.fromisoformat(day)
    except (CannotUnsealError, ValueError):
        return ""
    is_over = timezone.now().date() > made_on + timedelta(days=1)
    return "" if what != "known" or is_over else email


def _held(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Devices and marks as the browser sends them, none of them checked."""
    name = f"{COOKIE}-{translation.get_language()}"
    for each in request.COOKIES.get(name, "").split(".")[:ACCOUNTS]:
        if len(each) == 2 * BITS:
            yield each[:BITS], each[BITS:]


def _mark(device: str, email: str) -> str:
    tied = f"{device}|{email.strip().lower()}"
    return salted_hmac("portal.stakeholders.known_devices", tied, algorithm="sha256").hexdigest()[
        :BITS
    ]
