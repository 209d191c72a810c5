"""Titles with what a reader is typing: which words to look for, and which titles come first."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from portal.languages.addresses import in_language
from portal.search.analysis.stemming import without_marks
from portal.search.analysis.syntax import MAX_LENGTH, words_of
from portal.search.engines.hits import kind_labels
from portal.search.query import Completion

MOST_WORDS = 8
FEWEST_LETTERS = 2
# Two letters begin half of all titles: no more than these are looked at.
MOST_COMPARED = 400


class Titled(NamedTuple):
    """A card by its title."""

    title: str
    url: str
    kind: str
    language: str
    date: datetime | None


def words_to_complete(text: str) -> list[str]:
    """List the words of an unfinished text; none if it has fewer than two letters or digits."""
    words = words_of(text[:MAX_LENGTH])[:MOST_WORDS]
    return words if sum(map(len, words)) >= FEWEST_LETTERS else []


def completions(found: Iterable[Titled], text: str, limit: int) -> list[Completion]:
    """Offer titles of these to somebody who typed `text`: at most `limit`, the best first."""
    labels = kind_labels()
    return [
        Completion(
            one.title, in_language(one.url), one.kind, labels.get(one.kind, one.kind), one.language
        )
        for one in best_titles(found, text, limit)
    ]


def best_titles(found: Iterable[Titled], text: str, limit: int) -> Sequence[Titled]:
    """Return at most `limit` titles, each once: those begun as typed first, then the shortest."""
    typed = _plain(text)
    unique: dict[str, Titled] = {}
    for one in found:
        unique.setdefault(_plain(one.title), one)
    order = sorted(unique, key=lambda plain: (not plain.startswith(typed), len(plain), plain))
    return [unique[plain] for plain in order[:limit]]


def _plain(text: str) -> str:
    return " ".join(words_of(without_marks(text).casefold()))
