"""A change of a document: proposed, then accepted, declined or withdrawn; each is logged."""

from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.log_actions import log
from wagtail.models import Collection
from wagtail.utils.file import hash_filelike

from portal.cms.document_changes.permissions import user_can_decide, user_can_propose
from portal.cms.library.actions import write_in_place
from portal.cms.library.findings import pages_with
from portal.cms.models import DocumentChange
from portal.stakeholders.models import User
from portal.text import clean_text

PROPOSED, ACCEPTED = "portal.document.propose", "portal.document.accept"
DECLINED, WITHDRAWN = "portal.document.decline", "portal.document.withdraw"
Decision = DocumentChange.Decision


def require_proposable(
    *, document: AbstractDocument, reason: str, file: File | None = None
) -> None:
    """Raise ValidationError, by field, for a change that nobody could decide or carry out."""
    if DocumentChange.objects.waiting().filter(document=document.pk).exists():
        raise ValidationError(_("A change of this document waits already. It is decided first."))
    ending = PurePath(document.filename).suffix.lower()
    if file is not None and PurePath(str(file.name)).suffix.lower() != ending:
        told = _(
            "The address of this document ends in %(ending)s, so the new file has to be of that"
            " kind. Upload another kind as a new document, and choose it on the page."
        )
        raise ValidationError({"file": ValidationError(told, params={"ending": ending})})
    if not clean_text(reason):
        raise ValidationError({"reason": _("Say what changes, and why. Whoever decides reads it.")})


def propose_change(
    *,
    document: AbstractDocument,
    by: User | None,
    reason: str,
    title: str = "",
    collection: Collection | None = None,
    file: File | None = None,
    at: datetime | None = None,
) -> DocumentChange:
    """
    Keep a change of a document aside until a second person decides; what is not given stays.

    Raises PermissionDenied, ValidationError as `require_proposable` does, and FileRefused.
    """
    if not user_can_propose(by, document):
        raise PermissionDenied
    with transaction.atomic():
        get_document_model().objects.select_for_update().get(pk=document.pk)  # of two, one proposes
        require_proposable(document=document, reason=reason, file=file)
        change = DocumentChange(
            document_id=document.pk,
            title=title,
            collection=collection,
            reason=clean_text(reason),
            proposed_by=by,
            proposed_at=at or timezone.now(),
        )
        if file is not None:
            change.file.save(str(file.name), file, save=False)
        change.save()
        _log(change, PROPOSED, by, change.reason)
    return change


def accept_change(*, change: DocumentChange, by: User, at: datetime | None = None) -> None:
    """
    Carry out what is proposed: readers have the new file at the address of the old one.

    The old file is gone then. Raises PermissionDenied, and ValidationError where it is decided
    already or its file is missing.
    """
    with transaction.atomic():
        row = _waiting(change)
        if not user_can_decide(by, row):
            raise PermissionDenied
        document = get_document_model().objects.select_for_update().get(pk=row.document_id)
        data = _proposed_bytes(row)
        document.title = row.title or document.title
        document.collection = row.collection or document.collection
        if data is not None:
            document.file_size = len(data)
            document.file_hash = hash_filelike(ContentFile(data))
        document.save()
        _decide(row, Decision.ACCEPTED, by, at)
        _log(row, ACCEPTED, by, row.reason)
        if data is not None:  # last, so that nothing above fails after it
            write_in_place(document, data)


def decline_change(
    *, change: DocumentChange, by: User, answer: str, at: datetime | None = None
) -> None:
    """
    Leave the document as it is, and say why.

    Raises PermissionDenied, and ValidationError (keyed by field) where it is decided or no answer
    is given.
    """
    if not (answer := clean_text(answer)):
        raise ValidationError({"answer": _("Say why not. Whoever proposed it reads it.")})
    with transaction.atomic():
        row = _waiting(change)
        if not user_can_decide(by, row):
            raise PermissionDenied
        _decide(row, Decision.DECLINED, by, at, answer)
        _log(row, DECLINED, by, answer)


def withdraw_change(*, change: DocumentChange, by: User, at: datetime | None = None) -> None:
    """Take back one's own proposal. Raises PermissionDenied, and ValidationError if decided."""
    with transaction.atomic():
        row = _waiting(change)
        if row.proposed_by_id != by.pk:
            raise PermissionDenied
        _decide(row, Decision.WITHDRAWN, by, at)
        _log(row, WITHDRAWN, by, "")


def _waiting(change: DocumentChange) -> DocumentChange:
    row = DocumentChange.objects.select_for_update().get(pk=change.pk)
    if row.decided_at:
        raise ValidationError(_("Somebody has decided this meanwhile."))
    return row


def _proposed_bytes(change: DocumentChange) -> bytes | None:
    if not change.file:
        return None
    try:
        with change.file.open("rb") as file:
            return bytes(file.read())
    except FileNotFoundError:
        told = _("The new file is missing. Decline the change, and have it proposed again.")
        raise ValidationError(told) from None


def _decide(
    change: DocumentChange, decision: str, by: User, at: datetime | None, answer: str = ""
) -> None:
    """Write down the decision; the file that was kept aside goes."""
    name, storage = change.file.name, change.file.storage
    change.decision, change.answer, change.file = decision, answer, ""
    change.decided_by, change.decided_at = by, at or timezone.now()
    change.save()
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def _log(change: DocumentChange, action: str, by: User | None, reason: str) -> None:
    """Log it with the document, and in the history of each page that has it."""
    document = change.document
    things: list[Any] = [document, *pages_with(document)]
    for each in things:
        log(
            instance=each,
            action=action,
            user=by,
            data={"reason": reason, "document": document.title, "file_hash": document.file_hash},
        )
