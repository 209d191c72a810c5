"""
nDCG: how well each engine finds what readers look for, by the judged sets of tests/relevance: the
one that the search was tuned on and one held out, over the frozen collection and against the same
goal; and the library's, over the demonstration.
"""

import json
import os
import shutil
from typing import Any

from tests.bench import postgresql
from tests.bench.contestants import WORK
from tests.bench.databases import ask, environment_of
from tests.bench.rows import Row

FOLDER = WORK / "ndcg"
DATABASES_GOAL, ELASTICSEARCH_GOAL, LIBRARY_GOAL = 0.75, 0.85, 0.75


def run() -> list[Row]:
    """Three rows for each engine: the mean over all queries, in the detail over each language's."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    sqlite = _demonstration(f"sqlite:///{FOLDER / 'demonstration.sqlite3'}")
    rows = _each("SQLite", sqlite, DATABASES_GOAL)
    if postgresql.installed() is None:
        rows.append(_skipped("PostgreSQL", "no PostgreSQL", DATABASES_GOAL))
    else:
        with postgresql.throw_away() as url:
            rows += _each("PostgreSQL", _demonstration(url), DATABASES_GOAL)
    if node := os.environ.get("ELASTICSEARCH_URL", "").split(",")[0]:
        rows += _each("Elasticsearch", sqlite, ELASTICSEARCH_GOAL, "--elasticsearch", node)
    else:
        detail = "ELASTICSEARCH_URL names no node"
        rows.append(_skipped("Elasticsearch", detail, ELASTICSEARCH_GOAL))
    return rows


def _demonstration(url: str) -> dict[str, str]:
    """An environment whose database has the demonstration's content."""
    environment = environment_of(FOLDER, url, ELASTICSEARCH_URL="")
    for command in (["migrate", "--verbosity=0"], ["demo"], ["count_search_words"]):
        ask(environment, "manage", *command)
    return environment


def _each(name: str, environment: dict[str, str], goal: float, *options: str) -> list[Row]:
    """Return the rows of the tuned set, of the one held out and of the library's."""
    tuned = _measured(environment, *options)
    held_out = _measured(environment, "--held-out", *options)
    library = _measured(environment, "--library", *options)
    return [
        _row(name, "judged queries", tuned, goal),
        _row(name, "held out, never tuned on", held_out, goal),
        _row(name, "on the library", library, LIBRARY_GOAL),
    ]


def _measured(environment: dict[str, str], *options: str) -> dict[str, Any]:
    return json.loads(ask(environment, "tests.relevance", "--json", *options))


def _row(name: str, of: str, measured: dict[str, Any], goal: float) -> Row:
    languages = ", ".join(f"{code} {figure:.2f}" for code, figure in measured["languages"].items())
    what = f"{name}, nDCG@10 over {len(measured['queries'])} {of}"
    figure = measured["figure"]
    return Row("nDCG", what, f"{figure:.3f}", f"≥ {goal}", figure >= goal, languages)


def _skipped(name: str, why: str, goal: float) -> Row:
    return Row("nDCG", name, "skipped", f"≥ {goal}", False, f"skipped: {why}")
