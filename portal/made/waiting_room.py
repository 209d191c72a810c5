"""What waits to be made in this process, and the threads that make it in fair turns."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import connections

from portal.files.fair_queue import FairQueue

AT_ONCE = 2  # in each process
MOST_WAITING = 40


@dataclass(frozen=True)
class Job:
    """A file to make: `work` makes it, `lost` says that nobody will. Neither raises."""

    work: Callable[[], None]
    lost: Callable[[], None]


class WaitingRoom:
    """Threads come with the first job and go with the last, two at most."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queue: FairQueue[Job] = FairQueue()
        self._threads = 0

    def put(self, job: Job, by: str) -> bool:
        """Have something made when its asker's turn comes; False where too much waits already."""
        with self._lock:
            if len(self._queue) >= MOST_WAITING:
                return False
            self._queue.put(job, by)
            if settings.MADE_IN_BACKGROUND and self._threads < AT_ONCE:
                self._threads += 1
                # No daemon: a process that ends waits for what is in hand, and says of the rest
                # that it is lost.
                threading.Thread(target=self._run, name="made", daemon=False).start()
            return True

    def work_off(self) -> int:
        """Make all that waits, here and now; return how many there were."""
        count = 0
        while (job := self._next()) is not None:
            job.work()
            count += 1
        return count

    def _next(self, *, of_thread: bool = False) -> Job | None:
        with self._lock:
            if self._queue:
                return self._queue.take()
            # Counted down here: who puts something in next must know whether somebody will look.
            self._threads -= of_thread
            return None

    def _run(self) -> None:
        try:
            while (job := self._next(of_thread=True)) is not None:
                if is_over():
                    job.lost()
                else:
                    job.work()
        finally:
            connections.close_all()


def is_over() -> bool:
    """Say whether the process is ending."""
    return not threading.main_thread().is_alive()


room = WaitingRoom()
