"""In which order files are looked at: each who waits has a turn before anybody has a second one."""

from collections import deque
from collections.abc import Hashable
from typing import Generic, TypeVar

Item = TypeVar("Item")


class FairQueue(Generic[Item]):
    """
    Items in rounds: one of each who waits, then one of each again.

    Who they are is told by names from the widest to the nearest, as a client and one of its drafts:
    a client's turns go round among its drafts. What the same have put in comes out in its order. It
    has no lock of its own.
    """

    def __init__(self) -> None:
        self._own: deque[Item] = deque()
        self._lines: dict[Hashable, FairQueue[Item]] = {}  # in the order of their turns
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def put(self, item: Item, *by: Hashable) -> None:
        """Add an item of whoever is named; without names, of nobody in particular."""
        self._count += 1
        if not by:
            self._own.append(item)
            return
        first, *nearer = by
        self._lines.setdefault(first, FairQueue()).put(item, *nearer)

    def take(self) -> Item:
        """Take out the item whose turn it is. Raises IndexError where there is none."""
        if not self._count:
            raise IndexError("Nobody waits.")
        self._count -= 1
        if self._own:
            return self._own.popleft()
        who = next(iter(self._lines))
        line = self._lines.pop(who)
        item = line.take()
        if line:
            self._lines[who] = line  # behind all others
        return item
