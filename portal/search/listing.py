"""
Lists that a reader narrows by address: the search page, and the index of any room.

A room's index is a search whose kind is fixed. Its view or page does

    listing = Listing.of(request, facets=("commitment", "stage"), fixed={"kind": ["guide"]})

and its template draws `listing` with the components:

    {{ facets(listing.facets, listing.path, listing.keep) }}
    {{ chips(listing.chips, listing.clear_href) }}
    {% for hit in listing.hits %}…{% endfor %}
    {{ pager(listing.previous_href, listing.next_href, listing.position) }}

The address carries `q`, `sort`, `page` and one parameter a facet, repeated for each value:
`?q=end+use&commitment=licensing&stage=end-use&stage=transit&page=2`. Others are ignored. A value
that its facet does not know is left out and told in `listing.problems`; a page that does not exist
raises Http404.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portal.search.analysis import syntax
from portal.search.engines import get_engine
from portal.search.facets import get_facet, language_of_label
from portal.search.query import (
    NEWEST,
    PUBLIC,
    RELEVANCE,
    SORTS,
    TITLE,
    FacetGroup,
    Hit,
    SearchPage,
    SearchQuery,
)
from portal.text import clean_line
from portal.web.addresses import href

Filters = Mapping[str, Sequence[str]]

SORT_LABELS = {
    RELEVANCE: gettext_lazy("Best match"),
    NEWEST: gettext_lazy("Newest first"),
    TITLE: gettext_lazy("By title"),
}


@dataclass(frozen=True)
class Chip:
    """A filter in force, and the address without it; `language` is that of the label ("": ours)."""

    group: str
    label: str
    href: str
    language: str = ""


@dataclass(frozen=True)
class SortChoice:
    text: str
    href: str
    current: bool


def parse(
    params: QueryDict,
    *,
    facets: Sequence[str],
    fixed: Filters | None = None,
    sort: str = RELEVANCE,
    per_page: int = 20,
    visible_to: Sequence[str] = (PUBLIC,),
    first_language: str = "",
) -> tuple[SearchQuery, list[str]]:
    """
    Return the query that an address asks, and what was wrong with it, in plain words.

    `facets` may be chosen and are counted; `fixed` are filters that the address cannot change.
    Where it names no order, `sort` is used, and what is in `first_language` leads unless it names
    words. Raises Http404 where `page` is no number from 1.
    """
    fixed = fixed or {}
    filters: dict[str, Sequence[str]] = {}
    problems: list[str] = []
    for name in facets:
        chosen = list(dict.fromkeys(value for value in params.getlist(name) if value))
        if name in fixed or not chosen:
            continue
        known = (facet := get_facet(name)).labels(chosen)
        problems += [
            _("“%(value)s” is not a choice under “%(facet)s”, so this filter was left out.")
            % {"value": value[:60], "facet": facet.label}
            for value in chosen[:5]
            if value not in known
        ]
        if known:
            filters[name] = [value for value in chosen if value in known]
    asked = params.get("sort")
    query = SearchQuery(
        text=clean_line(params.get("q", ""))[: syntax.MAX_LENGTH],
        filters={**filters, **fixed},
        facets=[name for name in facets if name not in fixed],
        visible_to=visible_to,
        page=_page_number(params.get("page", "1")),
        per_page=per_page,
        sort=asked if asked in SORTS else sort,
        first_language="" if asked in SORTS else first_language,
        reader_language=get_language() or "",
    )
    return query, problems


def _page_number(text: str) -> int:
    """Read a page number from 1 to a million; anything else is an address that we do not have."""
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and int(text) > 0):
        raise Http404("No such page")
    return int(text)


def _cut(text: str) -> list[str]:
    """Say what there is to say where more was typed than a search takes."""
    words = [word for word in syntax.words_of(text) if word != "OR"]
    if len(words) <= syntax.MAX_WORDS and len(text) < syntax.MAX_LENGTH:
        return []
    told = _("A search takes at most %(most)s words. What you typed after them was left out.")
    return [told % {"most": syntax.MAX_WORDS}]


class Listing:
    """
    An answered query with every address that its page links to.

    `query` and `problems` are those of `parse`; `path` is the page's own address.
    """

    def __init__(
        self,
        query: SearchQuery,
        *,
        path: str,
        fixed: Filters | None = None,
        problems: Sequence[str] = (),
        sort: str = RELEVANCE,
    ) -> None:
        self.query = query
        self.path = path
        self.problems = [*problems, *_cut(query.text)]
        self.default_sort = sort
        fixed = fixed or {}
        self.filters = {name: some for name, some in query.filters.items() if name not in fixed}
        self.page: SearchPage = get_engine().search(query)
        if query.page > self.page.pages:
            raise Http404("No such page")

    @classmethod
    def of(
        cls,
        request: HttpRequest,
        *,
        facets: Sequence[str],
        fixed: Filters | None = None,
        sort: str = RELEVANCE,
        per_page: int = 20,
        visible_to: Sequence[str] = (PUBLIC,),
        first_language: str = "",
    ) -> "Listing":
        """Return the answer to what `request` asks by its address; takes what `parse` takes."""
        query, problems = parse(
            request.GET,
            facets=facets,
            fixed=fixed,
            sort=sort,
            per_page=per_page,
            visible_to=visible_to,
            first_language=first_language,
        )
        return cls(query, path=request.path, fixed=fixed, problems=problems, sort=sort)

    @property
    def text(self) -> str:
        return self.query.text

    @cached_property
    def expression(self) -> syntax.Expression:
        """Return what the words ask for, as they were typed; false where they ask for nothing."""
        return syntax.parse(self.text)

    @property
    def hits(self) -> Sequence[Hit]:
        return self.page.hits

    @property
    def total(self) -> int:
        return self.page.total

    @property
    def facets(self) -> Sequence[FacetGroup]:
        """Groups with something to choose; the component `facets` takes them."""
        return [group for group in self.page.facets if group.options]

    @property
    def is_filtered(self) -> bool:
        """Say whether the reader chose a filter (fixed ones do not count)."""
        return bool(self.filters)

    @property
    def asked(self) -> str:
        """Words and filters as a query string: what may be kept and followed."""
        pairs = [("q", self.text)] if self.text else []
        return urlencode([*pairs, *self.filter_pairs])

    @property
    def keep(self) -> dict[str, str]:
        """Return the hidden fields of the form of facets: the words and the order."""
        return dict(self._base())

    @property
    def filter_pairs(self) -> list[tuple[str, str]]:
        """(facet, value) of each filter chosen, for a form that carries them along."""
        return [(name, value) for name, values in self.filters.items() for value in values]

    @cached_property
    def chips(self) -> list[Chip]:
        """Return the filters in force, each with the address that lifts it."""
        chips = []
        for name, values in self.filters.items():
            facet = get_facet(name)
            labels = self._labels(name)
            for value in values:
                rest = [pair for pair in self.filter_pairs if pair != (name, value)]
                label, spoken = labels.get(value, value), language_of_label(name, value)
                chips.append(Chip(str(facet.label), label, self._href(filters=rest), spoken))
        return chips

    @property
    def clear_href(self) -> str:
        """Return this page without any filter."""
        return self._href(filters=[])

    @property
    def sorts(self) -> list[SortChoice]:
        """Return the orders on offer; best match only where there are words to match."""
        current = self.query.sort
        if not self.text and current == RELEVANCE:
            current = NEWEST
        return [
            SortChoice(str(label), self._href(sort=sort), sort == current)
            for sort, label in SORT_LABELS.items()
            if self.text or sort != RELEVANCE
        ]

    @property
    def previous_href(self) -> str | None:
        return self._href(page=self.query.page - 1) if self.query.page > 1 else None

    @property
    def next_href(self) -> str | None:
        return self._href(page=self.query.page + 1) if self.query.page < self.page.pages else None

    @property
    def position(self) -> str:
        """Say where the reader stands, e.g. "Page 2 of 9"."""
        return _("Page %(page)s of %(pages)s") % {"page": self.query.page, "pages": self.page.pages}

    def href_for(self, text: str) -> str:
        """Return this page with other words and the same filters."""
        return self._href(text=text)

    def _labels(self, name: str) -> dict[str, str]:
        """Labels of a facet's chosen values: they are options already where it is counted."""
        for group in self.page.facets:
            if group.name == name:
                return {option.value: option.label for option in group.options}
        return dict(get_facet(name).labels(self.filters[name]))

    def _base(self, text: str | None = None, sort: str | None = None) -> list[tuple[str, str]]:
        text = self.text if text is None else text
        sort = sort or self.query.sort
        pairs = [("q", text)] if text else []
        return pairs + ([("sort", sort)] if sort != self.default_sort else [])

    def _href(
        self,
        *,
        text: str | None = None,
        filters: Sequence[tuple[str, str]] | None = None,
        sort: str | None = None,
        page: int = 1,
    ) -> str:
        """Return the page's address with one thing changed; what is not given stays as it is."""
        pairs = [*self._base(text, sort), *(self.filter_pairs if filters is None else filters)]
        return href(pairs, self.path, page=page if page > 1 else "")
