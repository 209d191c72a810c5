"""The outside of the contestants: environments, databases, processes, and rounds in turn."""

import os
import subprocess
import sys
import venv
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.bench.process import ROOT, Process
from tests.bench.rows import Samples

WORK = ROOT / "var" / "bench"
DATABASES = WORK / "databases"
REQUIREMENTS = Path(__file__).parent / "peers-requirements.txt"

LIMIT = "limit"
PORTAL = "portal"
THREADED = "threadedcomments"
XTD = "comments-xtd"

MODULES = {
    LIMIT: "tests.bench.limit",
    PORTAL: "tests.bench.portal",
    THREADED: "tests.bench.peers.threadedcomments",
    XTD: "tests.bench.peers.comments_xtd",
}
PEERS = {THREADED, XTD}


class Contestant(Process):
    """One process with one database of one size; see `worker.py` for what it understands."""

    def __init__(self, kind: str, size: int) -> None:
        self.size = size
        database = DATABASES / f"{kind}-{size}.sqlite3"
        for old in DATABASES.glob(f"{database.name}*"):
            old.unlink()
        python = peers_python() if kind in PEERS else Path(sys.executable)
        super().__init__(MODULES[kind], environment(database), str(database), python=python)


class Field:
    """The contestants of a goal, each with its data loaded; a context manager that ends them."""

    def __init__(self, entries: Iterable[tuple[str, int]]) -> None:
        self.entries = list(entries)
        self.contestants: dict[tuple[str, int], Contestant] = {}

    def __enter__(self) -> Self:
        DATABASES.mkdir(parents=True, exist_ok=True)
        if any(kind in PEERS for kind, _ in self.entries):
            peers_python()
        if any(kind == PORTAL for kind, _ in self.entries):
            prepare_portal()
        self.contestants = {entry: Contestant(*entry) for entry in self.entries}
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda one: one.ask("load", size=one.size), self.contestants.values()))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for contestant in self.contestants.values():
            contestant.close()

    def __getitem__(self, entry: tuple[str, int]) -> Contestant:
        return self.contestants[entry]


Task = Callable[[], list[float]]


def alternate(tasks: dict[str, Task], rounds: int) -> Samples:
    """
    Run every task in every round, in an order that is reversed from one round to the next.

    The first round warms and is not counted.
    """
    samples = Samples()
    order = list(tasks)
    for number in range(rounds + 1):
        for name in order:
            burst = tasks[name]()
            if number:
                samples.add(name, burst)
        order.reverse()
    return samples


def environment(database: Path) -> dict[str, str]:
    """What a contestant runs in: the portal's demonstration settings on a database of its own."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "DATA_DIR": str(WORK / "portal"),
        "DATABASE_URL": f"sqlite:///{database}",
        "ELASTICSEARCH_URL": "",
        "FRONT_MEGABYTES": "0",  # P2 measures kept pages, all others what it costs to make one
        "LOG_LEVEL": "ERROR",
    }


def peers_python() -> Path:
    """The interpreter of the peers' environment, which is made where it is missing or outdated."""
    folder = WORK / "peers-venv"
    python = folder / "bin" / "python"
    installed = folder / "installed.txt"
    wanted = REQUIREMENTS.read_text()
    if not (python.exists() and installed.exists() and installed.read_text() == wanted):
        print("Installing the peers …", file=sys.stderr)
        venv.create(folder, clear=True, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "-r", REQUIREMENTS], check=True)
        installed.write_text(wanted)
    return python


def prepare_portal() -> None:
    """Make the portal's migrated, empty database, unless that of the last run is still true."""
    subprocess.run(
        [sys.executable, "-m", MODULES[PORTAL], "prepare"],
        cwd=ROOT,
        env=environment(WORK / "portal" / "base.sqlite3"),
        check=True,
    )
