"""
Staff's proof: what a session knows of its person's second factor.

allauth writes into the session by what somebody proved who they are, each time. A session in which
a second factor was used is one in which staff's powers are in force (`User.is_in_force`).
"""

import time
from typing import Any
from urllib.parse import urlencode

from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    record_authentication,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.stakeholders.models import User

# How long a mailed code that somebody signed in with lets them set up their first factor: as long
# as the code would have held, for whoever has to install an app first.
FIRST_FACTOR_SECONDS = 600
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def was_second_factor_used(request: HttpRequest, person: User) -> bool:
    """Say whether this session's person has proved a second factor in it, by whichever way."""
    return any(each.get("method") == "mfa" for each in get_authentication_records(request, person))


def ways_in(request: HttpRequest, person: User) -> str:
    """Return by what somebody proved in this session who they are, for the log: "code, totp"."""
    records = get_authentication_records(request, person)
    return ", ".join(each.get("type") or each["method"] for each in records)


def was_proved_again(request: HttpRequest, person: User) -> bool:
    """Say whether this session's person has just proved once more who they are."""
    again = [
        each["at"]
        for each in get_authentication_records(request, person)
        if each.get("reauthenticated")
    ]
    return bool(again) and time.time() - again[-1] < REAUTHENTICATION_TIMEOUT


def was_code_just_used(request: HttpRequest, person: User) -> bool:
    """Say whether this session's person has just typed a code from their mailbox."""
    typed = [
        each["at"]
        for each in get_authentication_records(request, person)
        if each.get("method") == "code"
    ]
    return bool(typed) and time.time() - typed[-1] < FIRST_FACTOR_SECONDS


def take_as_proof(request: HttpRequest, person: User, factor: Authenticator) -> None:
    """
    Take a factor that was set up in this session, and just used by its owner, as proof.

    It is proof again too: the page with the recovery codes, which comes next, asks for no other.
    """
    kind = {"id": factor.pk, "type": factor.type, "reauthenticated": True}
    record_authentication(request, person, method="mfa", **kind)


def forget_proof(request: HttpRequest, person: User, factor: Authenticator) -> None:
    """Forget the proof of a factor that was removed."""
    kept = [each for each in get_authentication_records(request, person) if not _is(each, factor)]
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = kept


def why_to_prove(person: User) -> str:
    """Return the sentence for somebody whose powers are not in force."""
    if is_mfa_enabled(person, FACTORS):
        return _("Confirm your second factor first: you need it for your work as staff.")
    return _("Set up two-step sign-in first: all staff of the portal need it.")


def way_to_prove(person: User, next_url: str) -> str:
    """
    Return the address at which this person proves their second factor, and goes on from there.

    It is the page that sets one up where they have none; that one does not lead on.
    """
    if is_mfa_enabled(person, [Authenticator.Type.TOTP]):
        page = reverse("mfa_reauthenticate")
    elif is_mfa_enabled(person, [Authenticator.Type.WEBAUTHN]):
        page = reverse("mfa_reauthenticate_webauthn")
    else:
        return reverse("mfa_index")
    return f"{page}?{urlencode({'next': next_url})}"


def _is(record: dict[str, Any], factor: Authenticator) -> bool:
    # A removed row has lost its number; that of recovery codes goes with the last factor.
    return record.get("method") == "mfa" and record.get("type") == factor.type
