"""What all stores of limits have: a key of the day, and a way to say that they are away."""

import hashlib
import hmac
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT

DAY = 86_400  # seconds
KEY_BYTES = 32


class StoreAway(Exception):  # noqa: N818 - a state, and nobody's mistake
    """Nothing can be counted now: the store of limits does not answer."""


@contextmanager
def away(*errors: type[Exception]) -> Iterator[None]:
    """Say StoreAway for errors of a library, whose words may hold what was being written."""
    try:
        yield
    except errors as error:
        raise StoreAway(type(error).__name__) from None


class DailyKey:
    """Hashes under a key of the day; `_key_of(today)` is the backend's own."""

    _day = date.min
    _secret = b""

    def hashed(self, text: str) -> str:
        """Return a text's stand-in, one in all workers until the UTC day ends. Raises StoreAway."""
        today = datetime.now(UTC).date()
        if self._day < today:
            self._day, self._secret = self._key_of(today)
        return hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()

    def make_and_validate_key(self, key: str, version: int | None = None) -> str:
        """Return what stands for a cache's key in the store."""
        return self.hashed(self.make_key(key, version=version))  # type: ignore[attr-defined]

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return what is kept under a key; the default where the store is away."""
        try:
            return self._get(key, default, version)
        except StoreAway:
            return default

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        """Keep something; not where the store is away, nor what cannot be written as JSON."""
        with suppress(StoreAway):
            try:
                self._set(key, value, timeout, version)
            except TypeError:  # Wagtail would remember the names of languages, as each reader's
                self.delete(key, version)  # type: ignore[attr-defined]

    def _get(self, key: str, default: Any, version: int | None) -> Any:
        raise NotImplementedError

    def _set(self, key: str, value: Any, timeout: Any, version: int | None) -> None:
        raise NotImplementedError

    def _key_of(self, today: date) -> tuple[date, bytes]:
        """
        Return the day and key in force, begun where `today` has none; destroy what came before.

        A machine whose clock is a little behind goes on with the newer day's.
        """
        raise NotImplementedError


def left_of_day() -> int:
    """Return the seconds until the UTC day ends."""
    return DAY - int(time.time()) % DAY
