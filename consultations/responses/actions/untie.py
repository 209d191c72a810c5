"""What leads from an answer to whoever wrote it: cut by them, or ended when its time is over."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from consultations.calls.models import ConsultationPage
from consultations.responses import contacts, expiry
from consultations.responses.actions.drafting import erase_draft
from consultations.responses.errors import NotPermitted
from consultations.responses.models import (
    Clarification,
    Draft,
    Identity,
    Response,
    SentFile,
    Status,
    StatusEvent,
)
from consultations.responses.permissions import user_may_cut_tie
from consultations.responses.recording import KEPT, UNTIED, enter
from portal.record.actions import append
from portal.record.actions import erase as erase_entries
from portal.record.audit_sources import entries_at
from portal.stakeholders.models import Person


def cut_tie(*, response: Response, by: Person, at: datetime | None = None) -> None:
    """
    Make it impossible for anybody to find the writer of an answer without a name, or to be found
    as its writer: not with the code, nor with a proof, nor by what is kept here.

    Erased are what is kept of the code, changes that were begun, with their files, the address for
    news with what waits for it, questions that wait for the writer, and what the writer was told.
    The words stay, and are treated as if nothing had happened. In the record they are entered anew
    under a salt that nobody was given, and what receipts were given for is erased. No row says when
    this was, but for the day of those entries. Cut twice, it stays as it is. Raises NotPermitted.
    """
    at = at or timezone.now()
    with transaction.atomic():
        found = Response.objects.select_for_update(of=("self",)).select_related("consultation")
        locked = found.get(pk=response.pk)
        if locked.identity == Identity.ANONYMOUS and locked.code_hash is None:
            return
        if not user_may_cut_tie(by, locked):
            raise NotPermitted
        drafts = Draft.objects.select_for_update(of=("self",)).filter(response=locked)
        for draft in drafts.select_related("consultation"):
            erase_draft(draft)
        contacts.forget(locked)
        _forget_writers(Response.objects.filter(pk=locked.pk))
        locked.code_hash = None
        locked.submission_key = uuid.uuid4()  # older backups have it beside the code of the draft
        locked.save(update_fields=["code_hash", "submission_key"])
        _enter_anew(locked, at)


def erase_ended_codes(*, at: datetime) -> int:
    """
    Erase what is kept of codes that have ended at an aware instant, drafts that they opened, and
    what only whoever holds one is shown.

    The answers stay. Returns how many codes there were.
    """
    return sum(_erase_codes_of(page) for page in expiry.with_ended_codes(at))


def _erase_codes_of(page: ConsultationPage) -> int:
    with transaction.atomic():
        sent = Response.objects.filter(consultation=page, code_hash__isnull=False)
        list(sent.select_for_update(of=("self",)).values_list("pk"))  # before drafts, as elsewhere
        drafts = Draft.objects.filter(consultation=page, code_hash__isnull=False)
        begun = list(drafts.select_for_update(of=("self",)).select_related("consultation"))
        for draft in begun:
            erase_draft(draft)
        _forget_writers(sent)
        return sent.update(code_hash=None) + sum(not draft.is_revision for draft in begun)


def _forget_writers(responses: QuerySet[Response]) -> None:
    """
    Erase what was told to whoever opens them, and what waits for their answer.

    Staff go on without it.
    """
    StatusEvent.objects.filter(response__in=responses).delete()
    Clarification.objects.filter(response__in=responses, answered_on=None).delete()
    responses.filter(status=Status.CLARIFICATION).update(status=Status.RECEIVED)


def _enter_anew(response: Response, at: datetime) -> None:
    versions = list(response.versions.filter(erased_on=None))
    if not versions:  # withdrawn, and erased with that
        return
    later = list(SentFile.objects.filter(version__in=versions))
    entered = entries_at(leaf for row in later for leaf in row.entered)
    stated = {leaf: dict(entry.statement or {}) for leaf, entry in entered.items()}
    leaves = [version.record_leaf for version in versions]
    erase_entries([*leaves, *entered], at=at, statement={"because": UNTIED})
    renewed: dict[str, str] = {}
    for version in versions:
        before = version.record_leaf
        version.response = response
        enter(version, kind=KEPT, at=at)
        response.versions.keep_as_entered(version)
        renewed[before] = version.record_leaf
    for row in later:
        _enter_file_anew(row, stated, renewed, at)


def _enter_file_anew(
    row: SentFile, stated: dict[str, dict[str, Any]], renewed: dict[str, str], at: datetime
) -> None:
    """Enter anew what came of a file after its version was sent, each after the renewed entry."""
    for leaf in row.entered:
        statement = stated[leaf]
        kind, _day = statement.pop("kind"), statement.pop("day")
        statement["follows"] = renewed[statement["follows"]]
        renewed[leaf] = append(kind=kind, statement=statement, public=False, at=at).leaf
    row.entry = renewed.get(row.entry, "")
    row.leaves = [renewed[leaf] for leaf in row.leaves]
    row.save(update_fields=["entry", "leaves"])
