"""
Proof again by a code that is mailed, for accounts with neither password nor second factor.

allauth lets these change everything without a question. What is kept of the code is its keyed hash,
in the session that asked for it.
"""

import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.internal.cryptokit import normalize_user_code
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from portal.stakeholders.models import User
from portal.stakeholders.notifications import PROOF
from portal.web.rate_limits import Limit

SESSION_KEY = "mailed_proof"
SECONDS, TRIES = 600, 3
ASKED = Limit("mailed-proof", most=10, seconds=3600)


def is_waiting(request: HttpRequest, key: str = SESSION_KEY) -> bool:
    """Say whether a code was sent from this session that may still be entered."""
    sent: Any = request.session.get(key)
    return bool(sent) and sent["tries"] < TRIES and time.time() - sent["at"] < SECONDS


def send_code(request: HttpRequest, person: User) -> bool:
    """Mail a new code to this person, which replaces one before; False where that is too many."""
    if not ASKED.take(str(person.pk)):
        return False
    code = new_code(request)
    get_adapter().send_mail("account/email/proof_code", person.email, {"code": code, "kind": PROOF})
    return True


def new_code(request: HttpRequest, key: str = SESSION_KEY) -> str:
    """Return a code, for mail, that this session takes once; `key` says what it is good for."""
    code = get_adapter().generate_login_code()
    request.session[key] = {"hash": _hash(code), "at": time.time(), "tries": 0}
    return code


def take_code(request: HttpRequest, typed: str, key: str = SESSION_KEY) -> bool:
    """Say whether this is the code that was sent; it is good once, and each wrong one counts."""
    if not is_waiting(request, key):
        return False
    sent = request.session[key]
    if constant_time_compare(_hash(typed), sent["hash"]):
        del request.session[key]
        return True
    request.session[key] = {**sent, "tries": sent["tries"] + 1}
    return False


def _hash(code: str) -> str:
    return salted_hmac(SESSION_KEY, normalize_user_code(code)).hexdigest()
