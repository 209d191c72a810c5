"""Files that were still being checked when a response was sent, and others in their place."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultations.calls.models import ConsultationPage
from consultations.responses import recording
from consultations.responses.answers.mapping import files_in
from consultations.responses.days import day_of, last_in_time
from consultations.responses.errors import CannotChange, NotPermitted, TooLateToAttach
from consultations.responses.files import hooks
from consultations.responses.models import (
    Identity,
    Response,
    ResponseVersion,
    SentFile,
    StatusEvent,
)
from consultations.responses.notifications import tell
from consultations.responses.permissions import UNPUBLISHED, user_may_answer_for
from portal.files.models import StoredFile
from portal.record.actions import append
from portal.stakeholders.models import Person

# A file that could not be taken after it was sent: so long another may be attached, as is said.
DAYS_FOR_ANOTHER = timedelta(days=7)


def hold_files(ids: set[str]) -> dict[str, str]:
    """
    Hold stored files until the transaction ends; returns the hashes of those that are made, by id.

    So none stops waiting between being sent without its hash and being waited for.
    """
    held = StoredFile.objects.select_for_update().filter(pk__in=ids) if ids else ()
    return {str(each.pk): each.sha256 for each in held if each.sha256}


def await_files(version: ResponseVersion, at: datetime) -> None:
    """Wait for those files of a version just sent that have no hash yet; in its transaction."""
    ids = files_in(version.response.consultation.questionnaire(), version.answers)
    if not ids:
        return
    StoredFile.objects.filter(pk__in=ids).update(is_sent=True)
    for stored in StoredFile.objects.filter(pk__in=ids - version.files.keys()):
        row = SentFile(version=version, file=stored.pk, stored=stored.pk, is_awaited=True)
        _settle(row, stored, at)


def file_done(stored: StoredFile, at: datetime | None = None) -> None:
    """
    Enter a file that was made, or give its author time for another, in each version it is of.

    The file is held already, and whoever changes a response holds that first: so nobody is waited
    for here. Raises DatabaseError where somebody has it in hand; it is to be tried again.
    """
    at = at or timezone.now()
    for row in SentFile.objects.of_stored(stored.pk).filter(is_awaited=True):
        held = Response.objects.select_for_update(of=("self",), nowait=True)
        response = held.get(pk=row.version.response_id)
        _settle(row, stored, at)
        hooks.run(response, at)


def attach_another(
    *, response: Response, by: Person, file: str, stored: StoredFile, at: datetime | None = None
) -> SentFile:
    """
    Put a file in the place of one that could not be taken; `file` is the id of that place.

    `stored` was just received. Raises NotPermitted, TooLateToAttach, CannotChange where the answer
    was withdrawn or published, or a file stands there.
    """
    at = at or timezone.now()
    with transaction.atomic():
        locked = Response.objects.select_for_update(of=("self",)).get(pk=response.pk)
        locked.consultation = ConsultationPage.objects.get(pk=locked.consultation_id)
        if not user_may_answer_for(by, locked):
            raise NotPermitted
        version = locked.versions.latest("number")
        version.response = locked
        row = SentFile.objects.filter(version=version, file=file, is_awaited=False).first()
        if locked.status not in UNPUBLISHED or row is None or row.until is None:
            raise CannotChange
        if row.until < day_of(locked.consultation, at):
            raise TooLateToAttach
        row.version = version
        row.stored, row.is_awaited = stored.pk, True
        held = StoredFile.objects.select_for_update().get(pk=stored.pk)
        held.is_sent = True
        held.save(update_fields=["is_sent"])
        _settle(row, held, at)
        hooks.run(locked, at)
    return row


def has_open_files(version: ResponseVersion, at: datetime) -> bool:
    """Say whether a file of a version is being checked, or its author may attach another."""
    return version.sent_files.open_on(day_of(version.response.consultation, at)).exists()


def _settle(row: SentFile, stored: StoredFile, at: datetime) -> None:
    """Save a row that awaits a stored file, as that stands now."""
    response = row.version.response
    if stored.is_refused:
        row.is_awaited = False
        row.until = row.until or day_of(response.consultation, at) + DAYS_FOR_ANOTHER
        _tell(response, StatusEvent.Kind.FILE_NOT_TAKEN, at)
    elif not stored.is_waiting:
        row.is_awaited, row.until = False, None
        row.entry = _enter(row, stored, at)
        _tell(response, StatusEvent.Kind.FILE_ADDED, at)
    row.save()


def _enter(row: SentFile, stored: StoredFile, at: datetime) -> str:
    version = row.version
    statement: dict[str, Any] = {
        "reference": version.response.reference,
        "version": version.number,
        "consultation": version.response.consultation.docket,
        "file": str(row.file),
        "sha256": stored.sha256,
        "follows": version.record_leaf,
    }
    if row.stored != row.file:
        statement["in_its_place"] = str(row.stored)
    return append(kind=recording.FILE_ADDED, statement=statement, public=False, at=at).leaf


def _tell(response: Response, kind: StatusEvent.Kind, at: datetime) -> None:
    """Tell it on its page, and where news are wanted; of the nameless no day after the deadline."""
    nameless = response.identity == Identity.ANONYMOUS
    tell(response, kind, at=min(at, last_in_time(response.consultation)) if nameless else at)
