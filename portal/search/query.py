"""What is asked of a search engine and what it answers; no view knows which engine that is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup

PUBLIC = "public"


@dataclass(frozen=True)
class SearchQuery:
    """
    A question to an engine.

    `text` may be empty: then everything that fits the filters answers, newest first. `filters`
    maps a facet's name to the values chosen: several values of one facet widen, several facets
    narrow. `facets` names those to count. `audiences` are the ones the asker belongs to.
    `page` counts from 1. `sort` is "relevance", "newest" or "title".
    """

    text: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    facets: Sequence[str] = ()
    audiences: Sequence[str] = (PUBLIC,)
    page: int = 1
    per_page: int = 20
    sort: str = "relevance"


@dataclass(frozen=True)
class Hit:
    """One thing found. `title` and `summary` are HTML whose only mark-up is `<mark>`."""

    kind: str
    kind_label: str
    key: str
    title: Markup
    summary: Markup
    url: str
    language: str
    group: str
    date: datetime | None


@dataclass(frozen=True)
class FacetOption:
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
    """A page of hits with counts. `pages` is at least 1, so that an empty answer is page 1 of 1."""

    hits: Sequence[Hit]
    total: int
    page: int
    pages: int
    facets: Sequence[FacetGroup] = ()
    took_ms: float = 0.0
