"""
The suite's database, built once and kept: migrating an empty one takes fourteen seconds.

It is kept under a hash of what it is made from, in the machine's folder for such things. SQLite
only: a PostgreSQL for tests is thrown away with all that is in it.
"""

import hashlib
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
# Migrations and models make the tables, commands and what they read make the standing pages, and
# the search's cards are written with them.
MADE_FROM = (
    "*/*/migrations/*.py",
    "*/*/models.py",
    "*/*/models/*.py",
    "*/*/cards.py",
    "*/*/states_file.py",
    "portal/keys.py",
    "portal/management/commands/create_site.py",
    "portal/management/site_content/*",
    "portal/management/page_text.py",
    "portal/management/texts.py",
    "portal/search/*.py",
    "portal/search/analysis/*.py",
    "portal/search/vocabulary/*.py",
    "portal/settings/*.py",
    "portal/sqlite/*.py",
    "knowledge/states/endorsement.py",
    "portal/stakeholders/countries.py",
    "portal/stakeholders/data/*",
    "portal/taxonomy/*.py",
    "requirements.txt",
    "tests/built_database.py",
)
KEPT = 12  # the newest, of 2 MB; older ones are deleted


def restore() -> bool:
    """
    Have the connection opened on a copy of the kept database; False where none is kept.

    Nothing is left to migrate in it: other migrations would be another hash.
    """
    kept = _kept()
    if kept is None or not kept.exists():
        return False
    _copy(kept, Path(_name()))
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = _name()
    return True


def fill() -> None:
    """
    Make the standing pages in the first language, without their cards and the synonyms that come
    with them. Tests of others make theirs: to most, a second language is another thirty rows.
    """
    from portal.curation.models import SynonymGroup
    from portal.search.models import Card

    call_command("create_site", languages=[], verbosity=0)
    Card.objects.filter(kind="page").delete()
    SynonymGroup.objects.all().delete()


def keep() -> None:
    """Keep the database that was just built for the next run."""
    kept = _kept()
    if kept is None:
        return
    kept.parent.mkdir(mode=0o700, exist_ok=True)
    unfinished = kept.with_suffix(f".{os.getpid()}")
    connection.close()
    _copy(Path(_name()), unfinished)
    unfinished.replace(kept)
    newest = sorted(kept.parent.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)
    for path in newest[:-KEPT]:
        path.unlink(missing_ok=True)


def _name() -> str:
    return str(connection.settings_dict["TEST"]["NAME"])


def _kept() -> Path | None:
    if connection.vendor != "sqlite":
        return None
    folder = Path(tempfile.gettempdir()) / f"portal-built-databases-{os.getuid()}"
    return folder / f"{_hash()}.sqlite3"


def _hash() -> str:
    made_from = hashlib.sha256(f"{sys.version} {sqlite3.sqlite_version}".encode())
    for path in _sources():
        made_from.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return made_from.hexdigest()[:32]


def _sources() -> Iterator[Path]:
    for pattern in MADE_FROM:
        yield from sorted(path for path in ROOT.glob(pattern) if path.is_file())


def _copy(source: Path, target: Path) -> None:
    """A copy that is whole, whatever still lies beside the source in its log."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
