"""Atom feeds (RFC 4287): the same for every reader, and nothing is kept of who reads."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from portal.onion import on_the_open_web

# Whatever a reader types or a page holds, XML takes these characters alone (XML 1.0, 2.2).
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# RFC 4151: a day on which the host was ours. It never changes, or every entry would be new again.
TAGGED_IN = "2026"
BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """
    One entry: plain texts, the path it leads to, and an aware datetime.

    `kind` and `key` name it for ever: a reader knows it again by them, wherever it moves.
    """

    kind: str
    key: str
    title: str
    path: str
    at: datetime
    summary: str = ""
    label: str = ""
    language: str = ""


@dataclass(frozen=True)
class Feed:
    """A feed at the path `address`, of what the page at the path `page` shows."""

    title: str
    subtitle: str
    page: str
    address: str
    language: str
    entries: Sequence[Entry]

    def answer(self, request: HttpRequest) -> HttpResponse:
        """
        Serve the feed, whose addresses are on the host by which the reader came.

        What tells the feed and its entries from others is the same on every host. Kept by whoever
        likes, but asked for anew each time: what is hidden is gone from it at once.
        """
        absolute = request.build_absolute_uri
        feed = _Written(
            title=_xml(f"{settings.SITE_NAME}: {self.title}"),
            link=absolute(self.page),
            description="",
            subtitle=_xml(self.subtitle),
            language=self.language,
            author_name=settings.SITE_NAME,
            feed_url=absolute(self.address),
            feed_guid=on_the_open_web(self.address),
        )
        for entry in self.entries:
            feed.add_item(
                title=_xml(entry.title),
                link=absolute(entry.path),
                # Atom1Feed declares it to be HTML.
                description=escape(_xml(entry.summary)),
                unique_id=entry_id(entry.kind, entry.key),
                pubdate=entry.at,
                updateddate=entry.at,
                categories=[entry.label] if entry.label else [],
                language=entry.language or self.language,
            )
        response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
        response["Cache-Control"] = "public, no-cache"
        response["Content-Language"] = self.language
        return response


def entry_id(kind: str, key: str) -> str:
    """Return a tag URI (RFC 4151) by which a reader knows an entry again, wherever it moves."""
    host = urlsplit(settings.BASE_URL).hostname
    return f"tag:{host},{TAGGED_IN}:{quote(kind, safe='')}/{quote(key, safe='')}"


class _Written(Atom1Feed):
    """Entries in their own languages; the feed's date is that of its newest, never "now"."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=BEFORE_ALL)


def _xml(text: str) -> str:
    return _NOT_XML.sub(" ", text)
