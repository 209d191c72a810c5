"""Signing together: who is asked, and their private links."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from consultations.responses.access.codes import hash_code, new_code
from consultations.responses.actions.locking import writable
from consultations.responses.actions.news import are_news_over
from consultations.responses.errors import NotPermitted
from consultations.responses.models import Draft, Response, Signatory, StatusEvent
from consultations.responses.permissions import user_may_answer_for
from consultations.responses.signatories.errors import (
    LinkGone,
    NoSignatories,
    NothingToSign,
    OwnName,
    PublishedList,
    TooManySignatories,
)
from consultations.responses.signatories.signatures import (
    MOST,
    SIGNABLE,
    Text,
    may_have_signatories,
    name_key,
    named,
)
from portal.notifications import confirmations
from portal.stakeholders.models import Person


class Invited(NamedTuple):
    """Somebody asked to sign, and the code in their private link: told now and never again."""

    signatory: Signatory
    code: str


def add_signatories(
    *, draft: Draft, by: Person, people: Sequence[tuple[str, str]], at: datetime | None = None
) -> list[Invited]:
    """
    Ask people to sign a draft too: pairs of name and organisation ("" for none).

    Whoever is on the list already is passed over, so adding a list twice asks nobody twice. Raises
    NoSignatories for an answer without a name, OwnName for the name of whoever gives it,
    TooManySignatories past 200; AnswersClosed, NotPermitted, DraftGone.
    """
    with transaction.atomic():
        draft, _page = writable(draft, by, at or timezone.now())
        if not may_have_signatories(draft):
            raise NoSignatories
        giver = str(draft.details.get("name", "")).casefold()
        if giver and any(name.casefold() == giver for name, _organisation in people):
            raise OwnName
        listed = list(Signatory.objects.of_answer(draft=draft.pk, response=draft.response_id))
        number = 1 + max((each.number for each in listed), default=0)
        known = named(listed)
        invited: list[Invited] = []
        for name, organisation in people:
            if name_key(name, organisation) in known:
                continue
            known.add(name_key(name, organisation))
            code = new_code()
            signatory = Signatory(
                draft=draft,
                number=number + len(invited),
                name=name,
                organisation_name=organisation,
                token_hash=hash_code(code),
            )
            invited.append(Invited(signatory, code))
        if len(listed) + len(invited) > MOST:
            raise TooManySignatories
        Signatory.objects.bulk_create(each.signatory for each in invited)
        draft.save(update_fields=["touched_on"])
    return invited


def renew_link(*, signatory: Signatory, by: Person, at: datetime | None = None) -> Invited:
    """
    Make a signatory's link anew; the old one leads nowhere from then on, and who confirmed is asked
    again: their link is how they take their name back, and nobody takes that from them.

    Raises NotPermitted, LinkGone where they declined meanwhile, NothingToSign, PublishedList.
    """
    with transaction.atomic():
        found = _held(signatory, by, at or timezone.now())
        code = new_code()
        found.token_hash = hash_code(code)
        found.confirmed_on, found.signed_digest, found.signed_parts = None, "", {}
        confirmations.forget(purpose(found))
        found.save(update_fields=["token_hash", "confirmed_on", "signed_digest", "signed_parts"])
    return Invited(found, code)


def remove_signatory(*, signatory: Signatory, by: Person, at: datetime | None = None) -> None:
    """Take somebody off the list of a draft, with what they confirmed. Raises as `renew_link`."""
    with transaction.atomic():
        found = _held(signatory, by, at or timezone.now())
        if found.draft_id is None:
            raise NotPermitted
        confirmations.forget(purpose(found))
        found.delete()


def hand_over(draft: Draft, response: Response, text: Text) -> None:
    """
    Make a draft's signatories those of what was sent; inside the transaction that sends it.

    Whoever confirmed other words than were sent has confirmed nothing.
    """
    Signatory.objects.filter(draft=draft).update(draft=None, response=response)
    response.signatories.exclude(signed_digest=text.digest).update(confirmed_on=None)


def purpose(signatory: Signatory) -> str:
    """Return what an address that waits for its code is confirmed for."""
    return f"signatory.{signatory.pk}"


def is_closed(response: Response, at: datetime) -> bool:
    """
    Say whether nobody can confirm any more: once it was published, or its consultation is over.

    From then on nothing is kept of the addresses that confirmed, so that one could confirm again.
    """
    published = StatusEvent.Kind.PUBLISHED
    return are_news_over(response, at) or response.events.filter(kind=published).exists()


def _held(signatory: Signatory, by: Person, at: datetime) -> Signatory:
    """Return a signatory of one's own draft or response, held against changes by others."""
    if signatory.draft is not None:
        # First the draft, then its signatories: whoever sends it locks in this order.
        writable(signatory.draft, by, at)
    found = Signatory.objects.select_for_update(of=("self",)).filter(pk=signatory.pk).first()
    if found is None or found.draft_id != signatory.draft_id:
        raise LinkGone
    if found.response is not None:
        if not user_may_answer_for(by, found.response):
            raise NotPermitted
        if found.response.status not in SIGNABLE:
            raise NothingToSign
        if is_closed(found.response, at):
            raise PublishedList
    return found
