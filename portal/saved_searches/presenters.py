"""A search as its owner sees it: in words, with the addresses that run it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language

from portal.saved_searches.criteria import Asked, Labels, labels_of
from portal.saved_searches.models import SavedSearch


@dataclass(frozen=True)
class Shown:
    """
    Its words, its filters in words (facet, value, the value's language), and where it is run and
    read as a feed.
    """

    text: str
    filters: Sequence[tuple[str, str, str]]
    page: str
    feed: str
    name: str
    query: str

    @classmethod
    def of(cls, asked: Asked, labels: Labels | None = None) -> "Shown":
        """Return it in the language in force; `labels` if they were looked up for several."""
        labels = labels_of([asked]) if labels is None else labels
        language = get_language() or settings.LANGUAGE_CODE
        return cls(
            text=asked.text,
            filters=asked.described(labels),
            page=asked.page_address(language),
            feed=asked.feed_address(language),
            name=asked.in_words(labels),
            query=asked.query_string,
        )


def shown(searches: Iterable[SavedSearch]) -> list[tuple[SavedSearch, Shown]]:
    """Return each search as it is shown; the labels of all are looked up together."""
    all_asked = [(search, Asked.stored(search.query)) for search in searches]
    labels = labels_of(asked for _search, asked in all_asked)
    return [(search, Shown.of(asked, labels)) for search, asked in all_asked]
