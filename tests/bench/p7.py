"""P7: pages as an anonymous visitor gets them from no cache, next to a plain Wagtail page."""

import hashlib
import subprocess
import sys
from pathlib import Path

from tests.bench.contestants import (
    DATABASES,
    ROOT,
    WORK,
    Task,
    alternate,
    environment,
    prepare_portal,
)
from tests.bench.portal_data import fingerprint
from tests.bench.process import Process
from tests.bench.rows import Row, at_most
from tests.bench.visited import PAGES

FOLDER = WORK / "visited"
ROUNDS = 20
GOAL, MOST_QUERIES = 2.5, 10


def run() -> list[Row]:
    """The rows of this goal, measured."""
    prepare_portal()  # its static files
    DATABASES.mkdir(parents=True, exist_ok=True)
    plain_database = DATABASES / "plain.sqlite3"
    for old in DATABASES.glob(f"{plain_database.name}*"):
        old.unlink()
    database = _demonstration()
    with (
        Process("tests.bench.plain", environment(plain_database), str(plain_database)) as plain,
        Process("tests.bench.visited", environment(database), str(database)) as visited,
    ):
        plain.ask("load")
        visited.ask("load")
        tasks: dict[str, Task] = {"plain": lambda: plain.ask("read", repeat=5)}
        for page in PAGES:
            tasks[page] = lambda page=page: visited.ask("read", page=page, repeat=5)
        samples = alternate(tasks, ROUNDS)
        queries = {page: visited.ask("queries", page=page) for page in PAGES}
        own = plain.ask("queries")
    return [
        *(
            at_most(
                samples,
                page,
                "plain",
                GOAL,
                id="P7",
                what=f"{page}, against a plain Wagtail page",
            )
            for page in PAGES
        ),
        *(
            Row(
                "P7",
                f"{page}, queries, the most of any",
                str(queries[page]),
                f"≤ {MOST_QUERIES}",
                queries[page] <= MOST_QUERIES,
                f"the plain page {own}",
            )
            for page in PAGES
        ),
    ]


def _demonstration() -> Path:
    """A database with the demonstration's content, made anew where that or the tables changed."""
    database, stamp = FOLDER / "demonstration.sqlite3", FOLDER / "fingerprint"
    digest = hashlib.sha256(fingerprint().encode())
    for source in sorted((ROOT / "portal" / "management" / "demo").rglob("*.*")):
        if source.suffix != ".pyc":
            digest.update(source.read_bytes())
    if database.exists() and stamp.exists() and stamp.read_text() == digest.hexdigest():
        return database
    print("Making the demonstration's database …", file=sys.stderr)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob(f"{database.name}*"):
        old.unlink()
    for command in (["migrate", "--verbosity=0"], ["demo"]):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment(database),
            check=True,
            capture_output=True,  # the demonstration shows the mail that it sends
        )
    stamp.write_text(digest.hexdigest())
    return database
