"""
Which files are in use: each room that keeps ids of files says so in its `AppConfig.ready()`.

A file that no room names any more, nor any row, is removed by `remove_unused`.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

from django.utils import timezone

from portal.files import storage
from portal.files.actions import erase
from portal.files.models import StoredFile

# Long enough for a form that is open over a night to be sent.
DAYS_KEPT = 2

_users: dict[str, Callable[[], Iterable[UUID | str]]] = {}


def register(name: str, ids_in_use: Callable[[], Iterable[UUID | str]]) -> None:
    """
    Let a room name the files that it uses; the same name again replaces it.

    `ids_in_use()` yields ids as UUID or text; it should read the database in chunks.
    """
    _users[name] = ids_in_use


def in_use() -> set[UUID]:
    """Return the ids of all files in use."""
    return {UUID(str(id_)) for ids in _users.values() for id_ in ids()}


def remove_unused(*, today: datetime.date | None = None) -> tuple[int, int]:
    """
    Erase files that nobody uses and that are older than `DAYS_KEPT`; returns rows and stray bytes.

    Stray bytes are those without a row: what a process left that was ended at the wrong moment.
    Does nothing while no room has registered.
    """
    if not _users:
        return 0, 0
    oldest = (today or timezone.now().date()) - datetime.timedelta(days=DAYS_KEPT)
    # Asked first: a file that comes into use after this is younger than those looked at.
    candidates = set(StoredFile.objects.filter(stored_on__lt=oldest).values_list("pk", flat=True))
    known = {id_.hex for id_ in StoredFile.objects.values_list("pk", flat=True)}
    rows = erase(candidates - in_use())
    stray = 0
    for name in (storage.CLEAN, storage.QUARANTINE):
        for path, day in stored_bytes(name):
            if path.rpartition("/")[2] not in known and day < oldest:
                storage.place(name).delete(path)
                stray += 1
    return rows, stray


def stored_bytes(name: str) -> Iterator[tuple[str, datetime.date]]:
    """Yield every stored file of a place, with the day it was stored."""
    place = storage.place(name)
    try:
        folders, _ = place.listdir("")
    except FileNotFoundError:
        return
    for folder in folders:
        for file in place.listdir(folder)[1]:
            path = f"{folder}/{file}"
            yield path, place.get_modified_time(path).date()
