"""Taking files in, checking those that wait, and erasing them."""

import hashlib
from collections.abc import Iterable
from functools import partial
from pathlib import PurePath
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from portal.files import storage
from portal.files.errors import FileRefused, ScannerUnavailable
from portal.files.messages import refusal_message
from portal.files.models import State, StoredFile
from portal.files.sandbox import limits, rebuild_apart
from portal.files.scanning import Verdict, scan


def take_in(upload: UploadedFile, *, keep_colour: bool = False) -> StoredFile:
    """
    Check a file, make it anew from what can be seen of it, keep that; its name is forgotten.

    Scans and photographs of paper become grey and clean unless `keep_colour`. The result's `state`
    is clean, or quarantined where the virus scanner is set but cannot be reached: then
    `scan_quarantined` finishes the work. Raises FileRefused, with a message for the person.

    It may take seconds: call it before a transaction begins, not inside one.
    """
    bounds = limits()
    if upload.size is not None and upload.size > bounds.file_bytes:
        raise refused("too-large", limit=filesizeformat(bounds.file_bytes))
    upload.seek(0)
    data = upload.read(bounds.file_bytes + 1)
    if len(data) > bounds.file_bytes:
        raise refused("too-large", limit=filesizeformat(bounds.file_bytes))
    try:
        verdict = scan(data) if data else Verdict.CLEAN
    except ScannerUnavailable:
        # What waits is what we made: the original never touches the disk.
        verdict = Verdict.UNKNOWN
    if verdict is Verdict.INFECTED:
        raise refused("infected")
    rebuilt = rebuild_apart(
        data,
        extension=declared_extension(upload.name or ""),
        keep_colour=keep_colour,
        bounds=bounds,
    )
    stored = StoredFile(
        kind=rebuilt.kind,
        size=len(rebuilt.data),
        sha256=hashlib.sha256(rebuilt.data).hexdigest(),
        text=rebuilt.text,
        notes=list(rebuilt.notes),
        state=State.QUARANTINED if verdict is Verdict.UNKNOWN else State.CLEAN,
        stored_on=timezone.now().date(),
    )
    storage.write(stored, rebuilt.data)
    try:
        stored.save(force_insert=True)
    except BaseException:
        storage.delete(stored)
        raise
    return stored


def scan_quarantined() -> dict[State, int]:
    """
    Scan every file that waits; returns how many are now in each state.

    An infected one loses its bytes and keeps its row; one whose bytes are gone goes on waiting.
    Raises ScannerUnavailable when there is no answer; what was scanned until then stays decided.
    """
    counts = {State.CLEAN: 0, State.INFECTED: 0}
    for stored in StoredFile.objects.waiting():
        try:
            data = storage.read(stored)
        except FileNotFoundError:
            continue
        stored.state = State.INFECTED if scan(data) is Verdict.INFECTED else State.CLEAN
        # The clean copy is there before the row says so, and the waiting one until it has.
        if stored.state == State.CLEAN:
            storage.delete_from(storage.CLEAN, stored)
            storage.write(stored, data)
        stored.save(update_fields=["state"])
        storage.delete_from(storage.QUARANTINE, stored)
        counts[stored.state] += 1
    return counts


def erase(ids: Iterable[UUID | str]) -> int:
    """
    Delete files, row and bytes; returns how many there were. Unknown ids are no error.

    The bytes go once the caller's transaction has been committed, so that a rollback loses nothing.
    """
    doomed = list(StoredFile.objects.filter(pk__in=list(ids)))
    StoredFile.objects.filter(pk__in=[stored.pk for stored in doomed]).delete()
    for stored in doomed:
        transaction.on_commit(partial(storage.delete, stored))
    return len(doomed)


def declared_extension(name: str) -> str:
    """
    The extension that a person's file came with, lower case, without the dot.

    Raises FileRefused for a name made to deceive. This is all that is ever read of the name.
    """
    if not name.isprintable() or "/" in name or "\\" in name:
        raise refused("name")
    return PurePath(name).suffix.removeprefix(".").lower()


def refused(code: str, **parameters: str | int) -> FileRefused:
    return FileRefused(code, refusal_message(code, parameters))
