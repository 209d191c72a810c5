"""The files that wait in this process, and the threads that look at them in fair turns."""

import threading
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.db import connections

from portal.confidential import unheard
from portal.files.fair_queue import FairQueue
from portal.files.processes import Holder
from portal.files.sandbox import limits
from portal.files.sealing import Sealed


@dataclass(frozen=True)
class Waiting:
    """
    A file that waits: the row that stands for it, its sealed bytes, and how it is to be looked at.

    `look` does it; `kept` is told the size in bytes of what was kept of it, 0 for nothing.
    """

    id: UUID
    sealed: Sealed = field(repr=False)
    extension: str
    keep_colour: bool
    look: Callable[["Waiting"], None]
    kept: Callable[[int], None]


class WaitingRoom:
    """Threads come with the first file and go with the last, `Limits.at_once` at most."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queue: FairQueue[Waiting] = FairQueue()
        self._threads = 0
        self._holder: Holder | None = None

    def holder(self) -> Holder:
        """Return this process as holder of keys; a forked one holds none of its parent's."""
        with self._lock:
            if self._holder is None or not self._holder.is_here():
                self._queue, self._threads = FairQueue(), 0
                self._holder = Holder()
            return self._holder

    def put(self, waiting: Waiting, by: Sequence[Hashable]) -> None:
        """Have a file looked at when its turn comes; `by` says whose it is, as `FairQueue.put`."""
        with self._lock:
            self._queue.put(waiting, *by)
            if settings.FILES_IN_BACKGROUND and self._threads < limits().at_once:
                self._threads += 1
                # No daemon: a process that ends waits for the file in hand. What still waits then
                # is lost, and told to whoever sent it (`intake.forget_lost`).
                threading.Thread(target=self._run, name="files", daemon=False).start()

    def work_off(self) -> int:
        """Look at all that waits, here and now; returns how many there were."""
        count = 0
        while (waiting := self._next()) is not None:
            waiting.look(waiting)
            count += 1
        return count

    def clear(self) -> None:
        """Forget what waits."""
        with self._lock:
            self._queue = FairQueue()

    def _next(self, *, of_thread: bool = False) -> Waiting | None:
        with self._lock:
            if self._queue and not (of_thread and is_over()):
                return self._queue.take()
            # Counted down here: who puts a file in next must know whether somebody will look.
            self._threads -= of_thread
            return None

    def _run(self) -> None:
        while (waiting := self._next(of_thread=True)) is not None:
            try:
                # When somebody attached a file is told by nothing, as when they sent it.
                with unheard():
                    waiting.look(waiting)
            finally:
                connections.close_all()


def is_over() -> bool:
    """Say whether the process is ending."""
    return not threading.main_thread().is_alive()


room = WaitingRoom()
