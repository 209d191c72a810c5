"""
Where bytes lie: two private places that no address leads to.

What a place keeps of times tells no more than days, where it keeps files in folders (`FileSystem`):
a file's own time is the day on which it was stored, a folder's always the same. The time of the
last change (`ctime`) is the system's alone; `write_anew` makes it that of the night after. An
object store keeps the time of each writing, and nobody can set it (docs/deploy.md).
"""

import os
import secrets
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages

from portal.files.models import State, StoredFile

CLEAN = "files"
QUARANTINE = "quarantine"
# The time of every folder.
NO_TIME = datetime(2000, 1, 1, tzinfo=UTC).timestamp()


class FileSystem(FileSystemStorage):
    """A folder of `MEDIA_ROOT` which only the portal's own user may read, whoever may read that."""

    def __init__(self, name: str) -> None:
        super().__init__(
            location=Path(settings.MEDIA_ROOT) / name,
            base_url=None,
            file_permissions_mode=0o600,
            directory_permissions_mode=0o700,
        )

    def save(self, name: Any, content: Any, max_length: int | None = None) -> str:
        # Else the folder that pictures lie in as well would be as closed as this one, or not: by
        # what happened to be stored first.
        os.makedirs(settings.MEDIA_ROOT, exist_ok=True)
        return super().save(name, content, max_length=max_length)

    def forget_times(self, name: str, day: date) -> None:
        """Have a file tell the day on which it was stored, and its folders nothing."""
        midnight = datetime.combine(day, time.min, UTC).timestamp()
        os.utime(self.path(name), (midnight, midnight))
        self.forget_times_of_folders(Path(self.path(name)).parent)

    def forget_times_of_folders(self, *folders: Path) -> None:
        """Have folders of this place tell nothing, nor the place itself."""
        for each in (*folders, Path(self.location)):
            if each.exists():
                os.utime(each, (NO_TIME, NO_TIME))

    def delete(self, name: str) -> None:
        super().delete(name)
        self.forget_times_of_folders(Path(self.path(name)).parent)

    def write_anew(self, name: str, day: date) -> None:
        """Put a copy in a file's place: what the system keeps of it is of now. Raises OSError."""
        path = Path(self.path(name))
        # Left behind by a machine that loses its power, it goes as every stray copy does.
        copy = path.with_name(secrets.token_hex(16))
        copy.touch(mode=0o600, exist_ok=False)
        copy.write_bytes(path.read_bytes())
        copy.replace(path)
        self.forget_times(name, day)


def place(name: str) -> Storage:
    """
    Return the storage called "files" or "quarantine".

    An entry of that name in `settings.STORAGES` (S3, for several machines), else a folder.
    """
    if name in settings.STORAGES:
        return storages[name]
    return FileSystem(name)


def place_of(stored: StoredFile) -> Storage:
    return place(CLEAN if stored.state == State.CLEAN else QUARANTINE)


def write(stored: StoredFile, data: bytes) -> None:
    """Keep a file's bytes."""
    storage = place_of(stored)
    name = storage.save(stored.storage_name, ContentFile(data))
    if name != stored.storage_name:
        storage.delete(name)
        raise FileExistsError(stored.storage_name)
    if isinstance(storage, FileSystem):
        storage.forget_times(name, stored.stored_on)


def read(stored: StoredFile) -> bytes:
    with place_of(stored).open(stored.storage_name) as file:
        return file.read()


def delete_from(name: str, stored: StoredFile) -> None:
    """Delete a file's bytes from one of the two places; nothing there is no error."""
    place(name).delete(stored.storage_name)


def delete(stored: StoredFile) -> None:
    """Delete a file's bytes wherever they are."""
    for name in (CLEAN, QUARANTINE):
        delete_from(name, stored)


def write_anew(stored: StoredFile) -> None:
    """
    Have the place forget when a file was stored, as far as it can be made to.

    Its row is held, so that it is not erased meanwhile. Bytes that are gone are no error.
    """
    storage = place_of(stored)
    if isinstance(storage, FileSystem) and storage.exists(stored.storage_name):
        storage.write_anew(stored.storage_name, stored.stored_on)


def forget_times_of_folders() -> None:
    """Have the system note for all folders that they changed now: it does at each change in one."""
    for name in (CLEAN, QUARANTINE):
        storage = place(name)
        if isinstance(storage, FileSystem):
            storage.forget_times_of_folders(*Path(storage.location).glob("*/"))
