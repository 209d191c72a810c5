"""What is asked of a search engine and what it answers; no view knows which engine that is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup

PUBLIC = "public"

RELEVANCE, NEWEST, TITLE = "relevance", "newest", "title"
SORTS = (RELEVANCE, NEWEST, TITLE)


@dataclass(frozen=True)
class SearchQuery:
    """
    A question to an engine.

    `text` is what a person typed (see `syntax.py` for what it may say); empty, everything that
    fits the filters answers, and "relevance" means newest first. `filters` maps a facet's name to
    the values chosen: several values of one facet widen, several facets narrow. `facets` names
    those to count. `visible_to` are the circles the asker belongs to: nothing outside them is
    found, counted or offered. `page` counts from 1. `sort` is one of `SORTS`. With `since`, an
    aware datetime, only what came into the index after that moment. Where no words are asked for,
    what is in `first_language` comes before the rest. `reader_language` is that of the page on
    which they were typed: it leads where the words are of no language, as "FOC".
    """

    text: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    facets: Sequence[str] = ()
    visible_to: Sequence[str] = (PUBLIC,)
    page: int = 1
    per_page: int = 20
    sort: str = RELEVANCE
    since: datetime | None = None
    first_language: str = ""
    reader_language: str = ""


@dataclass(frozen=True)
class Hit:
    """
    One thing found. `title` and `summary` are safe HTML whose only mark-up is `<mark>`.

    The title of a thing that has none is where it stands: its card's context. `context` says that
    of a thing that has a title; plain text, empty where its place is nothing to tell. `language` is
    that of the thing, and `shown_in` that of its title and summary here.
    """

    kind: str
    kind_label: str
    key: str
    title: Markup
    summary: Markup
    url: str
    language: str
    group: str
    state: str
    date: datetime | None
    context: str
    shown_in: str = ""


@dataclass(frozen=True)
class FacetOption:
    """`count` is how many would answer with this value, whatever else of its facet is chosen."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class FacetGroup:
    name: str
    label: str
    options: Sequence[FacetOption]


@dataclass(frozen=True)
class SearchPage:
    """
    A page of hits with counts.

    `pages` is at least 1, so that an empty answer is page 1 of 1; a page past the last has no
    hits and keeps its number, for the caller to refuse. `suggestion` is another way to spell what
    was typed that finds something for this asker, empty where there is none. `simpler` says that
    the database stands in for Elasticsearch, so that results are plainer than they would be.
    `others` is how many of `total` have some of the words alone; where nothing is sorted otherwise,
    those that have all come before others that say as much. `respelt` says that nothing has the
    words as they were typed, and what has words like them is there instead.
    """

    hits: Sequence[Hit]
    total: int
    page: int
    pages: int
    facets: Sequence[FacetGroup] = ()
    suggestion: str = ""
    simpler: bool = False
    others: int = 0
    respelt: bool = False

    @property
    def partly(self) -> bool:
        """Say whether nothing has all of the words, and what has some of them is there instead."""
        return 0 < self.total == self.others


@dataclass(frozen=True)
class Completion:
    """Something whose title has the words that a reader is typing; all plain text."""

    title: str
    url: str
    kind: str
    kind_label: str
    language: str
