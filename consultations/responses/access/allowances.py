"""
What one client may have unsent, and send, so that nobody fills the disk or the desks of the staff.

Counted by client until the day ends, where the draft is nobody's account: an account has one draft
in a consultation anyhow. Behind an address that many share nobody is refused for the others: there
each draft counts by itself, and turns (`turns`) hold back whoever comes too fast. Nothing that is
counted is tied to a draft. Staff who type in what came on paper are not counted.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from consultations.responses.answers.mapping import files_in
from consultations.responses.models import Draft, Identity
from consultations.responses.permissions import user_can_enter_answers
from portal.files.errors import FileRefused
from portal.files.limits import MEGABYTE
from portal.files.models import StoredFile
from portal.web.allowances import Allowance
from portal.web.clients import client_of
from portal.web.errors import TooMuch
from portal.web.limit_store import StoreAway
from portal.web.rate_limits import Limit

DRAFTS, BYTES = Allowance("unsent-drafts"), Allowance("unsent-bytes")
HOUR = 3_600


def another_way() -> str:
    """Say how else an answer gets here."""
    return _(
        "You can also download the form from the page of the consultation, fill it in, and send it "
        "in one of the ways that it names."
    )


class TooManyDrafts(TooMuch):
    """As many drafts as one client may have unsent were begun from there today."""

    def __init__(self) -> None:
        told = _(
            "From your internet connection %(most)d responses were begun today and not sent. Send "
            "or erase one of them first, or go on with it by its code."
        ) % {"most": settings.UNSENT_DRAFTS_A_CLIENT}
        super().__init__(f"{told} {another_way()}")


class TooManySent(TooMuch):
    """As many responses as one client may send in an hour came from there."""

    def __init__(self) -> None:
        told = _(
            "From your internet connection %(most)d responses were sent within an hour. Your "
            "response is kept here. Send it when the hour is over, or send it now from another "
            "connection, with your code."
        ) % {"most": settings.SENT_RESPONSES_AN_HOUR}
        super().__init__(f"{told} {another_way()}")


def counted_as(request: HttpRequest, draft: Draft | None = None) -> str:
    """
    Say whose what is counted is: the account's that a draft is in, else the client's.

    It is the draft's if many share the client; "" where there is none or nothing can be counted.
    """
    if draft is not None and request.user.is_authenticated and _is_of_account(draft):
        return f"account {request.user.pk}"
    try:
        client = client_of(request)
        if not client.is_pool:
            return client.alone
    except StoreAway:  # these bounds guard no secret: what cannot be counted is let in
        return ""
    return f"draft {draft.submission_key}" if draft is not None else ""


@contextmanager
def one_draft(request: HttpRequest, identity: str) -> Iterator[None]:
    """Count a draft that is begun inside; not one that fails to. Raises TooManyDrafts."""
    of_account = request.user.is_authenticated and identity != Identity.ANONYMOUS
    who = "" if of_account or _is_free(request) else counted_as(request)
    if not who:
        yield
        return
    if not DRAFTS.take(who, 1, most=settings.UNSENT_DRAFTS_A_CLIENT):
        raise TooManyDrafts
    try:
        yield
    except BaseException:
        DRAFTS.give_back(who, 1)
        raise


@contextmanager
def one_sent(request: HttpRequest, draft: Draft) -> Iterator[None]:
    """Count a draft that is sent inside; what it had unsent is had no more. Raises TooManySent."""
    who = "" if _is_of_account(draft) or _is_free(request) else counted_as(request)
    if not who:
        with given_back(request, draft):
            yield
        return
    limit = Limit("sent-responses", most=settings.SENT_RESPONSES_AN_HOUR, seconds=HOUR)
    with suppress(StoreAway):  # it guards no secret: what cannot be counted is let in
        if not limit.take(who):
            raise TooManySent
    try:
        with given_back(request, draft):
            yield
    except BaseException:
        with suppress(StoreAway):
            limit.give_back(who)
        raise


@contextmanager
def given_back(request: HttpRequest, draft: Draft) -> Iterator[None]:
    """Count a draft and its files no more once it was sent or erased inside."""
    held = sum(sizes_of(draft).values())
    yield
    BYTES.give_back(counted_as(request, draft), held)
    who = counted_as(request)
    if who and not _is_of_account(draft) and not draft.is_revision:
        DRAFTS.give_back(who, 1)


def sizes_of(draft: Draft) -> dict[str, int]:
    """Return the bytes of each file of a draft, by its id."""
    ids = files_in(draft.consultation.questionnaire(), draft.answers)
    if not ids:
        return {}
    found = StoredFile.objects.filter(pk__in=ids).values_list("pk", "size")
    return {str(pk): size for pk, size in found}


def take_bytes(request: HttpRequest, who: str, size: int) -> None:
    """Count the bytes of a file that is added, as `who`'s. Raises FileRefused."""
    if _is_free(request):
        return
    told = ""
    most = settings.UNSENT_MEGABYTES_A_CLIENT
    if StoredFile.objects.unsent_bytes() + size > settings.UNSENT_MEGABYTES * MEGABYTE:
        told = _(
            "There is no room for more files of responses that were not sent yet. Send your "
            "response without it, or try again in a few hours."
        )
    elif who and not BYTES.take(who, size, most=most * MEGABYTE):
        told = _(
            "From your internet connection there would be more than %(most)d MB of files here that "
            "were not sent yet. Remove one, send a response, or attach it tomorrow."
        ) % {"most": most}
    if told:
        raise FileRefused("bound", f"{told} {another_way()}")


def give_back_bytes(request: HttpRequest, draft: Draft, size: int) -> None:
    """Count the bytes of files that were removed from a draft no more."""
    if size:
        BYTES.give_back(counted_as(request, draft), size)


def _is_free(request: HttpRequest) -> bool:
    return user_can_enter_answers(request.user)


def _is_of_account(draft: Draft) -> bool:
    return draft.account_id is not None or draft.organisation_id is not None
