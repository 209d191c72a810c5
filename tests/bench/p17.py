"""
P17: the pages of the learning wing at 10,000 learners, next to 100, on SQLite and PostgreSQL.

Each figure is what a whole page takes at the server, by the clock, from the request to the last
byte: so it means something on an idle machine only. How many queries it makes holds on any.
"""

import json
from functools import partial
from typing import Any

from tests.bench import postgresql
from tests.bench.contestants import WORK
from tests.bench.databases import ask, environment_of, sqlite_in
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
    databases = {"SQLite": partial(sqlite_in, FOLDER), "PostgreSQL": postgresql.throw_away}
    for vendor, database in databases.items():
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
    FOLDER.mkdir(parents=True, exist_ok=True)
    # Nothing is kept: a page costs what it takes to make it.
    environment = environment_of(FOLDER, url, DEBUG="false", FRONT_MEGABYTES="0")
    ask(environment, "tests.bench.learners", "fill")
    found = []
    for size in (FEW, MANY):
        ask(environment, "tests.bench.learners", "grow", str(size))
        found.append(json.loads(ask(environment, "tests.bench.learners", "measure")))
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
