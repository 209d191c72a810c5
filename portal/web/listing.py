"""Listings of the Wagtail admin that are read by keyset: every page costs the same."""

from collections.abc import Sequence
from typing import Any, Generic, NamedTuple, TypeVar
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

RowT = TypeVar("RowT")
AFTER, BEFORE, LAST = "after", "before", "last"
# What an address of a listing says beside its filters and its search.
PAGING = (AFTER, BEFORE, LAST, "p", "_w_filter_fragment")
# Nobody counts further by hand.
MOST_COUNTED = 1_000
# Which rows an act on several is for, beside those chosen one by one.
ALL_FOUND, ALL_SHOWN = "found", "page"
# So many that were left as they are are named one by one.
NAMED = 30


class Slice(NamedTuple, Generic[RowT]):
    """A page: its rows, and what to ask the pages before and after it with, "" for none."""

    rows: Sequence[RowT]
    before: str
    after: str


class Counted(NamedTuple):
    """A count of rows, up to MOST_COUNTED; `or_more` where there are more."""

    number: int
    or_more: bool


def filters_of(query: QueryDict) -> str:
    """Return what an address of a listing says of filters and search, without the page."""
    kept = query.copy()
    for name in PAGING:
        kept.pop(name, None)
    return urlencode([(name, each) for name, values in kept.lists() for each in values if each])


def named(said: str, not_done: Sequence[tuple[Any, str]]) -> SafeString:
    """Return what is said of rows with which nothing was done, then each with its reason."""
    rows = format_html_join("", "<li>{}: {}</li>", not_done[:NAMED])
    more = format_html("<li>…</li>") if len(not_done) > NAMED else ""
    return format_html("{}<ul>{}{}</ul>", said, rows, more)


class KeysetListing:
    """
    A listing of Wagtail's whose pages are read by keyset; mixed in before it.

    Whoever inherits says in `read_page` how, and gives the rows what they show in `present`.
    """

    FORMATS = ()  # no export: what is shown of a row is not what a spreadsheet holds
    request: HttpRequest
    index_url: str

    def read_page(self, found: QuerySet[Any], *, after: str, before: str, last: bool) -> Slice[Any]:
        raise NotImplementedError

    def present(self, rows: Sequence[Any]) -> Sequence[Any]:
        """Return the rows with all that is shown of each, in a fixed number of queries."""
        return rows

    def count(self, found: QuerySet[Any], page: Slice[Any]) -> Counted:
        """Return how many rows were found; no query where all of them are on this page."""
        if not page.before and not page.after:
            return Counted(len(page.rows), False)
        number = found.order_by()[: MOST_COUNTED + 1].count()
        return Counted(min(number, MOST_COUNTED), number > MOST_COUNTED)

    def paginate_queryset(self, queryset: QuerySet[Any], page_size: int) -> Any:
        asked = self.request.GET
        after, before, last = (asked.get(name, "") for name in (AFTER, BEFORE, LAST))
        self.page = self.read_page(queryset, after=after, before=before, last=bool(last))
        if not self.page.rows and (after or before):  # what stood there is gone meanwhile
            self.page = self.read_page(queryset, after="", before="", last=bool(after))
        self.counted = self.count(queryset, self.page)
        return None, None, self.present(self.page.rows), False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        said = filters_of(self.request.GET)
        address = f"{self.index_url}?{said}&" if said else f"{self.index_url}?"
        page = self.page
        pages = {
            "first": f"{address.rstrip('?&')}" if page.before else "",
            "previous": f"{address}{urlencode({BEFORE: page.before})}" if page.before else "",
            "next": f"{address}{urlencode({AFTER: page.after})}" if page.after else "",
            "last": f"{address}{LAST}=1" if page.after else "",
        }
        return {**context, "pages": pages, "filters_said": said, "counted": self.counted}
