"""Answers sent near a deadline: the portal they are sent to, what senders see, what is kept."""

import http.client
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from statistics import quantiles
from typing import Any

from tests.bench import databases, postgresql
from tests.bench.contestants import ROOT, WORK
from tests.bench.databases import ask
from tests.bench.rows import Row
from tests.faults.answering_server import Ready, Server

FOLDER = WORK / "p4"
WARMING = 8
# How many may wait for their receipt at once, for each that is due in a second.
WAITING = 4


@dataclass
class Load:
    """What the senders of one load saw: references they were given, waits in ms, errors."""

    what: str
    references: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)

    def take(self, result: dict[str, Any]) -> None:
        self.references += result["references"]
        self.waits += result["waits"]
        self.errors.update(result["errors"])

    def told(self) -> str:
        """The load in words, for the detail of a row."""
        return (
            f"{len(self.references)} sent; p50 {quantiles(self.waits, n=2)[0]:.0f} ms, "
            f"p95 {self.p95():.0f} ms; errors: {dict(self.errors) or 'none'}"
        )

    def p95(self) -> float:
        return quantiles(self.waits, n=20)[-1]


class Visitors:
    """
    People at their browsers: each sends a draft that is ready, and reads the receipt.

    Made before their server runs.
    """

    def __init__(
        self, server: Server, environment: dict[str, str], *, first: int, count: int
    ) -> None:
        """Of the drafts of that database, those of `count` visitors from number `first` on."""
        told = ask(environment, "tests.bench.drafts", "visitors", str(first), str(count + WARMING))
        made = json.loads(told)
        self.server = server
        self.path = made["path"]
        self.drafts = [Ready(**each) for each in made["drafts"]]

    def warm(self, load: Load) -> None:
        """Send the first; twice half of them at once, so that both processes get some."""
        for _ in range(2):
            with ThreadPoolExecutor(WARMING) as pool:
                list(pool.map(lambda ready: self._send(load, ready, 0), self._next(WARMING // 2)))

    def send(self, load: Load, rate: int) -> None:
        """So many of them each second, whether or not those before have been answered."""
        begun = time.perf_counter() + 1
        with ThreadPoolExecutor(WAITING * rate) as pool:
            for turn, ready in enumerate(self.drafts):
                pool.submit(self._send, load, ready, begun + turn / rate)

    def _next(self, count: int) -> list[Ready]:
        taken = self.drafts[:count]
        del self.drafts[:count]
        return taken

    def _send(self, load: Load, ready: Ready, due: float) -> None:
        time.sleep(max(0.0, due - time.perf_counter()))
        try:
            load.references.append(self.server.send(self.path, ready))
        except (OSError, http.client.HTTPException, AssertionError) as error:
            load.errors[f"{type(error).__name__}: {error}"[:80]] += 1
        load.waits.append((time.perf_counter() - due) * 1000)


def nothing_lost(
    id: str, vendor: str, environment: dict[str, str], loads: list[Load], drafts: int
) -> Row:
    """Every reference that a sender was given against the rows, and the record against itself."""
    told = Counter(reference for load in loads for reference in load.references)
    errors = sum((load.errors for load in loads), Counter())
    found = json.loads(ask(environment, "tests.bench.drafts", "settle"))
    kept = Counter(found["references"])
    lost, unasked = (told - kept).total(), (kept - told).total()
    if errors:
        print(vendor, dict(errors), file=sys.stderr)
    counts = {name: found[name] for name in ("whole", "entries", "events")}
    agree = set(counts.values()) == {kept.total()} and found["drafts"] == drafts - kept.total()
    record = subprocess.run(
        [sys.executable, "manage.py", "verify_record"],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    return Row(
        id,
        f"lost or refused: {vendor}",
        f"{lost + errors.total()}",
        "0",
        not lost and not unasked and not errors and agree and record.returncode == 0,
        f"{told.total()} told sent, {kept.total()} kept; "
        + ("every row has its others; " if agree else f"rows differ: {counts}; ")
        + (record.stdout or record.stderr).strip().splitlines()[-1],
    )


def environment_of(url: str) -> dict[str, str]:
    """What a process of the portal runs in, with the database at that address."""
    return databases.environment_of(FOLDER, url)


def server_of(environment: dict[str, str], *, workers: int) -> Server:
    """A server of that portal, to be run."""
    server = Server(FOLDER, workers=workers)
    server.environment |= {"DATABASE_URL": environment["DATABASE_URL"], "LOG_LEVEL": "ERROR"}
    return server


DATABASES: dict[str, Callable[[], AbstractContextManager[str]]] = {
    "SQLite": partial(databases.sqlite_in, FOLDER),
    "PostgreSQL": postgresql.throw_away,
}
"""New databases, by vendor: each an address for as long as it is there."""


def on_each_database(id: str, measure: Callable[[str, str], list[Row]]) -> list[Row]:
    """The rows that `measure` makes of a vendor and a new database's address, for each there is."""
    rows = []
    for vendor, database in DATABASES.items():
        if vendor == "PostgreSQL" and postgresql.installed() is None:
            rows.append(Row(id, vendor, "skipped", "0 lost", False, "skipped: no PostgreSQL"))
            continue
        with database() as url:
            rows += measure(vendor, url)
    return rows
