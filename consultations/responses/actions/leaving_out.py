"""What an author leaves out of a file: before it is sent in the draft, then until publication."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultations.calls.models import ConsultationPage
from consultations.questionnaires.schema import LEFT_OUT
from consultations.responses import recording
from consultations.responses.actions.locking import writable
from consultations.responses.answers.mapping import is_for_officials, question_of
from consultations.responses.errors import (
    CannotChange,
    NoSuchFile,
    NotPermitted,
    PublishedAlready,
)
from consultations.responses.files import hooks
from consultations.responses.files.sent import answers_now, language_of, readers_words
from consultations.responses.models import (
    Draft,
    Response,
    ResponseVersion,
    SentFile,
    Status,
    StatusEvent,
)
from consultations.responses.notifications import tell
from consultations.responses.permissions import UNPUBLISHED, user_may_answer_for
from portal.files.actions import erase as erase_files
from portal.files.actions import keep_words
from portal.files.models import StoredFile
from portal.files.passages import ALL, Cuts, plain
from portal.record.actions import append
from portal.stakeholders.models import Person


def leave_out_of_draft(
    *, draft: Draft, by: Person, file: str, cuts: Cuts, at: datetime | None = None
) -> Draft:
    """
    Say what readers are not to have of a file of a draft: places in its text, or `passages.ALL`.

    Raises NoSuchFile, AnswersClosed, NotPermitted, DraftGone.
    """
    with transaction.atomic():
        draft, page = writable(draft, by, at or timezone.now())
        question = question_of(page.questionnaire(), draft.answers, file)
        if question is None:
            raise NoSuchFile
        answer = draft.answers[question.id]
        left_out = {**answer.get(LEFT_OUT, {}), file: _checked(file, cuts)}
        answer[LEFT_OUT] = {key: each for key, each in left_out.items() if each}
        if not answer[LEFT_OUT]:
            del answer[LEFT_OUT]
        draft.revision += 1
        draft.save()
    return draft


def leave_out(
    *, response: Response, by: Person, file: str, cuts: Cuts, at: datetime | None = None
) -> Response:
    """
    Say so of a file that was sent; the record gets an entry of its own, opened to nobody.

    Raises NoSuchFile, also for a file for officials only, of which readers have nothing;
    NotPermitted; CannotChange once it is withdrawn; PublishedAlready, which says whom to ask.
    """
    at = at or timezone.now()
    with transaction.atomic():
        locked = Response.objects.select_for_update(of=("self",)).get(pk=response.pk)
        page = ConsultationPage.objects.get(pk=locked.consultation_id)
        locked.consultation = page
        if not user_may_answer_for(by, locked):
            raise NotPermitted
        version = locked.versions.latest("number")
        version.response = locked
        question = question_of(page.questionnaire(), answers_now(version), file)
        if question is None or is_for_officials(version.answers[question.id]):
            raise NoSuchFile
        if locked.status == Status.WITHDRAWN:
            raise CannotChange
        if locked.status not in UNPUBLISHED:
            raise PublishedAlready(page.contact_email)
        row = SentFile.objects.filter(version=version, stored=file).first()
        row = row or SentFile(version=version, file=file, stored=file)
        if not row.is_there:
            raise NoSuchFile
        checked = _checked(file, cuts)
        if checked == row.cuts:
            return locked
        _set_cuts(row, version, checked)
        row.number += 1
        entry = append(
            kind=recording.LEFT_OUT,
            statement={
                "reference": locked.reference,
                "version": version.number,
                "consultation": page.docket,
                "file": file,
                "number": row.number,
                "left_out": checked,
                "follows": row.leaves[-1] if row.leaves else version.record_leaf,
            },
            public=False,
            at=at,
        )
        row.leaves = [*row.leaves, entry.leaf]
        row.save()
        tell(locked, StatusEvent.Kind.LEFT_OUT, at=at)
        hooks.run(locked, at)
    return locked


def leave_out_as_sent(version: ResponseVersion) -> None:
    """Make what readers will have of the files of a version just sent, in its transaction."""
    for answer in version.answers.values():
        for file, cuts in answer.get(LEFT_OUT, {}).items():
            row = SentFile(version=version, file=file, stored=file)
            _set_cuts(row, version, cuts)
            row.save()


def erase_sent_files(response: Response) -> list[str]:
    """Erase what is kept beside all versions; the leaves of the entries about it are returned."""
    rows = list(SentFile.objects.filter(version__response=response))
    erase_files(pk for each in rows for pk in (each.stored, each.text) if pk)
    SentFile.objects.filter(pk__in=[each.pk for each in rows]).delete()
    return [leaf for each in rows for leaf in each.entered]


def _checked(file: str, cuts: Cuts) -> Cuts:
    """Return cuts in their plainest form; what is left out of a file without words is all of it."""
    if cuts == ALL:
        return ALL
    assert not isinstance(cuts, str)
    return plain(cuts, StoredFile.objects.get(pk=file).text)


def _set_cuts(row: SentFile, version: ResponseVersion, cuts: Any) -> None:
    """Keep the words that are left, in the place of those that were before."""
    if row.text:
        erase_files([row.text])
    row.cuts, row.text = cuts, None
    if cuts and cuts != ALL:
        language = language_of(version.response.consultation, version.language)
        words = readers_words(StoredFile.objects.get(pk=row.stored), cuts, language)
        row.text = keep_words(words, notes=["left-out"]).pk
