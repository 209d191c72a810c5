"""nDCG: how well each engine finds what readers look for, by the judged set of tests/relevance."""

import json
import os
import shutil
import subprocess
import sys
from typing import Any

from tests.bench import postgresql
from tests.bench.contestants import ROOT, WORK
from tests.bench.rows import Row

FOLDER = WORK / "ndcg"
DATABASES_GOAL, ELASTICSEARCH_GOAL = 0.75, 0.85


def run() -> list[Row]:
    """A row for each engine: the mean over all queries, and in the detail over each language's."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    sqlite = _demonstration(f"sqlite:///{FOLDER / 'demonstration.sqlite3'}")
    rows = [_row("SQLite", _measured(sqlite), DATABASES_GOAL)]
    if postgresql.installed() is None:
        rows.append(_skipped("PostgreSQL", "no PostgreSQL", DATABASES_GOAL))
    else:
        with postgresql.throw_away() as url:
            rows.append(_row("PostgreSQL", _measured(_demonstration(url)), DATABASES_GOAL))
    if node := os.environ.get("ELASTICSEARCH_URL", "").split(",")[0]:
        measured = _measured(sqlite, "--elasticsearch", node)
        rows.append(_row("Elasticsearch", measured, ELASTICSEARCH_GOAL))
    else:
        detail = "ELASTICSEARCH_URL names no node"
        rows.append(_skipped("Elasticsearch", detail, ELASTICSEARCH_GOAL))
    return rows


def _demonstration(url: str) -> dict[str, str]:
    """An environment whose database has the demonstration's content."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "DATA_DIR": str(FOLDER),
        "DATABASE_URL": url,
        "ELASTICSEARCH_URL": "",
        "LOG_LEVEL": "ERROR",
    }
    for command in (["migrate", "--verbosity=0"], ["demo"], ["count_search_words"]):
        _ask(environment, "manage.py", *command)
    return environment


def _measured(environment: dict[str, str], *options: str) -> dict[str, Any]:
    return json.loads(_ask(environment, "-m", "tests.relevance", "--json", *options))


def _ask(environment: dict[str, str], *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


def _row(name: str, measured: dict[str, Any], goal: float) -> Row:
    languages = ", ".join(f"{code} {figure:.2f}" for code, figure in measured["languages"].items())
    what = f"{name}, nDCG@10 over {len(measured['queries'])} judged queries"
    figure = measured["figure"]
    return Row("nDCG", what, f"{figure:.3f}", f"≥ {goal}", figure >= goal, languages)


def _skipped(name: str, why: str, goal: float) -> Row:
    return Row("nDCG", name, "skipped", f"≥ {goal}", False, f"skipped: {why}")
