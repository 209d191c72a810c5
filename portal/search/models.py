"""
Cards, one row for each searchable thing, and the sets of facets that cards share.

Many cards carry the very same facets: all comments of one consultation by one group in one
language. So a card points at a set instead of holding a row a facet: writing a card costs two
statements whatever its facets, and counting them all is one `GROUP BY` on one integer.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class FacetSetManager(models.Manager["FacetSet"]):
    def ensure(self, sets: Iterable["FacetSet"]) -> None:
        """Have these sets in the database: one statement, none for those already there."""
        unique = {one.pk: one for one in sets}
        self.bulk_create(unique.values(), ignore_conflicts=True)


class FacetSet(models.Model):
    """
    A combination of facet values, and the circle that may see cards with it.

    Its key is a hash of its content, so it is known without asking the database, and a row is
    never changed: engines may remember it for ever. Sets that no card has any more stay; they are
    small and hold nothing of anyone.
    """

    id = models.BigIntegerField(primary_key=True)
    visible_to = models.CharField(max_length=32)
    terms = models.JSONField()

    objects = FacetSetManager()

    def __str__(self) -> str:
        return f"{self.visible_to}: {self.terms}"

    @classmethod
    def of(cls, terms: Mapping[str, Sequence[str]], visible_to: str) -> "FacetSet":
        """The set of these terms (facet to sorted values), unsaved."""
        content = json.dumps([visible_to, terms], sort_keys=True, ensure_ascii=False)
        digest = hashlib.blake2b(content.encode(), digest_size=8).digest()
        # A positive signed 64-bit integer: 63 bits keep ten million sets apart but for one chance
        # in a hundred thousand.
        return cls(int.from_bytes(digest) >> 1, visible_to, dict(terms))


class CardQuerySet(models.QuerySet["Card"]):
    def upsert(self, cards: Iterable["Card"]) -> None:
        """Write these cards, replacing those of the same kind and key in one statement."""
        self.bulk_create(
            cards,
            update_conflicts=True,
            unique_fields=["kind", "key"],
            update_fields=[
                field.name
                for field in self.model._meta.concrete_fields
                if field.name not in ("id", "kind", "key")
            ],
        )


class Card(models.Model):
    """
    One searchable thing. Rooms write it by `cards.put`, never by itself.

    A full-text index over title, summary and body is kept by the database: see the migration
    `0002_full_text`. `language`, `group` and `state` stand here as well as in the set because hits
    show them, and PostgreSQL stems by language.
    """

    kind = models.CharField(max_length=32)
    key = models.CharField(max_length=64)
    url = models.TextField()
    language = models.CharField(max_length=12)
    group = models.CharField(max_length=32, blank=True)
    state = models.CharField(max_length=2, blank=True)
    date = models.DateTimeField(null=True, blank=True)
    updated = models.DateTimeField()
    # No index of its own: those below begin with it or contain it.
    facet_set = models.ForeignKey(FacetSet, models.PROTECT, db_index=False, related_name="+")
    # The long columns come last, so that reading the short ones does not pass over them.
    title = models.TextField()
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = _("search card")
        verbose_name_plural = _("search cards")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "key"], name="search_card_kind_key")
        ]
        indexes: ClassVar = [
            # Counts facets over the whole index: nothing but the groups is read.
            models.Index(fields=["facet_set", "id"], name="search_card_set"),
            # From a match to its set and date without reading the row, which carries the body:
            # halves the time of facets on SQLite, whose full-text index yields ids in order.
            models.Index(fields=["id", "facet_set", "date"], name="search_card_match"),
            # Newest first, without words: read in order until the page is full.
            models.Index(fields=["-date", "-id", "facet_set"], name="search_card_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.title}"
