"""Answers that did not begin on the portal: a form sent as a file, and what staff type in."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from consultations.calls.models import ConsultationPage
from consultations.responses import expiry
from consultations.responses.actions.drafting import Begun, begin_draft
from consultations.responses.actions.locking import Person, writable
from consultations.responses.answers.notes import NOTES, without_notes
from consultations.responses.days import day_of, last_in_time
from consultations.responses.errors import (
    CameLater,
    CodesEndSoon,
    NotPermitted,
    NotYetOpen,
    ReasonNeeded,
)
from consultations.responses.models import Channel, Draft, PaperEntry
from consultations.responses.models.paper import DAYS_TO_TYPE
from consultations.responses.permissions import is_open, user_can_enter_answers
from portal.stakeholders.models import User

# How what staff enter had come.
ON_PAPER = (Channel.POST, Channel.EMAIL, Channel.OFFLINE_FORM)


def begin_from_form(
    *,
    consultation: ConsultationPage,
    by: Person,
    identity: str,
    details: Mapping[str, Any],
    answers: Mapping[str, Mapping[str, Any]],
    notes: Sequence[Mapping[str, Any]] = (),
    at: datetime | None = None,
) -> Begun:
    """
    Begin an answer with what was read of a form that somebody filled in elsewhere.

    `answers` are right, as `offline.parsing.read` gives them; `notes` are what it says of the
    others, kept with the draft until it is sent. Of the form itself nothing is kept. Raises as
    `begin_draft`.
    """
    with transaction.atomic():
        begun = begin_draft(
            consultation=consultation,
            by=by,
            identity=identity,
            details=details,
            channel=Channel.OFFLINE_FORM,
            at=at,
        )
        return begun._replace(draft=_filled(begun.draft, answers, notes))


def enter_on_paper(
    *,
    consultation: ConsultationPage,
    by: User,
    channel: str,
    received_on: date,
    reason: str,
    identity: str,
    details: Mapping[str, Any],
    answers: Mapping[str, Mapping[str, Any]] | None = None,
    notes: Sequence[Mapping[str, Any]] = (),
    at: datetime | None = None,
) -> Begun:
    """
    Begin to type in, as staff, an answer that came by post, by e-mail or as a filled-in form.

    The draft has a code and no account. `received_on` is the day, in the consultation's zone, on
    which it came or was post-marked: up to the day of the deadline it is in time, whenever it is
    typed in; after that it is late. `reason` is a `LateReason`, needed after the deadline. Raises
    NotPermitted,
    NotYetOpen, CameLater for a day to come, ReasonNeeded, AnswersClosed where the consultation was
    cancelled, CodesEndSoon, AnonymityNotOffered.
    """
    at = at or timezone.now()
    if not user_can_enter_answers(by) or channel not in ON_PAPER:
        raise NotPermitted
    with transaction.atomic():
        page = ConsultationPage.objects.get(pk=consultation.pk)
        if received_on > day_of(page, at):
            raise CameLater
        if received_on < day_of(page, page.opens_at):
            raise NotYetOpen
        in_time = received_on <= day_of(page, last_in_time(page))
        if not reason and not is_open(page, at):
            raise ReasonNeeded
        if expiry.have_ended(page, at + DAYS_TO_TYPE + expiry.DAY):
            raise CodesEndSoon
        begun = begin_draft(
            consultation=page,
            by=AnonymousUser(),
            identity=identity,
            details=details,
            channel=channel,
            is_entered=True,
            at=at,
        )
        draft = _filled(begun.draft, answers or {}, notes)
        PaperEntry.objects.create(
            consultation=page,
            draft=draft,
            entered_by=by,
            entered_on=day_of(page, at),
            channel=channel,
            received_on=received_on,
            in_time=in_time,
            reason=reason,
        )
        return begun._replace(draft=draft)


def put_notes_away(*, draft: Draft, by: Person, at: datetime | None = None) -> Draft:
    """
    Forget what could not be read of a form: its owner has seen to it.

    Raises AnswersClosed, NotPermitted, DraftGone.
    """
    with transaction.atomic():
        draft, _page = writable(draft, by, at or timezone.now())
        draft.details = without_notes(draft.details)
        draft.revision += 1
        draft.save()
    return draft


def _filled(
    draft: Draft, answers: Mapping[str, Mapping[str, Any]], notes: Sequence[Mapping[str, Any]]
) -> Draft:
    draft.answers = {key: dict(answer) for key, answer in answers.items()}
    if notes:
        draft.details = {**draft.details, NOTES: [dict(note) for note in notes]}
    draft.save()
    return draft
