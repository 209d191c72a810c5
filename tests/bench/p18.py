"""P18: 2,000 readers, and in the last minute before a deadline 20 answers a second beside them."""

import os
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from statistics import median, quantiles

from tests.bench.databases import ask
from tests.bench.drafts import SLUG
from tests.bench.portal_data import DISCUSSION, GUIDE
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

# The whole takes some five minutes; a fifth of it, to try it out, is BENCH_P18_SCALE=0.2.
SCALE = float(os.environ.get("BENCH_P18_SCALE", "1"))
PAGES = ["/en/", f"/en/consultations/{SLUG}/", GUIDE, DISCUSSION]
COMMENTS = 100  # as many as a page has
READERS, EVERY = int(2_000 * SCALE), 10
# While they come nothing is measured.
ARRIVING, ALONE, BESIDE = EVERY, 20, 60 * SCALE
LATE = 10  # seconds between the last that is sent and the deadline
RATE = 20
GOAL_MS, GOAL_RATIO = 1000, 1.5


def run() -> list[Row]:
    """The rows of this goal, measured."""
    return on_each_database("P18", _measure)


def _measure(vendor: str, url: str) -> list[Row]:
    environment = environment_of(url)
    senders = int(RATE * BESIDE)
    ask(environment, "tests.bench.drafts", "prepare", str(senders + WARMING))
    ask(environment, "tests.bench.drafts", "read", str(COMMENTS))
    # As docs/deploy.md has them: whoever answers has processes of their own.
    reading, answering = server_of(environment, workers=2), server_of(environment, workers=2)
    reading.threads, answering.threads = 4, 2
    visitors = Visitors(answering, environment, first=0, count=senders)
    warming, sent = Load("warming"), Load(f"{vendor}, a submission among {READERS:,} readers")
    with (
        reading.running(),
        answering.running(),
        Process("tests.bench.readers", environment) as readers,
    ):
        visitors.warm(warming)
        whole = ARRIVING + ALONE + BESIDE
        ask(environment, "tests.bench.drafts", "close-in", str(whole + LATE))
        begun = time.time() + 1
        with ThreadPoolExecutor(1) as pool:
            asked = pool.submit(
                readers.ask,
                "read",
                port=reading.port,
                paths=PAGES,
                readers=READERS,
                every=EVERY,
                start=begun,
                seconds=whole,
            )
            time.sleep(begun + ARRIVING + ALONE - time.time())
            visitors.send(sent, RATE)
            read = asked.result()
    errors = Counter(read["errors"])
    alone = [ms for at, ms in read["opened"] if ARRIVING <= at < ARRIVING + ALONE]
    beside = [ms for at, ms in read["opened"] if at >= ARRIVING + ALONE]
    return [
        _unaffected(vendor, alone, beside, errors),
        Row(
            "P18",
            f"p95 of {sent.what}",
            f"{sent.p95() / 1000:.2f} s",
            "≤ 1 s",
            sent.p95() <= GOAL_MS and not sent.errors,
            sent.told(),
        ),
        nothing_lost("P18", vendor, environment, [warming, sent], senders + WARMING),
    ]


def _unaffected(vendor: str, alone: list[float], beside: list[float], errors: Counter) -> Row:
    ratio = median(beside) / median(alone)
    told = (
        f"p50 {median(waits):.1f} ms, p95 {quantiles(waits, n=20)[-1]:.0f} ms of {len(waits):,}"
        for waits in (beside, alone)
    )
    return Row(
        "P18",
        f"{vendor}, a reader's page beside {RATE} submissions/s against without",
        f"{ratio:.2f}×",
        f"≤ {GOAL_RATIO:g}×",
        ratio <= GOAL_RATIO and not errors,
        f"{' against '.join(told)}; errors: {dict(errors) or 'none'}",
    )
