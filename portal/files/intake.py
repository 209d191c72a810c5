"""
Taking files in to be looked at later: no request waits for what strangers made.

A file waits sealed (`sealing`), in a process that alone can open it (`waiting_room`), and is made
anew in its turn. Where that process ends before, the file is lost, and its sender is told.
"""

import time
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from datetime import timedelta

import structlog
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone

from portal.files import hooks, processes, storage
from portal.files.actions import Kept, declared_extension, make_anew, read_whole, refused, row_of
from portal.files.errors import FileRefused
from portal.files.models import State, StoredFile
from portal.files.processes import one_of
from portal.files.rebuilding.file_type import never_taken
from portal.files.sandbox import limits
from portal.files.sealing import SealBroken, destroy, open_once, seal
from portal.files.waiting_room import Waiting, is_over, room

log = structlog.get_logger("portal.files")

# How long another machine's process may live unseen. One of this machine is known to be gone.
LONGEST_ELSEWHERE = timedelta(days=1)
LONGEST_PAUSE = 60  # seconds


def nobody(size: int) -> None:
    """Do nothing, for those who do not want to know what was kept."""


def receive(
    upload: UploadedFile,
    *,
    by: Sequence[Hashable] = (),
    keep_colour: bool = False,
    kept: Callable[[int], None] = nobody,
) -> StoredFile:
    """
    Take a file in; it waits for its turn, and what becomes of it stands in its row later.

    `by` says whose turn it takes, from the widest to the nearest: a client, a draft. `kept` is
    told how many bytes were kept in the end. Raises FileRefused for what can be seen without
    looking into it, and where there is no room. Call it before a transaction begins.
    """
    data = read_whole(upload)
    extension = declared_extension(upload.name or "")
    if not data:
        raise refused("empty")
    if kind := never_taken(data):
        raise refused("kind", found=kind)
    holder = room.holder()
    stored = StoredFile(
        size=len(data),
        state=State.WAITING,
        holder=holder.name,
        stored_on=timezone.now().date(),
    )
    try:
        sealed = seal(data, holder.place_for(stored.id.hex))
    except OSError:
        raise refused("no-room") from None
    try:
        stored.save(force_insert=True)
    except BaseException:
        destroy(sealed)
        raise
    room.put(Waiting(stored.id, sealed, extension, keep_colour, look, kept), by)
    return stored


def look(waiting: Waiting) -> None:
    """Make a file anew, or refuse it, and say so in its row; the sealed bytes are destroyed."""
    if not StoredFile.objects.filter(pk=waiting.id, state=State.WAITING).exists():
        destroy(waiting.sealed)  # removed while it waited
        waiting.kept(0)
        return
    outcome = _outcome(waiting)
    pause = 1.0
    while not is_over():
        try:
            waiting.kept(settle(waiting, outcome))
            return
        except (DatabaseError, OSError) as error:
            # The class alone: the text may quote a row.
            log.error("a file could not be kept yet", error=type(error).__name__)
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


def _outcome(waiting: Waiting) -> Kept | FileRefused:
    bounds = limits()
    try:
        with one_of(bounds.at_once):
            data = open_once(waiting.sealed)
            return make_anew(data, waiting.extension, waiting.keep_colour, bounds)
    except SealBroken:
        return refused("lost")
    except FileRefused as refusal:
        return refusal


def settle(waiting: Waiting, outcome: Kept | FileRefused) -> int:
    """
    Keep what was made of a file, or why there is nothing; returns the size of what was kept.

    Raises DatabaseError and OSError; it may be tried again.
    """
    if isinstance(outcome, FileRefused):
        _refuse(waiting.id, outcome)
        return 0
    made = row_of(outcome)
    made.id = waiting.id
    storage.delete(made)
    storage.write(made, outcome.rebuilt.data)
    with transaction.atomic():
        found = StoredFile.objects.select_for_update().filter(pk=waiting.id, state=State.WAITING)
        before = found.first()
        if before is not None:
            made.stored_on, made.is_sent = before.stored_on, before.is_sent
            made.save(force_update=True)
            hooks.run(made)
    if before is None:
        storage.delete(made)
        return 0
    return made.size


def _refuse(pk: object, refusal: FileRefused) -> None:
    with transaction.atomic():
        stored = StoredFile.objects.select_for_update().filter(pk=pk, state=State.WAITING).first()
        if stored is None:
            return
        stored.state, stored.holder, stored.size = State.REFUSED, "", 0
        stored.refusal = {"code": refusal.code, "parameters": refusal.parameters}
        stored.save()
        hooks.run(stored)


def forget_lost() -> int:
    """
    Say of files whose key went with its process that they are lost; returns how many there were.

    Sealed bytes that nobody can open any more are deleted.
    """
    processes.sweep()
    count = 0
    for pk, name, day in list(StoredFile.objects.waiting_in_processes()):
        if processes.is_of_this_machine(name):
            gone = not processes.lives(name)
        else:
            gone = timezone.now().date() - day > LONGEST_ELSEWHERE
        if gone:
            with suppress(DatabaseError):  # somebody has it in hand: the next time, then
                _refuse(pk, refused("lost"))
                count += 1
    return count


def forget_lost_now(*, stopped: Callable[[], bool]) -> None:
    """Do what `forget_lost` does, for a thread that looks every minute."""
    if not stopped():
        forget_lost()
