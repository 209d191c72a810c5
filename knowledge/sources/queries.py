"""How sources are read."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from portal.text import clean_line, spellings

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
        return self.filter(by_name).select_related("successor")
