"""
The thread that sends what waits, in a process that serves pages.

Mail must never hold up a request, and the embedded default has no other process. The outbox is a
table, so a thread that dies with its process loses nothing: whoever comes next goes on.
"""

import logging
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.db import connections

from portal.notifications.delivery import send_due

logger = logging.getLogger(__name__)

# Between looks at the table: for what other processes wrote, and for attempts that are due again.
POLL_SECONDS = 60


class Worker:
    """One thread that sends due messages whenever it is woken, and every minute."""

    def __init__(self, work: Callable[..., object] = send_due) -> None:
        self._work = work
        self._woken = threading.Event()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, in this process, unless begun; a process that was forked begins its own."""
        if self._thread is None or not self._thread.is_alive():
            self._stopped.clear()
            # No daemon: a process that ends waits for the message in hand, whose fate would
            # otherwise be unknown.
            self._thread = threading.Thread(target=self._run, name="notifications", daemon=False)
            self._thread.start()

    def wake(self) -> None:
        """There is something to send. Does nothing where `start` was never called."""
        if self._thread is not None and not self._stopped.is_set():
            self._woken.set()
            self.start()

    def stop(self) -> None:
        """Take no further message, and wait for the one being sent."""
        self._stopped.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join()

    def is_over(self) -> bool:
        """Whether no further message is to be begun: told to stop, or the process is ending."""
        return self._stopped.is_set() or not threading.main_thread().is_alive()

    def _run(self) -> None:
        while not self.is_over():
            self._woken.clear()
            try:
                self._work(stopped=self.is_over)
            except Exception as error:
                # The database is away. The class alone: the text may quote a row.
                logger.error("nothing could be sent: %s", type(error).__name__)
            finally:
                connections.close_all()
            look_again = time.monotonic() + POLL_SECONDS
            # By the second, to see the end of the process.
            while not (
                self.is_over() or self._woken.wait(timeout=1) or time.monotonic() > look_again
            ):
                pass


_worker = Worker()
wake = _worker.wake


def start() -> None:
    """
    Send from this process, which serves pages (portal/wsgi.py).

    Not where NOTIFICATIONS_IN_PROCESS is off: `manage.py send_notifications` does it then.
    """
    if settings.NOTIFICATIONS_IN_PROCESS:
        _worker.start()
