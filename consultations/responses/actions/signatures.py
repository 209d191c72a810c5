"""
What a signatory does at their link: confirming by a way of their own, taking their name back.

The link proves nothing, as the lead has it too. So a code is typed that went to an address which
the signatory typed; or somebody who signs for the organisation named is signed in. One address
confirms one signatory of an answer, an organisation too, and the lead's own confirm nobody.
"""

from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from consultations.calls.models import ConsultationPage
from consultations.calls.phases import Phase, in_phase
from consultations.responses import contacts, hooks
from consultations.responses.access.codes import hash_code
from consultations.responses.actions.news import KEPT
from consultations.responses.actions.signatories import is_closed, purpose
from consultations.responses.days import day_of
from consultations.responses.errors import NotPermitted
from consultations.responses.models import Draft, Proof, Response, Signatory
from consultations.responses.permissions import timing_of, user_may_confirm_for
from consultations.responses.signatories.errors import (
    LinkGone,
    NothingToSign,
    NotYourOwn,
    OrganisationHasSigned,
    OtherWords,
    PublishedList,
)
from consultations.responses.signatories.signatures import (
    SIGNABLE,
    Text,
    has_confirmed,
    hashes_of,
    mailbox_hash,
    text_of_draft,
    text_of_version,
)
from portal.notifications import confirmations
from portal.notifications.confirmations import Reachable
from portal.notifications.rate_limits import mailbox_of
from portal.stakeholders.models import Person, User
from portal.web.errors import Refused

# An answer moves from its draft to what was sent while somebody confirms: then look again.
LOOKS = 3


class ToSign(NamedTuple):
    """
    Contents of a private link: the signatory's row, the draft or what was sent, and its text.

    `is_closed`: nobody can confirm any more, and a name can only be taken back.
    """

    signatory: Signatory
    draft: Draft | None
    response: Response | None
    text: Text
    is_closed: bool


def to_sign(*, consultation: ConsultationPage, code: str, at: datetime) -> ToSign:
    """
    Return what the private link with this code leads to.

    Raises LinkGone where it leads nowhere (declined, made anew, erased); NothingToSign where what
    was to be signed was not sent in time, or was withdrawn or not accepted.
    """
    found = Signatory.objects.of_code(consultation.pk, hash_code(code)).first()
    return _before(found, consultation, at)


def ask_to_confirm(
    *,
    consultation: ConsultationPage,
    code: str,
    seen: str,
    address: str,
    language: str,
    is_withheld: bool,
    at: datetime | None = None,
) -> None:
    """
    Have a code sent to the address of a signatory, with which they then confirm.

    `seen` is the digest of what was read. Nothing is told here of whose address it is, nor whether
    it has confirmed before. To whoever signs with their name withheld the mail names nothing, and
    is in the portal's language. Raises OtherWords, PublishedList, and as `to_sign`.
    """
    with transaction.atomic():
        before = _open(consultation, code, seen, at or timezone.now())
        confirmations.ask_for_code(
            purpose=purpose(before.signatory),
            address=address,
            language=settings.LANGUAGE_CODE if is_withheld else language,
            is_neutral=is_withheld,
            is_signing=True,
        )


def confirm_signature(
    *,
    consultation: ConsultationPage,
    code: str,
    seen: str,
    typed: str,
    is_withheld: bool,
    at: datetime | None = None,
) -> Signatory:
    """
    Sign what is there now, with the code that went to the signatory's address (`typed`).

    The address is erased; a hash of it stays until the list closes. Raises OtherWords,
    PublishedList, `confirmations.WrongCode` and `CodeIsOver`; NotYourOwn for an address of those
    who send the answer, or that confirmed another on its list; and as `to_sign`.
    """
    at = at or timezone.now()
    refusal: Refused | None = None
    with transaction.atomic():
        before = _open(consultation, code, seen, at)
        found = confirmations.confirm(purpose=purpose(before.signatory), code=typed)
        if not isinstance(found, Reachable):
            refusal = found  # raised when the try is counted
        elif _is_anothers(before, found.address):
            refusal = NotYourOwn()  # raised when the address is erased
        else:
            before.signatory.mailbox_hash = mailbox_hash(before.signatory, found.address)
            _confirm(before, Proof.ADDRESS, is_withheld, at)
    if refusal is not None:
        raise refusal
    return before.signatory


def confirm_for_organisation(
    *,
    consultation: ConsultationPage,
    code: str,
    seen: str,
    by: Person,
    is_withheld: bool,
    at: datetime | None = None,
) -> Signatory:
    """
    Sign what is there now, for the organisation that is named with the signatory.

    Raises NotPermitted unless `by` signs for it and does not send the answer; OrganisationHasSigned
    where it confirmed another on the list; OtherWords, PublishedList, and as `to_sign`.
    """
    at = at or timezone.now()
    with transaction.atomic():
        before = _open(consultation, code, seen, at)
        if not user_may_confirm_for(by, before.signatory, before.draft or before.response):
            raise NotPermitted
        mine = before.signatory.organisation_name.casefold()
        others = _others(before.signatory).filter(confirmed_by=Proof.ORGANISATION)
        if any(each.organisation_name.casefold() == mine for each in others):
            raise OrganisationHasSigned
        before.signatory.mailbox_hash = ""
        _confirm(before, Proof.ORGANISATION, is_withheld, at)
    return before.signatory


def decline_signature(
    *, consultation: ConsultationPage, code: str, at: datetime | None = None
) -> None:
    """
    Take oneself off the list, whenever it is: name and link are erased, at once also from what is
    published. Raises LinkGone.
    """
    with transaction.atomic():
        found = _locked(consultation, code)
        if found is None:
            raise LinkGone
        confirmations.forget(purpose(found))
        if found.response is not None:
            hooks.name_taken_back(found.response, found, at or timezone.now())
        found.delete()


def close_list(response: Response) -> None:
    """Erase what is kept of the addresses that confirmed, and of what; nobody confirms any more."""
    _erase_proofs(Signatory.objects.filter(response=response))


def erase_old_proofs(*, at: datetime) -> int:
    """
    Erase the same of answers that were not published, when the story of a consultation is told.

    That is with its outcome or its end, and two years after its deadline. Returns how many.
    """
    over = in_phase(Phase.OUTCOME, at) | in_phase(Phase.CANCELLED, at)
    pages = ConsultationPage.objects.filter(over) | ConsultationPage.objects.filter(
        closes_at__lte=at - KEPT
    )
    return _erase_proofs(Signatory.objects.filter(response__consultation__in=pages))


def _erase_proofs(signatories: QuerySet[Signatory]) -> int:
    return signatories.exclude(mailbox_hash="", signed_parts={}).update(
        mailbox_hash="", signed_parts={}
    )


def _confirm(before: ToSign, proof: Proof, is_withheld: bool, at: datetime) -> None:
    signatory, answer = before.signatory, (before.draft or before.response)
    assert answer is not None  # one of the two is there
    signatory.confirmed_on = day_of(answer.consultation, at)
    signatory.confirmed_by = proof
    signatory.name_withheld = is_withheld
    signatory.signed_digest = before.text.digest
    signatory.signed_parts = hashes_of(signatory, before.text)
    signatory.save()


def _is_anothers(before: ToSign, address: str) -> bool:
    """Say whether an address is of those who send the answer, or confirmed another on its list."""
    if any(has_confirmed(each, address) for each in _others(before.signatory)):
        return True
    return mailbox_of(address) in {mailbox_of(each) for each in _addresses_of_lead(before)}


def _addresses_of_lead(before: ToSign) -> list[str]:
    """Return all addresses of the accounts that write the answer, and the one for news of it."""
    answer = before.draft or before.response
    assert answer is not None  # one of the two is there
    sent = before.response or (before.draft.response if before.draft else None)
    people = User.objects.none()
    if answer.account_id is not None:
        people |= User.objects.filter(pk=answer.account_id)
    if answer.organisation_id is not None:
        people |= User.objects.filter(organisation=answer.organisation_id)
    known = [*people.values_list("email", "emailaddress__email")]
    news = contacts.readable(sent) if sent is not None else None
    return [each for pair in known for each in pair if each] + ([news.address] if news else [])


def _others(signatory: Signatory) -> QuerySet[Signatory]:
    return signatory.others().exclude(pk=signatory.pk)


def _open(page: ConsultationPage, code: str, seen: str, at: datetime) -> ToSign:
    """Return what is there to confirm, held, where it is what was read."""
    before = _before(_locked(page, code), page, at)
    if before.is_closed:
        raise PublishedList
    if before.text.digest != seen:
        raise OtherWords
    return before


def _locked(page: ConsultationPage, code: str) -> Signatory | None:
    """
    Return the signatory of a link, held after the answer: in the order in which it is sent.

    So two never confirm with one address at once.
    """
    for _look in range(LOOKS):
        found = Signatory.objects.of_code(page.pk, hash_code(code)).first()
        if found is None:
            return None
        sent = found.draft.response_id if found.draft else found.response_id
        sending = Response.objects.select_for_update(of=("self",)).filter(pk=sent or 0)
        drafts = Draft.objects.select_for_update(of=("self",)).filter(pk=found.draft_id or 0)
        list(sending.values_list("pk"))
        list(drafts.values_list("pk"))
        rows = Signatory.objects.filter(pk=found.pk, token_hash=found.token_hash)
        held = rows.select_for_update(of=("self",)).first()
        if held is not None and held.draft_id == found.draft_id:
            return held
    return None


def _before(found: Signatory | None, page: ConsultationPage, at: datetime) -> ToSign:
    if found is None:
        raise LinkGone
    if found.response is not None:
        found.response.consultation = page
        version = found.response.versions.latest("number")
        if found.response.status not in SIGNABLE or version.erased_on:
            raise NothingToSign
        closed = is_closed(found.response, at)
        return ToSign(found, None, found.response, text_of_version(version), closed)
    if found.draft is None:
        raise LinkGone
    draft = found.draft
    draft.consultation = page
    if not timing_of(draft, page, at).is_taken:
        raise NothingToSign
    return ToSign(found, draft, None, text_of_draft(draft, page.questionnaire()), False)
