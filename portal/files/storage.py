"""Where bytes lie: two private places that no address leads to."""

import datetime
import os
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages

from portal.files.models import State, StoredFile

CLEAN = "files"
QUARANTINE = "quarantine"


def place(name: str) -> Storage:
    """
    The storage called "files" or "quarantine".

    An entry of that name in `settings.STORAGES` (S3, for several machines), else a folder of
    `MEDIA_ROOT` which only the portal's own user may read.
    """
    if name in settings.STORAGES:
        return storages[name]
    return FileSystemStorage(
        location=Path(settings.MEDIA_ROOT) / name,
        base_url=None,
        file_permissions_mode=0o600,
        directory_permissions_mode=0o700,
    )


def place_of(stored: StoredFile) -> Storage:
    return place(CLEAN if stored.state == State.CLEAN else QUARANTINE)


def write(stored: StoredFile, data: bytes) -> None:
    """Keep a file's bytes. Where the place keeps times, they tell the day and no more."""
    storage = place_of(stored)
    name = storage.save(stored.storage_name, ContentFile(data))
    if name != stored.storage_name:
        storage.delete(name)
        raise FileExistsError(stored.storage_name)
    forget_time(storage, name)


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


def forget_time(storage: Storage, name: str) -> None:
    """Set a file's times to the beginning of the day: when somebody answered is not to be told."""
    try:
        path = storage.path(name)
    except NotImplementedError:
        return
    now = datetime.datetime.now(datetime.UTC)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    os.utime(path, (midnight, midnight))
    os.utime(Path(path).parent, (midnight, midnight))
