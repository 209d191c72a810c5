"""What people do who follow: with an address that a code proves, or with that of their account."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from consultations.calls.models import ConsultationPage
from consultations.following.contacts import about, pack, reachable
from consultations.following.errors import FollowingIsOver
from consultations.following.expiry import is_over
from consultations.following.models import Follow
from consultations.following.news import pass_over
from portal.notifications import confirmations
from portal.notifications.actions import take_back
from portal.notifications.confirmations import Reachable
from portal.stakeholders.models import User


def purpose(page: ConsultationPage, token: str) -> str:
    """Return what an address that waits is confirmed for: `token` is whoever's has asked."""
    return f"following.{page.pk}.{token}"


@transaction.atomic
def ask_for_code(
    *, page: ConsultationPage, token: str, address: str, language: str, at: datetime | None = None
) -> None:
    """
    Have a code sent to an address that is to follow; whether it does already is told to nobody.

    Raises FollowingIsOver.
    """
    _expect_more(page, at or timezone.now())
    confirmations.ask_for_code(
        purpose=purpose(page, token), address=address, language=language, is_neutral=False
    )


def confirm_address(
    *, page: ConsultationPage, token: str, code: str, at: datetime | None = None
) -> int:
    """
    Have an address, which the code proves, told from now on; returns the key of its following.

    An address that is told already is told once, as before. Raises FollowingIsOver, and
    `confirmations.WrongCode` and `CodeIsOver`.
    """
    at = at or timezone.now()
    with transaction.atomic():
        locked = _locked(page, at)
        found = confirmations.confirm(purpose=purpose(page, token), code=code)
        if isinstance(found, Reachable):
            told = [each for each in _told_at(locked, found.address) if each.owner_id]
            return told[0].pk if told else _add(locked, found, at)
    raise found


@transaction.atomic
def follow_as_member(
    *, page: ConsultationPage, by: User, language: str, at: datetime | None = None
) -> None:
    """
    Have a member told at the confirmed address of their account; twice is as once.

    Raises FollowingIsOver.
    """
    at = at or timezone.now()
    locked = _locked(page, at)
    if not Follow.objects.of(by).filter(consultation=locked).exists():
        _add(locked, Reachable(by.email, language), at, owner=by)


@transaction.atomic
def stop_following(*, pk: int) -> None:
    """Erase one following, its address and the mail that waits for it; again does nothing."""
    Follow.objects.filter(pk=pk).delete()
    take_back(about(pk))


def _add(page: ConsultationPage, to: Reachable, at: datetime, *, owner: User | None = None) -> int:
    if not Follow.objects.filter(consultation=page).exists():
        pass_over(page, at)
    # Their waiting mail goes to the same address, and is left.
    for each in _told_at(page, to.address):
        each.delete()
    kept = "" if owner else to.address
    sealed = pack(kept, to.language)
    return Follow.objects.create(consultation=page, owner=owner, sealed=sealed).pk


def _told_at(page: ConsultationPage, address: str) -> list[Follow]:
    """Return who is told at an address: each is opened, since no two rows look the same."""
    follows = Follow.objects.filter(consultation=page).select_related("owner")
    found = [(each, reachable(each)) for each in follows]
    return [each for each, to in found if to and to.address.lower() == address.lower()]


def _locked(page: ConsultationPage, at: datetime) -> ConsultationPage:
    """Hold the consultation, so that two who come at once do not both find nobody there."""
    found = ConsultationPage.objects.defer_streamfields().select_for_update(of=("self",))
    locked = found.get(pk=page.pk)
    _expect_more(locked, at)
    return locked


def _expect_more(page: ConsultationPage, at: datetime) -> None:
    if is_over(page, at):
        raise FollowingIsOver
