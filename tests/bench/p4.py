"""P4: eight writers saturating, and the last minute before a deadline, on SQLite and PostgreSQL."""

import http.client
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any

from tests.bench import postgresql
from tests.bench.contestants import ROOT, WORK
from tests.bench.process import Process
from tests.bench.rows import Row
from tests.faults.answering_server import Ready, Server

# The whole takes some four minutes; a tenth of it, to try it out, is BENCH_P4_SCALE=0.1.
SCALE = float(os.environ.get("BENCH_P4_SCALE", "1"))
WRITERS = 8
SATURATED_SECONDS = 12 * SCALE
RATE = 20
DEADLINE_SECONDS = 60 * SCALE
# More than any machine we know sends in that time; what is left over stays a draft.
PLENTY = int(20_000 * SCALE)
VISITORS = int(RATE * DEADLINE_SECONDS)
WARMING = 8
GOAL_MS = 1000
FOLDER = WORK / "p4"


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


def run() -> list[Row]:
    """The rows of this goal, measured."""
    rows = []
    for vendor, database in (("SQLite", _sqlite), ("PostgreSQL", _postgresql)):
        if vendor == "PostgreSQL" and postgresql.installed() is None:
            rows.append(Row("P4", vendor, "skipped", "0 lost", False, "skipped: no PostgreSQL"))
            continue
        with database() as url:
            rows += _measure(vendor, url)
    return rows


def _measure(vendor: str, url: str) -> list[Row]:
    environment = _environment(url)
    _ask(environment, "tests.bench.drafts", "prepare", str(PLENTY + VISITORS + WARMING))
    warming = Load("warming")
    saturated = Load(f"{vendor}, {WRITERS} writers saturating for {SATURATED_SECONDS:g} s")
    paced = Load(f"{vendor}, {RATE}/s for {DEADLINE_SECONDS:g} s, near the deadline")
    with ExitStack() as stack:
        writers = [
            stack.enter_context(Process("tests.bench.submitter", environment))
            for _ in range(WRITERS)
        ]
        _together(
            writers,
            lambda number: {"cmd": "load", "number": number, "of": WRITERS, "among": PLENTY},
        )
        for result in _together(writers, lambda _: {"cmd": "warm"}):
            warming.take(result)
        start = time.time() + 1
        for result in _together(
            writers, lambda _: {"cmd": "saturate", "start": start, "seconds": SATURATED_SECONDS}
        ):
            saturated.take(result)
        _ask(environment, "tests.bench.drafts", "close-in", str(DEADLINE_SECONDS + 5))
        begin, every = time.time() + 1, WRITERS / RATE
        for result in _together(
            writers,
            lambda number: {
                "cmd": "pace",
                "start": begin + number * every / WRITERS,
                "every": every,
                "count": int(RATE * DEADLINE_SECONDS / WRITERS),
            },
        ):
            paced.take(result)
    visited = Load(f"{vendor} over HTTP, {RATE}/s for {DEADLINE_SECONDS:g} s, near the deadline")
    _visit(environment, warming, visited)
    return [
        _waits(saturated),
        _waits(paced),
        _waits(visited),
        _nothing_lost(vendor, environment, [warming, saturated, paced, visited]),
    ]


def _visit(environment: dict[str, str], warming: Load, visited: Load) -> None:
    """
    People at their browsers, on a server of two processes: each sends, and reads the receipt.

    Whoever is due sends, whether or not the others have been answered.
    """
    server = Server(FOLDER, workers=2)
    server.environment |= {"DATABASE_URL": environment["DATABASE_URL"], "LOG_LEVEL": "ERROR"}
    made = json.loads(
        _ask(environment, "tests.bench.drafts", "visitors", str(PLENTY), str(VISITORS + WARMING))
    )
    drafts = [Ready(**each) for each in made["drafts"]]

    def send(load: Load, ready: Ready, due: float) -> None:
        time.sleep(max(0.0, due - time.perf_counter()))
        try:
            load.references.append(server.send(made["path"], ready))
        except (OSError, http.client.HTTPException, AssertionError) as error:
            load.errors[f"{type(error).__name__}: {error}"[:80]] += 1
        load.waits.append((time.perf_counter() - due) * 1000)

    _ask(environment, "tests.bench.drafts", "close-in", "3600")
    with server.running(), ThreadPoolExecutor(4 * RATE) as pool:
        for _ in range(2):  # both processes get some
            list(pool.map(lambda ready: send(warming, ready, 0), drafts[: WARMING // 2]))
            del drafts[: WARMING // 2]
        _ask(environment, "tests.bench.drafts", "close-in", str(DEADLINE_SECONDS + 5))
        begun = time.perf_counter() + 1
        for turn, ready in enumerate(drafts):
            pool.submit(send, visited, ready, begun + turn / RATE)


def _waits(load: Load) -> Row:
    *_, p95 = quantiles(load.waits, n=20)
    worst = max(load.waits)
    refused = sum(load.errors.values())
    return Row(
        "P4",
        f"worst wait: {load.what}",
        f"{worst / 1000:.2f} s",
        "≤ 1 s",
        worst <= GOAL_MS and p95 <= GOAL_MS and not refused,
        f"{len(load.references)} sent; p50 {quantiles(load.waits, n=2)[0]:.0f} ms, p95 {p95:.0f} ms"
        f"; errors: {dict(load.errors) or 'none'}",
    )


def _nothing_lost(vendor: str, environment: dict[str, str], loads: list[Load]) -> Row:
    """Every reference that a sender was given against the rows, and the record against itself."""
    told = Counter(reference for load in loads for reference in load.references)
    errors = sum((load.errors for load in loads), Counter())
    found = json.loads(_ask(environment, "tests.bench.drafts", "settle"))
    kept = Counter(found["references"])
    lost, unasked = (told - kept).total(), (kept - told).total()
    if errors:
        print(vendor, dict(errors), file=sys.stderr)
    counts = {name: found[name] for name in ("whole", "entries", "events")}
    agree = set(counts.values()) == {kept.total()} and (
        found["drafts"] == PLENTY + VISITORS + WARMING - kept.total()
    )
    record = subprocess.run(
        [sys.executable, "manage.py", "verify_record"],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    return Row(
        "P4",
        f"lost or refused: {vendor}",
        f"{lost + errors.total()}",
        "0",
        not lost and not unasked and not errors and agree and record.returncode == 0,
        f"{told.total()} told sent, {kept.total()} kept; "
        + ("every row has its others; " if agree else f"rows differ: {counts}; ")
        + (record.stdout or record.stderr).strip().splitlines()[-1],
    )


def _together(writers: list[Process], request: Any) -> list[Any]:
    with ThreadPoolExecutor(len(writers)) as pool:
        return list(
            pool.map(lambda pair: pair[1].ask(**request(pair[0])), list(enumerate(writers)))
        )


def _environment(url: str) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "DATA_DIR": str(FOLDER),
        "DATABASE_URL": url,
        "LOG_LEVEL": "ERROR",
    }


def _ask(environment: dict[str, str], *command: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


@contextmanager
def _sqlite() -> Iterator[str]:
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / "portal.sqlite3"
    _forget(file)
    try:
        yield f"sqlite:///{file}"
    finally:
        _forget(file)


def _forget(file: Path) -> None:
    for old in file.parent.glob(f"{file.name}*"):
        old.unlink()


_postgresql = postgresql.throw_away
