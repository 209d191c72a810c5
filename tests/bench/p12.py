"""
P12: the staff's queues at 10,000 responses and 100,000 comments, on SQLite and PostgreSQL.

Each figure is what a whole page takes at the server, by the clock, from the request to the last
byte: so it means something on an idle machine only.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench import portal_data, postgresql, queues
from tests.bench.contestants import WORK
from tests.bench.databases import ask, environment_of, forget
from tests.bench.rows import Row

GOAL_MS = 100
FOLDER = WORK / "p12"
KEPT = FOLDER / "kept.sqlite3"
WHAT = ("first page", "middle page", "last page", "filter", "search")


def run() -> list[Row]:
    """The rows of this goal, measured."""
    rows = []
    for vendor, database in (("SQLite", _sqlite), ("PostgreSQL", _postgresql)):
        if vendor == "PostgreSQL" and postgresql.installed() is None:
            rows.append(Row("P12", vendor, "skipped", "", False, "skipped: no PostgreSQL"))
            continue
        with database() as environment:
            rows += _rows(vendor, json.loads(_ask(environment, "measure")))
    return rows


def _rows(vendor: str, found: dict[str, Any]) -> list[Row]:
    """A row for each kind of page: the slowest of its kind, and what the others take."""
    rows = []
    for queue in ("responses", "comments"):
        for what in WHAT:
            of_kind = {
                name.removeprefix(f"{queue}: "): each
                for name, each in found.items()
                if name.startswith(f"{queue}: {what}")
            }
            worst = max(each["ms"] for each in of_kind.values())
            said = "; ".join(
                f"{name.removeprefix(what).strip() or 'it'} {each['ms']:.0f} ms"
                f" ({each['processor']:.0f} of our processor),"
                f" {each['queries']} queries, {each['rows']} rows"
                for name, each in sorted(of_kind.items(), key=lambda pair: -pair[1]["ms"])
            )
            name = f"{vendor}, {queue}: {what}"
            rows.append(
                Row("P12", name, f"{worst:.0f} ms", f"≤ {GOAL_MS} ms", worst <= GOAL_MS, said)
            )
    return rows


@contextmanager
def _sqlite() -> Iterator[dict[str, str]]:
    """The database of SQLite, made anew where what it is made from has changed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    own = FOLDER / "portal.sqlite3"
    environment = _environment(f"sqlite:///{own}")
    stamp = FOLDER / "fingerprint"
    made_from = (
        portal_data.fingerprint() + hashlib.sha256(Path(queues.__file__).read_bytes()).hexdigest()
    )
    forget(own)
    if not (KEPT.exists() and stamp.exists() and stamp.read_text() == made_from):
        _ask(environment, "fill")
        portal_data.settle_file(own)
        shutil.copy(own, KEPT)
        stamp.write_text(made_from)
    else:
        shutil.copy(KEPT, own)
    try:
        yield environment
    finally:
        forget(own)


@contextmanager
def _postgresql() -> Iterator[dict[str, str]]:
    with postgresql.throw_away() as url:
        environment = _environment(url)
        _ask(environment, "fill")
        yield environment


def _environment(url: str) -> dict[str, str]:
    return environment_of(FOLDER, url, DEBUG="false", FRONT_MEGABYTES="0")


def _ask(environment: dict[str, str], command: str) -> str:
    return ask(environment, "tests.bench.queues", command)
