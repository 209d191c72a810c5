"""
A reader of P11: searches through the portal's own engine for as long as it is told.

Speaks as `worker.py` says.
"""

import threading
from collections import Counter
from typing import Any

import django

from tests.bench import worker

# Words of the generated comments: each is found in many, at every moment of a rebuild.
WORDS = ("licence", "export", "rights", "review", "surveillance")


class Searcher:
    """The commands of a reader."""

    def begin(self) -> dict[str, int]:
        """Search on and on from now, in a thread; how many cards each word finds at first."""
        from django.db import connections

        self.counts: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()
        self.ended = threading.Event()
        totals = {word: self._search(word).total for word in WORDS}
        words = [word for word, total in totals.items() if total]
        assert words, "no word is found"

        def search() -> None:
            while not self.ended.is_set():
                for word in words:
                    self._note(word, totals[word])
            connections.close_all()

        self.thread = threading.Thread(target=search)
        self.thread.start()
        return totals

    def end(self) -> dict[str, Any]:
        """
        What came of the searches since: `answered` as at first, `simpler` from the database,
        `failed` with an error or another number of cards, and the `errors`.
        """
        self.ended.set()
        self.thread.join()
        return {
            **{name: self.counts[name] for name in ("answered", "simpler", "failed")},
            "errors": self.errors,
        }

    def _note(self, word: str, total: int) -> None:
        try:
            page = self._search(word)
        except Exception as error:
            self.errors[f"{type(error).__name__}: {error}"[:80]] += 1
            self.counts["failed"] += 1
            return
        if page.simpler:
            self.counts["simpler"] += 1
        elif page.total == total and page.hits:
            self.counts["answered"] += 1
        else:
            self.errors[f"{page.total} instead of {total}"] += 1
            self.counts["failed"] += 1

    def _search(self, word: str) -> Any:
        from portal.search.engines import get_engine
        from portal.search.query import SearchQuery

        return get_engine().search(SearchQuery(word))


def main() -> None:
    django.setup()
    searcher = Searcher()
    worker.serve({"begin": searcher.begin, "end": searcher.end})


if __name__ == "__main__":
    main()
