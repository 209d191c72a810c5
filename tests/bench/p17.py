"""
P17: the pages of the learning wing at 10,000 learners, next to 100, on SQLite and PostgreSQL.

Each figure is what a whole page takes at the server, by the clock, from the request to the last
byte: so it means something on an idle machine only. How many queries it makes holds on any.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench import postgresql
from tests.bench.contestants import ROOT, WORK
from tests.bench.rows import Row

GOAL_MS = 100
FEW, MANY = 100, 10_000
FOLDER = WORK / "p17"
KINDS = {
    "learning page": ("learning page",),
    "paths": ("path ",),
    "quizzes": ("quiz ",),
    "account": ("account",),
    "certificates": ("certificate",),
    "self-assessment": ("self-assessment",),
    "packs": ("take along", "check a pack"),
    "staff's lists": ("admin",),
}

Found = dict[str, dict[str, Any]]


def run() -> list[Row]:
    """The rows of this goal, measured."""
    rows = []
    for vendor, database in (("SQLite", _sqlite), ("PostgreSQL", postgresql.throw_away)):
        if vendor == "PostgreSQL" and postgresql.installed() is None:
            rows.append(Row("P17", vendor, "skipped", "", False, "skipped: no PostgreSQL"))
            continue
        with database() as url:
            few, many = _measured(url)
        rows += [_times(vendor, kind, begins, many) for kind, begins in KINDS.items()]
        rows.append(_queries(vendor, few, many))
    return rows


def _measured(url: str) -> tuple[Found, Found]:
    """Return what the pages take with a hundred learners, and then with ten thousand."""
    _ask(url, "fill")
    found = []
    for size in (FEW, MANY):
        _ask(url, "grow", str(size))
        found.append(json.loads(_ask(url, "measure")))
    return found[0], found[1]


def _times(vendor: str, kind: str, begins: tuple[str, ...], many: Found) -> Row:
    """A row for a kind of page: the slowest of them, and what each takes."""
    slowest_first = sorted(
        ((name, each) for name, each in many.items() if name.startswith(begins)),
        key=lambda pair: -pair[1]["ms"],
    )
    worst = slowest_first[0][1]["ms"]
    told = "; ".join(
        f"{name} {each['ms']:.0f} ms ({each['processor']:.0f} of our processor),"
        f" {each['queries']} queries"
        for name, each in slowest_first
    )
    what = f"{vendor}, {MANY:,} learners: {kind}"
    return Row("P17", what, f"{worst:.0f} ms", f"≤ {GOAL_MS} ms", worst <= GOAL_MS, told)


def _queries(vendor: str, few: Found, many: Found) -> Row:
    other = {
        name: f"{name} {few[name]['queries']}/{each['queries']}"
        for name, each in many.items()
        if few[name]["queries"] != each["queries"]
    }
    most = max(each["queries"] for each in many.values())
    told = "; ".join(other.values()) or f"{len(many)} pages, at most {most} queries"
    what = f"{vendor}, pages with other queries at {MANY:,} than at {FEW} learners"
    return Row("P17", what, str(len(other)), "0", not other, told)


@contextmanager
def _sqlite() -> Iterator[str]:
    own = FOLDER / "portal.sqlite3"
    _forget(own)
    try:
        yield f"sqlite:///{own}"
    finally:
        _forget(own)


def _forget(file: Path) -> None:
    for old in file.parent.glob(f"{file.name}*"):
        old.unlink()


def _ask(url: str, *command: str) -> str:
    FOLDER.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "DATA_DIR": str(FOLDER),
        "DATABASE_URL": url,
        "DEBUG": "false",
        "LOG_LEVEL": "ERROR",
        "FRONT_MEGABYTES": "0",
    }
    return subprocess.run(
        [sys.executable, "-m", "tests.bench.learners", *command],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
