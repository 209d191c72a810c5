"""
What allauth says by signals, and by nothing else: factors that change, and what somebody proved.

The factor that was set up is proof in this session, one that was removed is none any more, and
every other session of its owner ends. Of staff the log gets a line.
"""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.signals import (
    authentication_step_completed,
    email_changed,
    email_confirmed,
    login_code_rejected,
)
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from portal.sessions.actions import end_sessions
from portal.staff_log.actions import note
from portal.staff_log.models import What
from portal.stakeholders.models import User
from portal.stakeholders.proof.session import FACTORS, forget_proof, take_as_proof


def connect() -> None:
    """Have allauth call what stands here, once the apps are there."""
    for signal, receiver in (
        (mfa.authenticator_added, factor_added),
        (mfa.authenticator_removed, factor_removed),
        (mfa.authenticator_reset, codes_made),
        (mfa.authentication_failed, wrong_factor),
        (authentication_step_completed, step_done),
        (login_code_rejected, wrong_code),
        (email_confirmed, address_confirmed),
        (email_changed, address_changed),
    ):
        signal.connect(receiver, dispatch_uid=receiver.__name__)


def factor_added(
    *, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    if authenticator.type in FACTORS:
        take_as_proof(request, user, authenticator)
        end_sessions(user, but=request.session.session_key)
        note(user, What.FACTOR_ADDED, authenticator.type)


def factor_removed(
    *, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    if authenticator.type in FACTORS:
        forget_proof(request, user, authenticator)
        end_sessions(user, but=request.session.session_key)
        note(user, What.FACTOR_REMOVED, authenticator.type)


def codes_made(*, user: User, **kwargs: Any) -> None:
    note(user, What.CODES_MADE)


def wrong_factor(*, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    note(user, What.WRONG_FACTOR, authenticator.type)


def step_done(
    *,
    request: HttpRequest,
    user: User,
    method: str,
    reauthenticated: bool = False,
    **kwargs: Any,
) -> None:
    """
    Steps of signing in are noted once all are done (`adapters`); here, proof given again.

    After it the session has another key: one that was stolen before is worth nothing.
    """
    if reauthenticated:
        request.session.cycle_key()
        note(user, What.PROVED, kwargs.get("type", method))


def address_confirmed(*, request: HttpRequest, email_address: EmailAddress, **kwargs: Any) -> None:
    """Keep that whoever signs up has typed a code from the mailbox, as of those who sign in."""
    if not request.user.is_authenticated:
        record_authentication(request, email_address.user, method="code")


def wrong_code(*, user: User, **kwargs: Any) -> None:
    note(user, What.WRONG_CODE)


def address_changed(*, user: User, **kwargs: Any) -> None:
    note(user, What.ADDRESS_CHANGED)
