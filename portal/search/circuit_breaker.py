"""
A circuit breaker: after a few failures one after the other, nobody is made to wait for a while.

One for each process, in memory. Then a single caller tries again: success closes it, failure keeps
it open as long again.
"""

import threading
import time
from collections.abc import Callable

FAILURES = 3
OPEN_SECONDS = 15.0

CLOSED, OPEN, TRYING = "closed", "open", "trying"


class Breaker:
    """Thread-safe. `clock` gives seconds that only grow."""

    def __init__(
        self,
        *,
        failures: int = FAILURES,
        seconds: float = OPEN_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._allowed = failures
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._failed = 0
        self._opened_at: float | None = None
        self._trying = False

    def allows(self) -> bool:
        """Say whether to try. If told yes, report `succeeded` or `failed` afterwards."""
        with self._lock:
            if self._opened_at is None:
                return True
            if self._clock() - self._opened_at < self._seconds:
                return False
            # The others wait for this one; should it never report, one more may try after as long.
            self._opened_at = self._clock()
            self._trying = True
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failed = 0
            self._opened_at = None
            self._trying = False

    def failed(self) -> None:
        with self._lock:
            self._failed += 1
            self._trying = False
            if self._failed >= self._allowed:
                self._opened_at = self._clock()

    def state(self) -> str:
        """CLOSED while all is well, OPEN while nobody tries, TRYING while one does."""
        with self._lock:
            if self._opened_at is None:
                return CLOSED
            return TRYING if self._trying else OPEN


# Of this process; read by the health page.
breaker = Breaker()
