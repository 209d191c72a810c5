"""The memory of one process for pages: the least used are forgotten when it is full."""

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

from portal.front.kept import Kept

# Longer than any page takes: whoever waited so long makes it too.
PATIENCE = 10.0
KNOWN_NOT_KEPT = 2_000


class Memory:
    """Keeps pages of `most_bytes` in all, by key."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._pages: OrderedDict[Hashable, Kept] = OrderedDict()
        self._not_kept: OrderedDict[Hashable, float] = OrderedDict()
        self._being_made: dict[Hashable, threading.Event] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Hashable) -> Kept | None:
        """Return the page last kept under this key, which may be over."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: Hashable, page: Kept) -> None:
        """Keep a page in the place of the one before, and forget the least used for it."""
        with self._lock:
            before = self._pages.pop(key, None)
            self._pages[key] = page
            self.bytes += page.size - (before.size if before else 0)
            while self.bytes > self.most_bytes:
                _, forgotten = self._pages.popitem(last=False)
                self.bytes -= forgotten.size

    def is_not_kept(self, key: Hashable, now: float) -> bool:
        """Say whether what is under this key has lately been found to be nothing that is kept."""
        return self._not_kept.get(key, 0.0) > now

    def do_not_keep(self, key: Hashable, until: float) -> None:
        """Let nobody wait for this key, until a moment in seconds since 1970."""
        with self._lock:
            self._not_kept[key] = until
            if len(self._not_kept) > KNOWN_NOT_KEPT:
                self._not_kept.popitem(last=False)

    @contextmanager
    def by_one(self, key: Hashable) -> Iterator[bool]:
        """
        Let one make a page; the others wait until it is made.

        Yields whether the caller is the one; for the others, once the page is there or was not
        kept.
        """
        with self._lock:
            ready = self._being_made.get(key)
            if is_maker := ready is None:
                ready = self._being_made[key] = threading.Event()
        if not is_maker:
            ready.wait(PATIENCE)
            yield False
            return
        try:
            yield True
        finally:
            with self._lock:
                del self._being_made[key]
            ready.set()
