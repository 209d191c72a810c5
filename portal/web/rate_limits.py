"""How often something may be done: counted in the store that nobody can empty (`limit_store`)."""

import time
from dataclasses import dataclass

from django.core.cache import cache, caches

from portal.web.limit_store import DailyKey

DAY = 86_400  # seconds


@dataclass(frozen=True)
class Limit:
    """
    At most `most` times in `seconds`, for each of those who are told apart.

    Counted in windows that begin at whole multiples of `seconds` since 1970, so that what is kept
    tells no time finer than a window. `name` keeps one limit's counts apart from another's. Where
    nothing can be counted, `take` raises StoreAway.
    """

    name: str
    most: int
    seconds: int

    def take(self, *who: str, ahead: int = 0) -> bool:
        """
        Count one more of `who`, and return whether it is within the limit.

        With `ahead`, in the window that comes so many after the present one.
        """
        key = self._key(*who, ahead=ahead)
        # Until the window ends: a row that ended later would tell when it began.
        if cache.add(key, 1, self.seconds_left() + ahead * self.seconds):
            return self.most >= 1
        try:
            return cache.incr(key) <= self.most
        except ValueError:  # the window ended between the two
            return True

    def give_back(self, *who: str) -> None:
        """Count one less: what was taken did not count after all."""
        try:
            cache.decr(self._key(*who))
        except ValueError:
            return

    def is_reached(self, *who: str) -> bool:
        """Return whether as many were counted as the limit allows; counts nothing."""
        return int(cache.get(self._key(*who), 0)) >= self.most

    def window(self) -> int:
        """Return the number of the present window, counted from 1970."""
        return int(time.time()) // self.seconds

    def seconds_left(self) -> int:
        """Return how many seconds the present window has left; at least one."""
        return self.seconds - int(time.time()) % self.seconds

    def _key(self, *who: str, ahead: int = 0) -> str:
        return "|".join(("limit", self.name, str(self.window() + ahead), *who))


def stand_in(text: str) -> str:
    """Return what stands for a text until the UTC day ends, and for nothing after it. StoreAway."""
    store = caches["default"]
    assert isinstance(store, DailyKey)
    return store.hashed(f"stand-in|{text}")[:24]
