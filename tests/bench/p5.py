"""P5: faceted search over 100,000 cards, on each engine, against the raw limit beside it."""

import hashlib
import subprocess
import sys
from itertools import product
from pathlib import Path

from tests import real_elasticsearch
from tests.bench import postgresql
from tests.bench.cards_data import SHARES
from tests.bench.contestants import WORK, Task, alternate, environment, prepare_portal
from tests.bench.process import ROOT, Process
from tests.bench.rows import Row, Samples, at_most

MODULE = "tests.bench.faceted"
ROUNDS = 12
COMMON, RARE, RAREST = SHARES
SOURCES = [Path(__file__).with_name(name) for name in ("cards_data.py", "raw_search.py")]


def run() -> list[Row]:
    """The rows of this goal, measured."""
    database = _cards()
    return [*_sqlite(database), *_elasticsearch(database), *_postgresql(database)]


def _cards() -> Path:
    """
    The database of SQLite with all cards in both tables.

    Kept as the portal's own are, until migrations or what is put in changes.
    """
    prepare_portal()
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in SOURCES)).hexdigest()[:12]
    database = WORK / "portal" / f"cards-{digest}.sqlite3"
    with Process(MODULE, environment(database)) as searcher:
        searcher.ask("load")
    return database


def _sqlite(database: Path) -> list[Row]:
    with Process(MODULE, environment(database)) as searcher:
        searcher.ask("load")
        return _rows("SQLite", alternate(_tasks(searcher), ROUNDS))


def _postgresql(database: Path) -> list[Row]:
    if not postgresql.installed():
        return [Row("P5", "on PostgreSQL", "—", "≤ 5×", False, "no PostgreSQL is installed")]
    with postgresql.throw_away() as url:
        surroundings = {**environment(database), "DATABASE_URL": url}
        with Process(MODULE, surroundings) as searcher:
            searcher.ask("load")
            return _rows("PostgreSQL", alternate(_tasks(searcher), ROUNDS))


def _elasticsearch(database: Path) -> list[Row]:
    """With the cards in SQLite, where hits are read."""
    if real_elasticsearch.home() is None:
        detail = "skipped: ELASTICSEARCH_HOME names no Elasticsearch"
        return [Row("P5", "on Elasticsearch", "skipped", "≤ 1.5×", False, detail)]
    node = real_elasticsearch.Node()
    try:
        node.start()
        node.wait()
        surroundings = {
            **environment(database),
            "ELASTICSEARCH_URL": node.url,
            "ELASTICSEARCH_REPLICAS": "0",
            "BACKGROUND_IN_PROCESS": "false",
        }
        command = [sys.executable, "manage.py", "rebuild_search", "--index-only", "-v0"]
        subprocess.run(command, cwd=ROOT, env=surroundings, check=True)
        with Process(MODULE, surroundings) as searcher:
            tasks: dict[str, Task] = {}
            for what, share in product(("elastic", "elastic_request"), SHARES):
                tasks[f"{what} {share}"] = lambda what=what, share=share: searcher.ask(
                    what, share=share, repeat=5
                )
            samples = alternate(tasks, ROUNDS)
    finally:
        node.remove()
    return [
        at_most(
            samples,
            f"elastic {share}",
            f"elastic_request {share}",
            1.5,
            id="P5",
            what=f"Elasticsearch: six facets, term in {share} of cards, against the same request",
        )
        for share in SHARES
    ]


def _tasks(searcher: Process) -> dict[str, Task]:
    tasks: dict[str, Task] = {}
    for what, share in product(("ours", "limit", "top"), SHARES):
        tasks[f"{what} {share}"] = lambda what=what, share=share: searcher.ask(
            what, share=share, repeat=5
        )
    for what in ("ours", "limit"):
        tasks[f"{what} filtered"] = lambda what=what: searcher.ask(
            what, share=COMMON, repeat=5, filtered=True
        )
    for what in ("complete", "similar", "misspelt"):
        tasks[what] = lambda what=what: searcher.ask(what, repeat=3)
    return tasks


def _rows(database: str, samples: Samples) -> list[Row]:
    def row(name: str, limit: str, goal: float, what: str) -> Row:
        top = f"; the raw top 20 alone {samples.ms(f'top {name}'):.2f} ms" if name in SHARES else ""
        ours, raw = samples.ms(f"ours {name}"), samples.ms(f"{limit} {name}")
        return at_most(
            samples,
            f"ours {name}",
            f"{limit} {name}",
            goal,
            id="P5",
            what=f"{database}: {what}",
            detail=f"{ours:.2f} and {raw:.2f} ms{top}",
        )

    return [
        row(COMMON, "top", 3, "six facets, term in 20% of cards, against raw top 20 alone"),
        row(COMMON, "limit", 3, "the same against raw top 20 with raw counts of six facets"),
        row(RARE, "limit", 5, "term in 1% of cards, against the same"),
        row(RAREST, "limit", 5, "term in 0.1% of cards, against the same"),
        row("filtered", "limit", 5, "term in 20%, narrowed by two facets, against the same"),
        Row(
            "P5",
            f"{database}: beside it, completion, likeness, another spelling",
            f"{max(samples.ms(name) for name in ('complete', 'similar', 'misspelt')):.0f} ms",
            "≤ 100 ms",
            all(samples.ms(name) <= 100 for name in ("complete", "similar", "misspelt")),
            ", ".join(
                f"{name} {samples.ms(name):.1f} ms" for name in ("complete", "similar", "misspelt")
            ),
        ),
    ]
