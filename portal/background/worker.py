"""
A thread that does what waits, in a process that serves pages.

Mail and Elasticsearch must never hold up a request, and the embedded default has no other process.
What waits is in a table, so a thread that dies with its process loses nothing: whoever comes next
goes on.
"""

import logging
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.db import connections

logger = logging.getLogger(__name__)

# Between looks at the table: for what other processes wrote, and for attempts that are due again.
POLL_SECONDS = 60


class Worker:
    """
    One thread that works whenever it is woken, and every minute; `name` is the thread's.

    Whoever has something done wakes it and need not know who does it: `portal/wsgi.py` says that.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._work: Callable[..., object] | None = None
        self._woken = threading.Event()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, work: Callable[..., object]) -> None:
        """
        Call `work(stopped=…)` from now on in this process, which serves pages, unless begun.

        `stopped()` says whether no further piece is to be begun. Does nothing where
        BACKGROUND_IN_PROCESS is off: management commands do the work then.
        """
        if settings.BACKGROUND_IN_PROCESS:
            self._work = work
            self._begin()

    def _begin(self) -> None:
        """Have a thread; a process that was forked begins its own."""
        if self._thread is None or not self._thread.is_alive():
            self._stopped.clear()
            # No daemon: a process that ends waits for the piece in hand, such as a message whose
            # fate would otherwise be unknown.
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=False)
            self._thread.start()

    def wake(self) -> None:
        """Wake the worker: there is something to do. Does nothing if `start` was never called."""
        if self._thread is not None and not self._stopped.is_set():
            self._woken.set()
            self._begin()

    def stop(self) -> None:
        """Begin no further piece, and wait for the one in hand."""
        self._stopped.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join()

    def is_over(self) -> bool:
        """Say whether no further message is to be begun: told to stop, or the process is ending."""
        return self._stopped.is_set() or not threading.main_thread().is_alive()

    def _run(self) -> None:
        while not self.is_over():
            self._woken.clear()
            try:
                if self._work is not None:
                    self._work(stopped=self.is_over)
            except Exception as error:
                # The database is away. The class alone: the text may quote a row.
                logger.error("%s: nothing could be done: %s", self._name, type(error).__name__)
            finally:
                connections.close_all()
            look_again = time.monotonic() + POLL_SECONDS
            # By the second, to see the end of the process.
            while not (
                self.is_over() or self._woken.wait(timeout=1) or time.monotonic() > look_again
            ):
                pass
