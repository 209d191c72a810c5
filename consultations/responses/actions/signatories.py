"""Signing together: who is asked, their private links, and what they answer."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from consultations.calls.models import ConsultationPage
from consultations.responses.access.codes import hash_code, new_code
from consultations.responses.actions.locking import writable
from consultations.responses.days import day_of
from consultations.responses.errors import (
    LinkGone,
    NoSignatories,
    NothingToSign,
    NotPermitted,
    OtherWords,
    TooManySignatories,
)
from consultations.responses.models import Draft, Response, Signatory
from consultations.responses.permissions import timing_of, user_may_answer_for
from consultations.responses.signatories.signatures import (
    MOST,
    SIGNABLE,
    Text,
    may_have_signatories,
    name_key,
    named,
    text_of_draft,
    text_of_version,
)
from portal.stakeholders.models import Person


class Invited(NamedTuple):
    """Somebody asked to sign, and the code in their private link: told now and never again."""

    signatory: Signatory
    code: str


class ToSign(NamedTuple):
    """Contents of a private link: the signatory's row, the draft or what was sent, and its text."""

    signatory: Signatory
    draft: Draft | None
    response: Response | None
    text: Text


def add_signatories(
    *, draft: Draft, by: Person, people: Sequence[tuple[str, str]], at: datetime | None = None
) -> list[Invited]:
    """
    Ask people to sign a draft too: pairs of name and organisation ("" for none).

    Whoever is on the list already is passed over, so adding a list twice asks nobody twice. Raises
    NoSignatories for an answer without a name, TooManySignatories past 200; AnswersClosed,
    NotPermitted, DraftGone.
    """
    with transaction.atomic():
        draft, _page = writable(draft, by, at or timezone.now())
        if not may_have_signatories(draft):
            raise NoSignatories
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
    Make a signatory's link anew; the old one leads nowhere from then on. A confirmation stays.

    Raises NotPermitted, LinkGone where they declined meanwhile, NothingToSign.
    """
    with transaction.atomic():
        found = _held(signatory, by, at or timezone.now())
        code = new_code()
        found.token_hash = hash_code(code)
        found.save(update_fields=["token_hash"])
    return Invited(found, code)


def remove_signatory(*, signatory: Signatory, by: Person, at: datetime | None = None) -> None:
    """Take somebody off the list of a draft, with what they confirmed. Raises as `renew_link`."""
    with transaction.atomic():
        found = _held(signatory, by, at or timezone.now())
        if found.draft_id is None:
            raise NotPermitted
        found.delete()


def to_sign(*, consultation: ConsultationPage, code: str, at: datetime) -> ToSign:
    """
    Return what the private link with this code leads to.

    Raises LinkGone where it leads nowhere (declined, made anew, erased); NothingToSign where what
    was to be signed was not sent in time, or was withdrawn or not accepted.
    """
    found = Signatory.objects.of_code(consultation.pk, hash_code(code)).first()
    return _before(found, consultation, at)


def confirm_signature(
    *, consultation: ConsultationPage, code: str, seen: str, at: datetime | None = None
) -> Signatory:
    """
    Sign what is there now; `seen` is the digest of what was read.

    Raises OtherWords where that is not what is there, and as `to_sign`.
    """
    at = at or timezone.now()
    with transaction.atomic():
        before = _before(_locked(consultation, code), consultation, at)
        if before.text.digest != seen:
            raise OtherWords
        signatory = before.signatory
        signatory.confirmed_on = day_of(consultation, at)
        signatory.signed_digest = seen
        signatory.save(update_fields=["confirmed_on", "signed_digest"])
    return signatory


def decline_signature(*, consultation: ConsultationPage, code: str) -> None:
    """Take oneself off the list: name and link are erased. Raises LinkGone."""
    with transaction.atomic():
        found = _locked(consultation, code)
        if found is None:
            raise LinkGone
        found.delete()


def hand_over(draft: Draft, response: Response, text: Text) -> None:
    """
    Make a draft's signatories those of what was sent; inside the transaction that sends it.

    Whoever confirmed other words than were sent has confirmed nothing.
    """
    Signatory.objects.filter(draft=draft).update(draft=None, response=response)
    response.signatories.exclude(signed_digest=text.digest).update(confirmed_on=None)


def _locked(consultation: ConsultationPage, code: str) -> Signatory | None:
    return (
        Signatory.objects.of_code(consultation.pk, hash_code(code))
        .select_for_update(of=("self",))
        .first()
    )


def _before(found: Signatory | None, page: ConsultationPage, at: datetime) -> ToSign:
    if found is None:
        raise LinkGone
    if found.response is not None:
        version = found.response.versions.latest("number")
        if found.response.status not in SIGNABLE or version.erased_on:
            raise NothingToSign
        return ToSign(found, None, found.response, text_of_version(version))
    if found.draft is None:
        raise LinkGone
    draft = found.draft
    if not timing_of(draft, page, at).is_taken:
        raise NothingToSign
    return ToSign(found, draft, None, text_of_draft(draft, page.questionnaire()))


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
    return found
