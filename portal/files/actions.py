"""Taking files in, checking those that wait, and erasing them."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import PurePath
from typing import NamedTuple
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from portal.files import storage
from portal.files.errors import FileRefused, ScannerUnavailable
from portal.files.limits import Limits
from portal.files.messages import refusal_message
from portal.files.models import State, StoredFile
from portal.files.rebuilding.result import Rebuilt
from portal.files.sandbox import limits, rebuild_apart
from portal.files.scanning import Verdict, scan


class Kept(NamedTuple):
    """A file as it was made, and whether the virus scanner has passed it."""

    rebuilt: Rebuilt
    state: State


def take_in(upload: UploadedFile, *, keep_colour: bool = False) -> StoredFile:
    """
    Make a file anew at once, for commands: it may take seconds. Pages use `intake.receive`.

    Scans and photographs of paper become grey and clean unless `keep_colour`. Raises FileRefused,
    with a message for the person. Call it before a transaction begins, not inside one.
    """
    data = read_whole(upload)
    return keep(make_anew(data, declared_extension(upload.name or ""), keep_colour, limits()))


def read_whole(upload: UploadedFile) -> bytes:
    """Read the bytes of an upload. Raises FileRefused where they are more than is taken."""
    most = limits().file_bytes
    if upload.size is None or upload.size <= most:
        upload.seek(0)
        data = upload.read(most + 1)
        if len(data) <= most:
            return data
    raise refused("too-large", limit=filesizeformat(most))


def make_anew(data: bytes, extension: str, keep_colour: bool, bounds: Limits) -> Kept:
    """
    Scan a file, and make it anew from what can be seen of it; its name is forgotten.

    Where the scanner is set and cannot be reached, what was made waits in quarantine, and
    `scan_quarantined` finishes the work. Raises FileRefused.
    """
    try:
        verdict = scan(data) if data else Verdict.CLEAN
    except ScannerUnavailable:
        verdict = Verdict.UNKNOWN
    if verdict is Verdict.INFECTED:
        raise refused("infected")
    rebuilt = rebuild_apart(data, extension=extension, keep_colour=keep_colour, bounds=bounds)
    return Kept(rebuilt, State.QUARANTINED if verdict is Verdict.UNKNOWN else State.CLEAN)


def keep_words(words: str, *, notes: Sequence[str] = ()) -> StoredFile:
    """Keep a text of our own making as a file; `notes` are keys of `messages.NOTES`."""
    return keep(Kept(Rebuilt("txt", words.encode(), words, tuple(notes)), State.CLEAN))


def keep(kept: Kept) -> StoredFile:
    """Keep a file that we made, its bytes before its row."""
    stored = row_of(kept)
    storage.write(stored, kept.rebuilt.data)
    try:
        stored.save(force_insert=True)
    except BaseException:
        storage.delete(stored)
        raise
    return stored


def row_of(kept: Kept) -> StoredFile:
    """Return the row of a file that we made, which is not saved."""
    rebuilt = kept.rebuilt
    return StoredFile(
        kind=rebuilt.kind,
        size=len(rebuilt.data),
        sha256=hashlib.sha256(rebuilt.data).hexdigest(),
        text=rebuilt.text,
        notes=list(rebuilt.notes),
        state=kept.state,
        stored_on=timezone.now().date(),
    )


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
    Return the extension that a person's file came with, lower case, without the dot.

    Raises FileRefused for a name made to deceive. This is all that is ever read of the name.
    """
    if not name.isprintable() or "/" in name or "\\" in name:
        raise refused("name")
    return PurePath(name).suffix.removeprefix(".").lower()


def refused(code: str, **parameters: str | int) -> FileRefused:
    return FileRefused(code, refusal_message(code, parameters), parameters)
