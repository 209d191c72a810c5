"""How sources are read."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from portal.text import clean_line, spellings

# So many checks in a row without an answer, and readers are told.
STRIKES = 3
SEARCHED = ("key", "title", "short_name", "issuer", "number", "versions")


class SourceQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def found(self, words: str = "", kind: str = "") -> "SourceQuerySet":
        """Sources of a kind that have all of these words, each anywhere; "" means any."""
        sources = self.filter(kind=kind) if kind else self
        for word in clean_line(words).split():
            said = Q()
            for field in SEARCHED:
                for each in spellings(word):
                    said |= Q(**{f"{field}__icontains": each})
            sources = sources.filter(said)
        return sources

    def wanted(self, keys: Iterable[str], ids: Iterable[int]) -> "SourceQuerySet":
        """Sources by key or by id, each with what replaced it."""
        by_name = Q(key__in=list(keys)) | Q(pk__in=list(ids))
        return self.filter(by_name).select_related("successor").saying_whether_silent()

    def saying_whether_silent(self) -> "SourceQuerySet":
        """Say of each (`has_silent_link`) whether an address of it does not answer."""
        silent = _links().silent().filter(source=OuterRef("pk"))
        return self.annotate(has_silent_link=Exists(silent))


class SourceLinkQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def silent(self) -> "SourceLinkQuerySet":
        """Addresses that did not answer so often that they count as silent."""
        return self.filter(failures__gte=STRIKES)

    def telling(self) -> "SourceLinkQuerySet":
        """Keep those of which staff are told: without an answer the last time, or moved."""
        return self.filter(Q(failures__gt=0) | ~Q(moved_to=""))

    def due(self, on: date) -> "SourceLinkQuerySet":
        """Keep those last checked on a day or before it, or never; the longest ago first."""
        found = self.filter(Q(checked_on__isnull=True) | Q(checked_on__lte=on))
        return found.order_by(F("checked_on").asc(nulls_first=True), "pk")


def with_silent_links(sources: Sequence[Any]) -> Sequence[Any]:
    """
    Return sources that know which of their addresses do not answer (`silent_since`).

    They come from `saying_whether_silent`. One query where there is any, else none.
    """
    of = {each.pk: each for each in sources if each.has_silent_link}
    for link in _links().silent().filter(source__in=of) if of else ():
        source = of[link.source_id]
        source.silent_since = {**source.silent_since, link.address: link.failing_since}
    return sources


def _links() -> "SourceLinkQuerySet":
    found: SourceLinkQuerySet = apps.get_model("sources", "SourceLink").objects.all()
    return found
