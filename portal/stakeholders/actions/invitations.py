"""Offering roles to somebody by mail: inviting, sending again, taking back, and the answer."""

from collections.abc import Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import get_language

from portal.staff_log.actions import name_for_log, note
from portal.staff_log.models import What
from portal.stakeholders.actions.errors import (
    InvitationIsOver,
    InvitedAlready,
    NotPermitted,
    SentToday,
    TooManyInvitations,
)
from portal.stakeholders.models import Invitation, Organisation, State, User
from portal.stakeholders.names import checked_name, reserved_from
from portal.stakeholders.notifications import send_invitation, take_invitation_back
from portal.stakeholders.permissions import (
    user_can_invite,
    user_can_keep_people,
    user_may_still_invite,
)
from portal.web.rate_limits import DAY, Limit

# Mail that an administrator whose account was stolen can have sent to strangers.
A_DAY = Limit("invitations", most=50, seconds=DAY)


def account_of(address: str) -> User | None:
    """Return the person whose account has this address, however it is spelt."""
    return User.objects.alias(lowered=Lower("email")).filter(lowered=address.lower()).first()


def invite(
    *,
    email: str,
    roles: Iterable[Group],
    reason: str,
    by: User,
    organisation: Organisation | None = None,
    signs_for_organisation: bool = False,
    state: State | None = None,
    at: datetime | None = None,
) -> Invitation:
    """
    Offer roles, an organisation or a state to whoever reads the mailbox, for seven days.

    An address that has an account is invited in the same way and by the same mail. Raises
    NotPermitted, InvitedAlready and TooManyInvitations.
    """
    at = at or timezone.now()
    if not user_can_invite(by, account_of(email)):
        raise NotPermitted
    if Invitation.objects.to(email).exists():
        raise InvitedAlready
    _count(by)
    made = Invitation(
        email=email,
        reason=reason,
        invited_by=by,
        organisation=organisation,
        signs_for_organisation=signs_for_organisation and organisation is not None,
        state=state,
        language=get_language() or "",
    )
    try:
        with transaction.atomic():
            link = made.renew(at)
            made.save()
            made.roles.set(roles)
            send_invitation(made, link)
            note(by, What.INVITED, ", ".join(made.role_names) or "no role")
    except IntegrityError:
        raise InvitedAlready from None
    return made


@transaction.atomic
def send_again(*, invitation: Invitation, by: User, at: datetime | None = None) -> Invitation:
    """
    Send an invitation once more, with a new link; the old one no longer works.

    It counts as made by whoever sends it again. Raises NotPermitted, SentToday.
    """
    at = at or timezone.now()
    invitation = _locked(invitation)
    if not user_can_invite(by, account_of(invitation.email)):
        raise NotPermitted
    if invitation.sent_on >= at.date():
        raise SentToday
    _count(by)
    take_invitation_back(invitation)
    link = invitation.renew(at)
    invitation.invited_by = by
    invitation.save()
    send_invitation(invitation, link)
    note(by, What.INVITED, "sent again")
    return invitation


@transaction.atomic
def take_back(*, invitation: Invitation, by: User) -> None:
    """Take an invitation back at once, its mail too where that still waits. NotPermitted."""
    if not user_can_keep_people(by):
        raise NotPermitted
    invitation = _locked(invitation)
    take_invitation_back(invitation)
    invitation.delete()
    note(by, What.INVITED, "taken back")


@transaction.atomic
def make_account(
    *, invitation: Invitation, name: str, submitter_type: str, affiliation: str
) -> User:
    """
    Make an account for whoever has proved that the mailbox is theirs; nothing is accepted yet.

    Whoever calls has checked the proof. Raises ValidationError for a name that may not be, and
    InvitationIsOver where the mailbox has an account by now.
    """
    invitation = _locked(invitation)
    if account_of(invitation.email) is not None:
        raise InvitationIsOver
    reserved = reserved_from(None)
    person = User.objects.create_user(
        invitation.email,
        name=checked_name(name, reserved),
        submitter_type=submitter_type,
        affiliation=checked_name(affiliation, reserved),
    )
    own = person.email.lower()  # as allauth looks for it
    EmailAddress.objects.create(user=person, email=own, verified=True, primary=True)
    return person


def confirm_mailbox(person: User) -> None:
    """
    Note that somebody has proved that the account's mailbox is theirs.

    A password that was set before that may be a stranger's, who typed the address first.
    """
    if person.has_confirmed(person.email):
        return
    person.set_unusable_password()
    person.save(update_fields=["password"])
    own, _made = EmailAddress.objects.get_or_create(user=person, email=person.email.lower())
    own.verified = True
    own.set_as_primary()


@transaction.atomic
def accept(*, invitation: Invitation, by: User, at: datetime | None = None) -> User:
    """
    Take what is offered: it is theirs whose account has the invited address, confirmed.

    Roles are added to those they have; an organisation and a state take the place of those before.
    None of it is in force before a second factor (docs/decisions/0025-staff-s-proof.md). Raises
    NotPermitted for anybody else, InvitationIsOver.
    """
    invitation = _locked(invitation)
    if not is_for(invitation, by):
        raise NotPermitted
    is_usable = Invitation.objects.usable(at or timezone.now()).filter(pk=invitation.pk).exists()
    if not is_usable or not user_may_still_invite(invitation.invited_by):
        raise InvitationIsOver
    person = User.objects.select_for_update().get(pk=by.pk)
    person.groups.add(*invitation.roles.all())
    if invitation.organisation is not None:
        person.organisation = invitation.organisation
        person.signs_for_organisation = invitation.signs_for_organisation
    if invitation.state is not None:
        person.state = invitation.state
    person.save()
    accepted = User.objects.get(pk=person.pk)
    told = [name_for_log(accepted), *invitation.role_names]
    note(invitation.invited_by, What.ACCOUNT_CHANGED, f"invitation accepted: {', '.join(told)}")
    take_invitation_back(invitation)
    invitation.delete()
    return accepted


@transaction.atomic
def decline(*, invitation: Invitation, by: User) -> None:
    """Refuse what is offered; nothing is kept of it. NotPermitted, InvitationIsOver."""
    invitation = _locked(invitation)
    if not is_for(invitation, by):
        raise NotPermitted
    note(invitation.invited_by, What.INVITED, "declined")
    invitation.delete()


def is_for(invitation: Invitation, person: User) -> bool:
    """Say whether an invitation is this person's to answer: their account has its address."""
    same = person.email.lower() == invitation.email.lower()
    return same and person.has_confirmed(person.email)


def _locked(invitation: Invitation) -> Invitation:
    """Return it as it is now, for the transaction; raises InvitationIsOver once it is gone."""
    found = Invitation.objects.select_for_update().filter(pk=invitation.pk).first()
    if found is None:
        raise InvitationIsOver
    return found


def _count(by: User) -> None:
    if not A_DAY.take(str(by.pk)):
        raise TooManyInvitations
