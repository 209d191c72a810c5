"""The mail about what is new for saved searches, put together when it is sent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext

from portal.notifications.registry import NotificationKind, register_kind
from portal.saved_searches.criteria import Asked, Labels, absolute, labels_of
from portal.saved_searches.digests import KIND
from portal.saved_searches.models import SavedSearch
from portal.saved_searches.news import News, news_of
from portal.saved_searches.permissions import circles_of
from portal.saved_searches.unsubscribe_links import stop_address
from portal.search.query import Hit
from portal.search.registry import notes_of


def register_kinds() -> None:
    """Make known what is told of saved searches."""
    register_kind(
        NotificationKind(
            KIND,
            gettext_lazy("News for saved searches"),
            "saved_searches/mail/digest",
            prepare=prepare,
        )
    )


def prepare(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """
    Return what the mail says now, in the language in force; None where nothing is left to say.

    `context` is what `digests` wrote down: of each search its key and the two moments.
    """
    windows = {pk: (after, until) for pk, after, until in context["searches"]}
    searches = list(
        SavedSearch.objects.with_mail()
        .filter(pk__in=windows)
        .select_related("owner")
        .order_by("name", "pk")
    )
    if not searches:
        return None
    owner = searches[0].owner
    asked = {search.pk: Asked.stored(search.query) for search in searches}
    labels = labels_of(asked.values())
    told = []
    for search in searches:
        after, until = windows[search.pk]
        news = news_of(
            asked[search.pk],
            after=datetime.fromisoformat(after),
            until=datetime.fromisoformat(until),
            visible_to=circles_of(owner),
        )
        if news:
            told.append(_section(search, asked[search.pk], labels, news))
    if not told:
        return None
    return {
        "searches": told,
        "list": reverse("saved_searches:index"),
        "unsubscribe": stop_address(owner.pk),
    }


def _section(search: SavedSearch, asked: Asked, labels: Labels, news: News) -> dict[str, Any]:
    notes = notes_of(news.hits)
    return {
        "name": search.name,
        "rule": "-" * min(len(search.name), 60),
        "entries": [_entry(hit, notes.get((hit.kind, hit.key), "")) for hit in news.hits],
        "more": _more(news.more),
        "page": absolute(asked.page_address(get_language() or settings.LANGUAGE_CODE)),
    }


def _entry(hit: Hit, note: str) -> dict[str, Any]:
    return {
        "title": hit.title.striptags(),
        "kind": hit.kind_label,
        "day": hit.date.date() if hit.date else None,
        "note": note,
        "url": absolute(hit.url),
    }


def _more(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(count)s more:", "%(count)s more:", count) % {"count": count}
