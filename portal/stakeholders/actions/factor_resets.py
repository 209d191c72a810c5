"""Removing a second factor that its owner has lost: one asks, a second approves."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.sessions.actions import end_sessions
from portal.staff_log.actions import name_for_log, note
from portal.staff_log.models import What
from portal.stakeholders.actions.errors import (
    NothingToReset,
    NotPermitted,
    Refused,
    WaitsAlready,
)
from portal.stakeholders.models import FactorReset, User
from portal.stakeholders.notifications import tell_everywhere
from portal.stakeholders.permissions import (
    user_can_approve_reset,
    user_can_ask_for_reset,
    user_can_keep_people,
    user_may_still_invite,
)


def has_factor(user: User) -> bool:
    """Say whether anything of a second factor is kept for a person, recovery codes too."""
    return Authenticator.objects.filter(user=user).exists()


def ask_for_reset(
    *, person: User, by: User, reason: str, at: datetime | None = None
) -> FactorReset:
    """
    Ask that a person's second factors be removed; nothing happens before a second person approves.

    The person is told at once, so that a request in their name does not go unseen. Raises
    NotPermitted, NothingToReset, WaitsAlready.
    """
    at = at or timezone.now()
    if not user_can_ask_for_reset(by, person):
        raise NotPermitted
    if not has_factor(person):
        raise NothingToReset
    if FactorReset.objects.waiting(at).filter(person=person).exists():
        raise WaitsAlready
    try:
        with transaction.atomic():
            FactorReset.objects.filter(person=person).delete()
            made = FactorReset.objects.create(
                person=person, asked_by=by, reason=reason, asked_on=at.date()
            )
            tell_everywhere(
                person,
                _("somebody asked to remove your two-step sign-in"),
                _(
                    "An administrator of the portal says that you have lost your second step of "
                    "signing in, and asks to remove it. Another administrator has to approve "
                    "this. Then you sign in by e-mail and set up a new one.\n\nIf you did not ask "
                    "for this, write to the people who run the portal at once."
                ),
            )
            note(by, What.FACTOR_RESET, f"asked: {name_for_log(person)}")
    except IntegrityError:
        raise WaitsAlready from None
    return made


@transaction.atomic
def approve_reset(*, reset: FactorReset, by: User, at: datetime | None = None) -> int:
    """
    Remove the person's factors, end their sessions, tell them; return how many there were.

    Raises NotPermitted for whoever asked and for the person themself, Refused where the request is
    gone, older than seven days, or of somebody who is no administrator any more.
    """
    found = FactorReset.objects.select_for_update().filter(pk=reset.pk)
    reset = _waiting(found.first(), at or timezone.now())
    if not user_can_approve_reset(by, reset):
        raise NotPermitted
    person = reset.person
    reset.delete()
    note(by, What.FACTOR_RESET, f"approved: {name_for_log(person)}")
    return remove_second_factors(user=person, how="by two administrators")


@transaction.atomic
def refuse_reset(*, reset: FactorReset, by: User) -> None:
    """Take a request back, or refuse it; one person does, who asked or another. NotPermitted."""
    if not user_can_keep_people(by) or by.pk == reset.person_id:
        raise NotPermitted
    note(by, What.FACTOR_RESET, f"not approved: {name_for_log(reset.person)}")
    FactorReset.objects.filter(pk=reset.pk).delete()


@transaction.atomic
def remove_second_factors(*, user: User, how: str = "by an operator") -> int:
    """
    Remove all second factors and recovery codes of an account, and return how many there were.

    Its sessions end, its owner is told by mail, and of staff the log has a line: whoever reads
    the account's mail can set up another factor.
    """
    removed = Authenticator.objects.filter(user=user).delete()[0]
    end_sessions(user)
    note(user, What.FACTOR_REMOVED, how)
    tell_everywhere(
        user,
        _("your two-step sign-in was removed"),
        _(
            "The people who run the portal have removed two-step sign-in from your account. They "
            "were told that you had lost it. Sign in and set it up again.\n\nIf you did not ask "
            "for this, write to them at once."
        ),
    )
    return removed


def _waiting(reset: FactorReset | None, at: datetime) -> FactorReset:
    """Return a request that still counts; raises Refused."""
    if reset is None or not FactorReset.objects.waiting(at).filter(pk=reset.pk).exists():
        raise Refused(_("This request is gone, or older than 7 days. Ask again."))
    if not user_may_still_invite(reset.asked_by):
        raise Refused(_("Who asked for this is no administrator any more. Ask again."))
    return reset
