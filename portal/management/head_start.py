"""
An empty database of the demonstration, kept: to make one takes most of a minute.

`migrate` brings it up to date, so that it may be older than the newest migration. It is SQLite's
file, compressed; `manage.py keep_empty_database` makes it anew. A real portal never begins from it.
"""

import lzma
import os
from pathlib import Path

from django.conf import settings
from django.db import connection

KEPT = Path(__file__).parent / "demo" / "empty.sqlite3.xz"


def begin() -> None:
    """Put the kept database where the demonstration's is to be, if that is SQLite and not there."""
    place = Path(settings.DATABASES["default"]["NAME"])
    if connection.vendor != "sqlite" or place.exists():
        return
    beside = place.with_name(f"{place.name}-{os.getpid()}")
    beside.write_bytes(lzma.decompress(KEPT.read_bytes()))
    beside.replace(place)


def keep(database: Path) -> None:
    """Keep an empty database that was migrated; writes `KEPT`."""
    KEPT.write_bytes(lzma.compress(database.read_bytes(), preset=9 | lzma.PRESET_EXTREME))
