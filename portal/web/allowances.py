"""
How much somebody may have at once: what is given back can be had again.

Counted in the store of limits until the UTC day ends; nothing kept there tells what was had. An
allowance guards no secret: where the store is away, whoever asks is let in.
"""

from contextlib import suppress
from dataclasses import dataclass

from django.core.cache import cache

from portal.web.limit_store.base import StoreAway, left_of_day


@dataclass(frozen=True)
class Allowance:
    """So much at once, for each of those who are told apart; `name` keeps one from another."""

    name: str

    def take(self, who: str, amount: int, *, most: int) -> bool:
        """Count `amount` more of `who`, unless there would then be more than `most`."""
        key = self._key(who)
        try:
            # Until the day ends: a row that ended later would tell when it began.
            cache.add(key, 0, left_of_day())
            if cache.incr(key, amount) <= most:
                return True
            cache.decr(key, amount)
        except (ValueError, StoreAway):  # the day ended between the two, or nothing is counted
            return amount <= most
        return False

    def give_back(self, who: str, amount: int) -> None:
        """
        Count `amount` less, down to nothing: what was had yesterday is not counted today.

        Of "" nothing was counted.
        """
        if not who:
            return
        key = self._key(who)
        with suppress(ValueError, StoreAway):
            if (left := cache.decr(key, amount)) < 0:
                cache.incr(key, -left)

    def _key(self, who: str) -> str:
        return "|".join(("allowance", self.name, who))
