"""The Atom feed of a search (RFC 4287)."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from portal.onion import on_the_open_web
from portal.saved_searches.criteria import Asked, labels_of
from portal.saved_searches.news import entered_of
from portal.search.engines import database_engine
from portal.search.query import Hit

ENTRIES = 50
# Whatever a reader types or a page holds, XML takes these characters alone (XML 1.0, 2.2).
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# RFC 4151: a day on which the host was ours. It never changes, or every entry would be new again.
TAGGED_IN = "2026"
BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


class SearchFeed(Atom1Feed):
    """Entries in their own languages; the feed's date is that of its newest, never "now"."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=BEFORE_ALL)


def feed_of(asked: Asked, language: str, absolute: Callable[[str], str]) -> SearchFeed:
    """
    Return the newest `ENTRIES` public things that are asked for; five statements at most.

    `absolute` makes an address of a path, on the host by which the reader came. What tells the feed
    and its entries from others is the same on every host.
    """
    query = asked.search_query(per_page=ENTRIES)
    hits = database_engine().search(query).hits
    words = asked.in_words(labels_of([asked]))
    feed = SearchFeed(
        title=_xml(f"{settings.SITE_NAME}: {words}"),
        link=absolute(asked.page_address(language)),
        description="",
        subtitle=_("What is new for a search"),
        language=language,
        author_name=settings.SITE_NAME,
        feed_url=absolute(asked.feed_address(language)),
        feed_guid=on_the_open_web(asked.feed_address(language)),
    )
    for hit, moment in zip(hits, _moments(hits), strict=True):
        feed.add_item(
            title=_xml(hit.title.striptags()) or hit.kind_label,
            link=absolute(hit.url),
            # Atom1Feed declares it to be HTML.
            description=escape(_xml(hit.summary.striptags())),
            unique_id=entry_id(hit.kind, hit.key),
            pubdate=moment,
            updateddate=moment,
            categories=[hit.kind_label],
            language=hit.language,
        )
    return feed


def entry_id(kind: str, key: str) -> str:
    """Return a tag URI (RFC 4151) by which a reader knows an entry again, wherever it moves."""
    host = urlsplit(settings.BASE_URL).hostname
    return f"tag:{host},{TAGGED_IN}:{quote(kind, safe='')}/{quote(key, safe='')}"


def _moments(hits: Sequence[Hit]) -> list[datetime]:
    """
    Return the date of each; of what has none, or one to come, the moment at which it came in.

    Both stay the same however often the index is written anew, so no reader is told twice.
    """
    now = timezone.now()
    dates = [hit.date if hit.date and hit.date <= now else None for hit in hits]
    entered = entered_of(hit for hit, date in zip(hits, dates, strict=True) if date is None)
    return [
        date or entered.get((hit.kind, hit.key), BEFORE_ALL)
        for hit, date in zip(hits, dates, strict=True)
    ]


def _xml(text: str) -> str:
    return _NOT_XML.sub(" ", text)
