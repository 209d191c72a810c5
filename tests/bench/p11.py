"""P11: the whole index of 100,000 cards written anew in Elasticsearch, with a reader searching."""

import subprocess
import sys
import time

from tests import real_elasticsearch
from tests.bench.contestants import DATABASES, PORTAL, ROOT, Field, environment
from tests.bench.generator import SIZES
from tests.bench.process import Process
from tests.bench.rows import Row

SIZE = SIZES[-1]
GOAL_SECONDS = 60
WHAT = f"full re-index of {SIZE:,} cards to Elasticsearch"


def run() -> list[Row]:
    """The rows of this goal, measured."""
    if real_elasticsearch.home() is None:
        detail = "skipped: ELASTICSEARCH_HOME names no Elasticsearch"
        return [Row("P11", WHAT, "skipped", f"≤ {GOAL_SECONDS} s", False, detail)]
    with Field([(PORTAL, SIZE)]):
        pass  # leaves the filled database
    node = real_elasticsearch.Node()
    try:
        node.start()
        node.wait()
        return _measure(node.url)
    finally:
        node.remove()


def _measure(url: str) -> list[Row]:
    settings = {
        **environment(DATABASES / f"{PORTAL}-{SIZE}.sqlite3"),
        "ELASTICSEARCH_URL": url,
        "ELASTICSEARCH_SHARDS": "1",
        "ELASTICSEARCH_REPLICAS": "0",
        "BACKGROUND_IN_PROCESS": "false",
    }
    at_rest = _rebuild(settings)
    with Process("tests.bench.searcher", settings) as searcher:
        totals = searcher.ask("begin")
        seconds = _rebuild(settings)
        # Read on for a little: by now the old index is gone.
        time.sleep(1)
        seen = searcher.ask("end")
    failed = seen["failed"] + seen["simpler"]
    return [
        Row(
            "P11",
            WHAT,
            f"{seconds:.0f} s",
            f"≤ {GOAL_SECONDS} s",
            seconds <= GOAL_SECONDS,
            f"with a reader searching on the same processors; at rest, the first, {at_rest:.0f} s",
        ),
        Row(
            "P11",
            "searches not answered by Elasticsearch meanwhile",
            str(failed),
            "0",
            failed == 0 and seen["answered"] > 0,
            f"{seen['answered']} answered, {seen['simpler']} by the database; "
            f"{max(totals.values()):,} cards found; {seen['errors'] or 'no error'}",
        ),
    ]


def _rebuild(settings: dict[str, str]) -> float:
    """Seconds of the command, the start of its process and the last glance at the old included."""
    command = [sys.executable, "manage.py", "rebuild_search", "--index-only", "--verbosity", "0"]
    began = time.monotonic()
    subprocess.run(command, cwd=ROOT, env=settings, check=True)
    return time.monotonic() - began
