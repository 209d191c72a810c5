"""Databases that a measurement fills for itself, and modules that are run on them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.contestants import ROOT


def environment_of(folder: Path, url: str, **more: str) -> dict[str, str]:
    """What a process of the portal runs in, with the database at that address."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "DATA_DIR": str(folder),
        "DATABASE_URL": url,
        "LOG_LEVEL": "ERROR",
        **more,
    }


def ask(environment: dict[str, str], *command: str) -> str:
    """What a module prints in an environment."""
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


@contextmanager
def sqlite_in(folder: Path) -> Iterator[str]:
    """The address of an empty SQLite in a folder, gone afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "portal.sqlite3"
    forget(file)
    try:
        yield f"sqlite:///{file}"
    finally:
        forget(file)


def forget(file: Path) -> None:
    """Delete SQLite's file, and those that it has beside it."""
    for old in file.parent.glob(f"{file.name}*"):
        old.unlink()
