"""P4: eight writers saturating, and the last minute before a deadline, on SQLite and PostgreSQL."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

from tests.bench.databases import ask
from tests.bench.process import Process
from tests.bench.rows import Row
from tests.bench.sending import (
    WARMING,
    Load,
    Visitors,
    environment_of,
    nothing_lost,
    on_each_database,
    server_of,
)

# The whole takes some four minutes; a tenth of it, to try it out, is BENCH_P4_SCALE=0.1.
SCALE = float(os.environ.get("BENCH_P4_SCALE", "1"))
WRITERS = 8
SATURATED_SECONDS = 12 * SCALE
RATE = 20
DEADLINE_SECONDS = 60 * SCALE
# More than any machine we know sends in that time; what is left over stays a draft.
PLENTY = int(20_000 * SCALE)
VISITORS = int(RATE * DEADLINE_SECONDS)
GOAL_MS = 1000


def run() -> list[Row]:
    """The rows of this goal, measured."""
    return on_each_database("P4", _measure)


def _measure(vendor: str, url: str) -> list[Row]:
    environment = environment_of(url)
    drafts = PLENTY + VISITORS + WARMING
    ask(environment, "tests.bench.drafts", "prepare", str(drafts))
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
        ask(environment, "tests.bench.drafts", "close-in", str(DEADLINE_SECONDS + 5))
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
        nothing_lost("P4", vendor, environment, [warming, saturated, paced, visited], drafts),
    ]


def _visit(environment: dict[str, str], warming: Load, visited: Load) -> None:
    """Let people send at their browsers, to a server of two processes."""
    server = server_of(environment, workers=2)
    visitors = Visitors(server, environment, first=PLENTY, count=VISITORS)
    ask(environment, "tests.bench.drafts", "close-in", "3600")
    with server.running():
        visitors.warm(warming)
        ask(environment, "tests.bench.drafts", "close-in", str(DEADLINE_SECONDS + 5))
        visitors.send(visited, RATE)


def _waits(load: Load) -> Row:
    worst = max(load.waits)
    return Row(
        "P4",
        f"worst wait: {load.what}",
        f"{worst / 1000:.2f} s",
        "≤ 1 s",
        worst <= GOAL_MS and not load.errors,
        load.told(),
    )


def _together(writers: list[Process], request: Any) -> list[Any]:
    with ThreadPoolExecutor(len(writers)) as pool:
        return list(
            pool.map(lambda pair: pair[1].ask(**request(pair[0])), list(enumerate(writers)))
        )
