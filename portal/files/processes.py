"""
Which process holds the keys of which waiting files, and how many files a machine reads at once.

Both are told by locks on files in the folder where sealed files wait (`settings.WAITING_DIR`): the
kernel lets go of them when a process ends, however it ends.
"""

import hashlib
import os
import platform
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

LOCK = ".lock"
BETWEEN_TRIES = 0.05  # seconds
MACHINE = hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def folder() -> Path:
    """Return the folder of what waits; make it if it is missing, for the portal's user alone."""
    path = Path(settings.WAITING_DIR)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


class Holder:
    """This process as one that holds keys: its name, and the lock that says that it lives."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self.name = f"{MACHINE}-{secrets.token_hex(8)}"
        # Locked before it has the name that others look for: none is found that is not locked yet.
        unnamed = folder() / f"{self.name}.new"
        self._lock = unnamed.open("wb")
        if fcntl is not None:
            fcntl.flock(self._lock, fcntl.LOCK_EX)
            unnamed.rename(folder() / f"{self.name}{LOCK}")
        else:
            self._lock = (folder() / f"{self.name}{LOCK}").open("wb")

    def place_for(self, name: str) -> Path:
        """Return where a file of this name waits."""
        return folder() / f"{self.name}.{name}"

    def is_here(self) -> bool:
        """Say whether it is still this process, not one that was forked from it."""
        return self.process == os.getpid()


def lives(name: str) -> bool:
    """Say whether a process of this machine still holds the keys of what it has sealed."""
    path = folder() / f"{name}{LOCK}"
    try:
        if fcntl is None:
            path.unlink()  # Windows lets nobody delete what another has open
            return False
        with path.open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def is_of_this_machine(name: str) -> bool:
    """Say whether `lives` can tell about it."""
    return name.startswith(f"{MACHINE}-")


def sweep() -> None:
    """Delete what processes that live no more have left: nothing opens it."""
    for path in folder().iterdir():
        name, _, rest = path.name.partition(".")
        if rest and is_of_this_machine(name) and not lives(name):
            path.unlink(missing_ok=True)


@contextmanager
def one_of(places: int) -> Iterator[None]:
    """
    Hold one of so many places, which all processes of a machine share; whoever asks first has one
    first. On Windows each process has its own.
    """
    if fcntl is None:
        yield
        return
    with _opened("gate") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)  # the kernel gives it in the order of asking
        held = None
        while held is None:
            held = next(filter(None, map(_tried, range(places))), None)
            if held is None:
                time.sleep(BETWEEN_TRIES)
    try:
        yield
    finally:
        held.close()


def _tried(place: int) -> IO[bytes] | None:
    file = _opened(f"place-{place}")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file


def _opened(name: str) -> IO[bytes]:
    return os.fdopen(os.open(folder() / name, os.O_CREAT | os.O_RDWR, 0o600), "r+b")
