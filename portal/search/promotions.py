"""What stands above all other results: what editors put there, and what was named exactly."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page

from portal.curation.models import SynonymGroup
from portal.curation.normalisation import key_of

MOST = 3


@dataclass(frozen=True)
class Promoted:
    """
    A promoted result, all plain text.

    `language` is that of a page's content, empty where it is not known, as of other sites' pages.
    """

    title: str
    url: str
    description: str
    language: str


class Named(NamedTuple):
    """A public thing whose reference was typed; plain text, and its path."""

    reference: str
    title: str
    url: str


_lookups: dict[str, Callable[[str], Named | None]] = {}


def register_lookup(key: str, look_up: Callable[[str], Named | None]) -> None:
    """
    Have `look_up` tell whether a text is the reference of something of a room.

    It asks the database nothing where the text does not look like one.
    """
    _lookups[key] = look_up


def named(text: str) -> Named | None:
    """Return what has this text as its reference; None for any other text."""
    found = (look_up(text) for look_up in _lookups.values())
    return next((each for each in found if each), None)


def promoted(text: str, language: str) -> list[Promoted]:
    """
    Return what editors promote for exactly this text, at most three, those in `language` first.

    Case, accents, signs and spaces do not matter; where nothing is promoted for the text itself,
    what is for a synonym of it counts. Only pages that are published and open to everybody, and
    links of the web. One statement where nothing is promoted at all, two where nothing is for this
    text. Whether promoted results belong on a page (on the first, and without filters) is for the
    page to say.
    """
    key = key_of(text)
    if not key:
        return []
    by_key: dict[str, list[int]] = {}
    for pk, words in _promoted_words():
        by_key.setdefault(key_of(words), []).append(pk)
    chosen = by_key.get(key)
    if chosen is None and by_key:
        synonyms = [
            key_of(entry) for group in SynonymGroup.objects.having([key]) for entry in group
        ]
        chosen = [pk for synonym in synonyms for pk in by_key.get(synonym, ())]
    if not chosen:
        return []
    found = list(_shown(chosen))
    # A stable sort: editors' own order holds among those that the reader can read.
    found.sort(key=lambda result: result.language not in ("", language))
    return found[:MOST]


def _promoted_words() -> Iterable[tuple[int, str]]:
    """Yield every promotion with its words; editors write some dozens of them."""
    return SearchPromotion.objects.order_by("sort_order", "pk").values_list(
        "pk", "query__query_string"
    )


def _shown(chosen: list[int]) -> Iterator[Promoted]:
    rows = {row.pk: row for row in SearchPromotion.objects.filter(pk__in=chosen)}
    wanted = [row.page_id for row in rows.values() if row.page_id]
    pages: dict[int, Page] = {}
    if wanted:
        open_to_all = Page.objects.filter(pk__in=wanted).live().public()
        pages = {page.pk: page for page in open_to_all.specific()}
    for row in (rows[pk] for pk in chosen if pk in rows):
        page = pages.get(row.page_id)
        if page is not None and (url := page.get_url()):
            language = getattr(page, "content_language", "") or page.locale.language_code
            yield Promoted(page.title, url, row.description, language)
        elif not row.page_id and _is_of_the_web(row.external_link_url):
            title = row.external_link_text or row.external_link_url
            yield Promoted(title, row.external_link_url, row.description, "")


def _is_of_the_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
