"""What is done with an account: by its owner, and by staff."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from portal.sessions.actions import end_sessions
from portal.staff_log.actions import name_for_log, note
from portal.staff_log.models import What
from portal.stakeholders import departures
from portal.stakeholders.actions.errors import LastAdministrator, NotPermitted
from portal.stakeholders.models import User
from portal.stakeholders.names import checked_name, reserved_from
from portal.stakeholders.notifications import (
    NOTICE,
    addresses_of,
    tell_everywhere,
    tell_of_account,
)
from portal.stakeholders.permissions import user_can_delete_person


def update_profile(*, user: User, name: str, submitter_type: str, affiliation: str) -> User:
    """
    Keep what a person says of themself: a name, a key of SUBMITTER_TYPE, and an organisation.

    The stated organisation stays unverified; the verified one is staff's to set. What was said
    before stays under the profile of then. Raises ValidationError for a name that may not be
    (`names.py`).
    """
    reserved = reserved_from(user)
    user.name = checked_name(name, reserved)
    user.submitter_type = submitter_type
    user.affiliation = checked_name(affiliation, reserved)
    user.save(update_fields=["name", "submitter_type", "affiliation"])
    return user


@transaction.atomic
def change_address_by_staff(*, user: User, email: str) -> User:
    """
    Replace a person's e-mail address with one that staff entered; `user` is saved.

    Codes go to the new address alone from now on, and it counts as verified once one is used. All
    the person's sessions end: whoever came in by the old address is out. The old one is told: else
    whoever changed it could act in the person's name unseen.
    """
    before = [each for each in addresses_of(User.objects.get(pk=user.pk)) if each != email]
    user.email = email
    user.save()
    end_sessions(user)
    for address in before:
        tell_of_account(
            to=address,
            subject=settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + _("your e-mail address was changed"),
            text=_(
                "The people who run the portal have given your account another e-mail address. "
                "Codes for signing in go there from now on, and no more to this one.\n\nIf you did "
                "not ask for this, write to them at once."
            ),
            kind=NOTICE,
        )
    EmailAddress.objects.filter(user=user).exclude(email__iexact=email).delete()
    return user


@transaction.atomic
def delete_account(*, user: User, erase: bool, at: datetime | None = None) -> None:
    """
    Delete an account and all that only its owner sees; every room does its part (`departures.py`).

    What they wrote for everybody to read is erased with `erase`, and stays without their name
    otherwise. Whoever calls has asked who may.
    """
    departures.leave(user, at or timezone.now(), erase=erase)
    # The admin's log of what staff did with the account has its name in each line.
    ModelLogEntry.objects.for_instance(user).update(label="")
    user.delete()


@transaction.atomic
def delete_person(*, person: User, by: User, reason: str) -> None:
    """
    Delete somebody's account as staff, and tell them at every address why.

    They have not chosen, so what they wrote for everybody stays, without their name. The log of
    staff keeps the reason. Raises NotPermitted, LastAdministrator.
    """
    if not user_can_delete_person(by, person):
        raise NotPermitted
    # Held until the end: else the last two could delete each other at the same moment.
    list(User.objects.administrators().select_for_update().order_by("pk").values_list("pk"))
    keep_an_administrator(but=person)
    tell_everywhere(
        person,
        _("your account was deleted"),
        _(
            "The people who run the portal have deleted your account. The reason that they gave:"
            "\n\n%(reason)s\n\nYour comments stay without your name. Responses that you sent stay "
            "as you sent them. This cannot be undone. If you think that it is a mistake, write to "
            "them; you can make a new account at any time."
        )
        % {"reason": reason},
    )
    note(by, What.ACCOUNT_DELETED, f"{name_for_log(person)}: {reason}")
    delete_account(user=person, erase=False)


def keep_an_administrator(*, but: User) -> None:
    """Raise LastAdministrator where nobody but this person can give roles."""
    everybody = User.objects.administrators()
    if everybody.filter(pk=but.pk).exists() and not everybody.exclude(pk=but.pk).exists():
        raise LastAdministrator
