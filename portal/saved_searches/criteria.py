"""What a search asks, out of an address of the search page, in one canonical form."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import override, pgettext

from portal.onion import on_the_open_web
from portal.search import listing
from portal.search.analysis.query_analysis import read
from portal.search.analysis.syntax import MAX_LENGTH
from portal.search.cards import clean
from portal.search.facets import get_facet, language_of_label
from portal.search.query import NEWEST, PUBLIC, SearchQuery
from portal.search.views import FACETS

# What no page of ours leads to is cut off before it is read.
LONGEST_ADDRESS = 6_000
LONGEST_QUERY = 4_000

Labels = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Asked:
    """
    The words and filters of a search; order and page are no part of it.

    Filters stand in the order of the page's facets, their values sorted: addresses that find the
    same are the same.
    """

    text: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @classmethod
    def by(cls, params: QueryDict) -> tuple["Asked", list[str]]:
        """Return what an address asks, and in plain words what it asks that we do not know."""
        params = params.copy()
        params.pop("page", None)
        query, problems = listing.parse(params, facets=FACETS)
        return cls(clean(query.text, MAX_LENGTH), _ordered(query.filters)), problems

    @classmethod
    def by_address(cls, query_string: str) -> tuple["Asked", list[str]]:
        """Return the same of a query string that somebody sent."""
        return cls.by(QueryDict(query_string[:LONGEST_ADDRESS].lstrip("?")))

    @classmethod
    def stored(cls, query_string: str) -> "Asked":
        """
        Return what a stored query string asks.

        A filter whose value is known no longer stays: without it, more would be found than was
        ever asked for.
        """
        params = QueryDict(query_string)
        return cls(params.get("q", ""), _ordered({name: params.getlist(name) for name in params}))

    @property
    def query_string(self) -> str:
        """Return the canonical form; empty where everything is asked for."""
        words = [("q", self.text)] if self.text else []
        return urlencode([*words, *((n, v) for n, values in self.filters.items() for v in values)])

    @property
    def finds_something(self) -> bool:
        """False for signs alone, or nothing but words to leave out."""
        return not self.text or bool(read(self.text))

    def search_query(
        self,
        *,
        since: datetime | None = None,
        visible_to: Sequence[str] = (PUBLIC,),
        page: int = 1,
        per_page: int,
    ) -> SearchQuery:
        """Return the search for an engine: the newest first, nothing counted by facet."""
        return SearchQuery(
            text=self.text,
            filters=self.filters,
            visible_to=visible_to,
            page=page,
            per_page=per_page,
            sort=NEWEST,
            since=since,
        )

    def page_address(self, language: str) -> str:
        """Return the path of the search page that shows it all, newest first."""
        with override(language):
            path = reverse("search")
        query = f"{self.query_string}&sort={NEWEST}" if self.text else self.query_string
        return f"{path}?{query}" if query else path

    def feed_address(self, language: str) -> str:
        """Return the path of its Atom feed."""
        query = f"&{self.query_string}" if self.query_string else ""
        return f"{reverse('search_feed')}?{urlencode({'lang': language})}{query}"

    def described(self, labels: Labels) -> list[tuple[str, str, str]]:
        """
        Return its filters in words: the facet's label, the value's by `labels_of`, and the language
        of this one where it is not the page's.
        """
        return [
            (
                str(get_facet(name).label),
                labels.get(name, {}).get(value, value),
                language_of_label(name, value),
            )
            for name, values in self.filters.items()
            for value in values
        ]

    def in_words(self, labels: Labels) -> str:
        """Return a name for it that says what it asks, as long as a name may be."""
        parts = [self.text] if self.text else []
        parts += [label for _facet, label, _language in self.described(labels)]
        return " · ".join(parts)[:100].strip() or pgettext("what a search asks for", "Everything")


def labels_of(many: Iterable[Asked]) -> dict[str, dict[str, str]]:
    """Return the labels of all values that these ask for, by facet: each facet is asked once."""
    wanted: dict[str, set[str]] = {}
    for asked in many:
        for name, values in asked.filters.items():
            wanted.setdefault(name, set()).update(values)
    return {name: dict(get_facet(name).labels(values)) for name, values in wanted.items()}


def absolute(path: str) -> str:
    """Return the whole address of a path of ours, for those who read it elsewhere."""
    return path if "://" in path else on_the_open_web(path)


def _ordered(filters: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {name: sorted(set(filters[name])) for name in FACETS if filters.get(name)}
