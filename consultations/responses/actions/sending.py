"""Sending a draft, and beginning to change what was sent."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from consultations.calls.models import ConsultationPage
from consultations.responses.actions.drafting import erase_unsent
from consultations.responses.actions.files import await_files, hold_files
from consultations.responses.actions.leaving_out import leave_out_as_sent
from consultations.responses.actions.signatories import hand_over
from consultations.responses.answers.completeness import missing
from consultations.responses.answers.confidential import is_complete
from consultations.responses.answers.mapping import counting, files_in, is_for_officials
from consultations.responses.answers.notes import notes_in
from consultations.responses.days import day_of, last_in_time
from consultations.responses.errors import (
    AnotherDraft,
    AnswersClosed,
    CannotChange,
    DraftGone,
    Incomplete,
    NotesOpen,
    NotPermitted,
)
from consultations.responses.files.sent import answers_now
from consultations.responses.models import (
    Clarification,
    Draft,
    Identity,
    PaperEntry,
    Response,
    ResponseVersion,
    Status,
    StatusEvent,
)
from consultations.responses.notifications import tell
from consultations.responses.permissions import (
    CHANGEABLE,
    Timing,
    timing_of,
    user_may_change,
    user_may_send,
)
from consultations.responses.recording import SUBMITTED, enter
from consultations.responses.references import draw
from consultations.responses.signatories.signatures import text_of_draft
from portal.stakeholders.models import Person, User
from portal.taxonomy.vocabularies import GROUP_OF_SUBMITTER

ATTEMPTS = 10


def submit_draft(
    *, draft: Draft, by: Person, at: datetime | None = None, even_if_alone: bool | None = None
) -> Response:
    """
    Send a draft: it becomes a response, or a new version of the one that it revises.

    Judged at `at`, to the second, against the consultation's dates as they are inside the
    transaction: a deadline extended meanwhile counts. Sent twice, even at once, it makes one
    response and both get it. An organisation's is sent by who signs for it, and then under their
    account. `even_if_alone` is what its writer chose where it has no name; None where nobody asked
    leaves what was chosen before. Raises AnswersClosed, Incomplete, NotesOpen, NotPermitted,
    DraftGone (sent or deleted, and no response of it to be found), CannotChange (a revision that
    comes too late).
    """
    at = at or timezone.now()
    with transaction.atomic():
        if draft.response_id is not None:
            # What it revises before itself, as whoever withdraws that locks them.
            list(
                Response.objects.select_for_update(of=("self",))
                .filter(pk=draft.response_id)
                .values_list("pk")
            )
        found = (
            Draft.objects.select_for_update(of=("self",))
            .filter(pk=draft.pk, submission_key=draft.submission_key)
            .first()
        )
        if found is None:
            return _sent_already(draft)
        if not user_may_send(by, found):
            raise NotPermitted
        page = found.consultation = ConsultationPage.objects.get(pk=found.consultation_id)
        timing = timing_of(found, page, at)
        if not timing.is_taken:
            raise AnswersClosed
        signer = by if found.organisation_id is not None and isinstance(by, User) else None
        response = _send(found, page, timing, at, signer)
        if even_if_alone is not None and response.identity == Identity.ANONYMOUS:
            response.even_if_alone = even_if_alone
            response.save(update_fields=["even_if_alone"])
        return response


def _sent_already(draft: Draft) -> Response:
    sent = Response.objects.filter(submission_key=draft.submission_key).first()
    if sent is None:
        raise DraftGone
    return sent


def _send(
    draft: Draft, page: ConsultationPage, timing: Timing, at: datetime, signer: User | None
) -> Response:
    questionnaire = page.questionnaire()
    if notes_in(draft.details):
        raise NotesOpen
    if left := missing(questionnaire, draft.answers):
        raise Incomplete(left)
    answers = counting(questionnaire, draft.answers)
    confidentiality = draft.details.get("confidentiality", {})
    if not is_complete(answers, confidentiality):
        raise Incomplete
    if not any(map(is_for_officials, answers.values())):
        confidentiality = {}
    response = _response_of(draft, page, timing, at, signer)
    number = response.versions.count() + 1
    erase_unsent(draft, files_in(questionnaire, draft.answers) - files_in(questionnaire, answers))
    hand_over(draft, response, text_of_draft(draft, questionnaire))
    PaperEntry.objects.sent_as(draft, response)
    received, renewed = StatusEvent.Kind.RECEIVED, StatusEvent.Kind.NEW_VERSION
    tell(response, received if number == 1 else renewed, at=counted_at(draft, page, at))
    draft.delete()
    _add_version(response, number, draft, answers, confidentiality, at)
    return response


def _response_of(
    draft: Draft, page: ConsultationPage, timing: Timing, at: datetime, signer: User | None
) -> Response:
    """
    Return the response that the draft revises, back before its screening; else a new one.

    An organisation's response is under the account of who signed it, each time anew.
    """
    if draft.response_id is not None:
        response = Response.objects.select_for_update(of=("self",)).get(pk=draft.response_id)
        if response.status not in CHANGEABLE:
            raise CannotChange
        asked = Clarification.objects.filter(response=response, answered_on=None).exists()
        response.status = Status.CLARIFICATION if asked else Status.RECEIVED
        response.handling = ""
        response.translation_only = draft.translation_only
        response.submission_key = draft.submission_key
        response.consultation = page
        response.account = signer or response.account
        response.save()
        return response
    response = Response(
        consultation=page,
        code_hash=draft.code_hash,
        account=signer or draft.account,
        organisation=draft.organisation,
        identity=draft.identity,
        channel=draft.channel,
        is_late=timing is Timing.LATE and draft.identity != Identity.ANONYMOUS,
        translation_only=draft.translation_only,
        received_on=_received_on(draft, page, at),
        submission_key=draft.submission_key,
    )
    for attempt in range(ATTEMPTS):
        response.reference = draw(page)
        try:
            with transaction.atomic():
                response.save(force_insert=True)
            return response
        except IntegrityError:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError  # the loop returns or raises


def counted_at(draft: Draft, page: ConsultationPage, at: datetime) -> datetime:
    """
    Return the instant that counts as when an answer came in: of one without a name, none after
    the deadline. Few come then, and each of their days would say whose token let it in.
    """
    return min(at, last_in_time(page)) if draft.identity == Identity.ANONYMOUS else at


def _received_on(draft: Draft, page: ConsultationPage, at: datetime) -> date:
    counted = day_of(page, counted_at(draft, page, at))
    came = PaperEntry.objects.came_in_on(draft)
    if came is None:
        return counted
    return min(came, counted) if draft.identity == Identity.ANONYMOUS else came


def _add_version(
    response: Response,
    number: int,
    draft: Draft,
    answers: dict[str, Any],
    confidentiality: dict[str, Any],
    at: datetime,
) -> None:
    details = draft.details
    submitter_type = details.get("submitter_type") or "undisclosed"
    version = ResponseVersion(
        response=response,
        number=number,
        identity=draft.identity,
        name=details.get("name", ""),
        organisation_name=details.get("organisation_name", ""),
        submitter_type=submitter_type,
        group=GROUP_OF_SUBMITTER[submitter_type],
        state=details.get("state", ""),
        language=details.get("language", ""),
        translation_only=draft.translation_only,
        represents=draft.represents,
        answers=answers,
        confidentiality=confidentiality,
        files=hold_files(files_in(response.consultation.questionnaire(), answers)),
        submitted_on=day_of(response.consultation, counted_at(draft, response.consultation, at)),
    )
    enter(version, kind=SUBMITTED, at=at)
    version.save(force_insert=True)
    leave_out_as_sent(version)
    await_files(version, at)


def begin_revision(*, response: Response, by: Person, at: datetime | None = None) -> Draft:
    """
    Begin a draft with what was sent last, to be changed and sent as a new version.

    Where there is one already it is returned as it is. Its code is the response's. Raises
    CannotChange from the deadline on and once it is published, rejected or withdrawn; NotPermitted;
    AnotherDraft where the account, or the organisation, is writing another answer here.
    """
    at = at or timezone.now()
    with transaction.atomic():
        locked = Response.objects.select_for_update(of=("self",)).get(pk=response.pk)
        page = ConsultationPage.objects.get(pk=locked.consultation_id)
        if not user_may_change(by, locked, page, at):
            raise CannotChange
        begun = Draft.objects.filter(response=locked).first()
        if begun is not None:
            return begun
        newest = locked.versions.latest("number")
        draft = Draft(
            consultation=page,
            response=locked,
            code_hash=locked.code_hash,
            account=None if locked.organisation_id else locked.account,
            organisation=locked.organisation,
            identity=locked.identity,
            channel=locked.channel,
            details={
                "name": newest.name,
                "organisation_name": newest.organisation_name,
                "submitter_type": newest.submitter_type,
                "state": newest.state,
                "language": newest.language,
                "translation_only": locked.translation_only,
                **newest.represents,
                "confidentiality": newest.confidentiality,
            },
            answers=answers_now(newest),
            touched_on=day_of(page, at),
        )
        try:
            with transaction.atomic():
                draft.save()
        except IntegrityError:
            raise AnotherDraft from None
        return draft
