"""
Cards, one row for each searchable thing, and the sets of facets that cards share.

Many cards carry the very same facets: all comments of one consultation by one group in one
language. So a card points at a set instead of holding a row a facet: writing a card costs two
statements whatever its facets, and counting them all is one `GROUP BY` on one integer.
"""

# ruff: noqa: S608 - statements are put together from constants alone; every value is a parameter

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

# A card is written with every comment, so its two statements are plain: through `bulk_create` they
# take three times as long.
ENSURE_SET = """
    INSERT INTO search_facetset (id, visible_to, terms) VALUES (%s, %s, %s)
    ON CONFLICT (id) DO NOTHING
"""
MOMENTS = ("entered", "date")
WRITTEN = (
    *("kind", "key", "entered", "url", "language", "group", "state"),
    *("openness", "date", "facet_set_id", "context", "title", "summary", "body", "stems"),
    "headings",
)
# What a card says; what names it stays as it was when it is written again.
SAID = WRITTEN[3:]
UPSERT_CARD = f"""
    INSERT INTO search_card ({", ".join(f'"{name}"' for name in WRITTEN)})
    VALUES ({", ".join(["%s"] * len(WRITTEN))})
    ON CONFLICT (kind, key) DO UPDATE
    SET "entered" = CASE WHEN excluded."openness" > search_card."openness"
            THEN excluded."entered" ELSE search_card."entered" END,
        {", ".join(f'"{name}" = excluded."{name}"' for name in SAID)}
"""


class FacetSetManager(models.Manager["FacetSet"]):
    def ensure(self, sets: Iterable["FacetSet"]) -> None:
        """Have these sets in the database; those already there are left alone."""
        rows = {one.pk: (one.pk, one.visible_to, json.dumps(one.terms)) for one in sets}
        with connection.cursor() as cursor:
            cursor.executemany(ENSURE_SET, list(rows.values()))


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
        """Return the set of these terms (facet to sorted values), unsaved."""
        content = json.dumps([visible_to, terms], sort_keys=True, ensure_ascii=False)
        digest = hashlib.blake2b(content.encode(), digest_size=8).digest()
        # A positive signed 64-bit integer: 63 bits keep ten million sets apart but for one chance
        # in a hundred thousand.
        return cls(int.from_bytes(digest) >> 1, visible_to, dict(terms))


class CardManager(models.Manager["Card"]):
    def upsert(self, cards: Iterable["Card"]) -> None:
        """Write these cards, each replacing the one of its kind and key."""
        adapt = connection.ops.adapt_datetimefield_value
        with connection.cursor() as cursor:
            cursor.executemany(
                UPSERT_CARD,
                [
                    [
                        adapt(getattr(card, name)) if name in MOMENTS else getattr(card, name)
                        for name in WRITTEN
                    ]
                    for card in cards
                ],
            )


class Card(models.Model):
    """
    One searchable thing. Rooms write it by `cards.put`, never by itself.

    A full-text index over title, summary and body is kept by the database: see the migrations
    `0002_full_text`, `0004_stems` and `0005_completion_and_spelling`. `language`, `group` and
    `state` stand here as well as in the set because hits show them, and PostgreSQL stems by
    language.
    """

    kind = models.CharField(max_length=32)
    key = models.CharField(max_length=64)
    url = models.TextField()
    language = models.CharField(max_length=12)
    group = models.CharField(max_length=32, blank=True)
    state = models.CharField(max_length=2, blank=True)
    date = models.DateTimeField(null=True, blank=True)
    # When it came into the index or, since then, became more open: what saved searches call new.
    entered = models.DateTimeField()
    # Grows as the thing is opened, to everybody or to their answers (`cards.py`).
    openness = models.SmallIntegerField(db_default=0)
    # No index of its own: those below begin with it or contain it.
    facet_set = models.ForeignKey(FacetSet, models.PROTECT, db_index=False, related_name="+")
    # The long columns come last, so that reading the short ones does not pass over them.
    context = models.TextField(blank=True)
    title = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    # The stems of its words where the database cannot make them itself: see `stemming.py`.
    stems = models.TextField(blank=True)
    # Title and summary in languages that it is not in, as JSON: `{"fr": ["Titre", "Résumé"]}`.
    headings = models.TextField(blank=True, db_default="")

    objects = CardManager()

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


class OutboxQuerySet(models.QuerySet["OutboxRow"]):
    def due(self, now: datetime) -> "OutboxQuerySet":
        """Return those to be tried now, the oldest first."""
        return self.filter(failed=False, due_at__lte=now).order_by("id")


class OutboxRow(models.Model):
    """
    A card that Elasticsearch has yet to hear of: written, changed or taken out.

    Added after the card in the same transaction, and only where Elasticsearch is in use. It says
    which card, never what: whoever delivers it reads the card as it is by then. Ids grow in the
    order in which one card's changes are committed, so they serve as versions there.
    """

    kind = models.CharField(max_length=32)
    key = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    # Tried for the last time: Elasticsearch refuses the card itself. `error` names the class of
    # refusal and quotes nothing of the card.
    failed = models.BooleanField(default=False)
    error = models.CharField(max_length=100, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("change waiting for Elasticsearch")
        verbose_name_plural = _("changes waiting for Elasticsearch")
        indexes: ClassVar = [
            models.Index(fields=["failed", "due_at", "id"], name="search_outbox_due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Word(models.Model):
    """
    A word that public cards use, and how many of them: what a misspelt word may have meant.

    Counted now and then from public cards alone (`vocabulary/statistics.py`). A suggestion is shown
    only where a search for it finds something for the asker, so a word that has left the index is
    not told.
    """

    word = models.CharField(max_length=40, unique=True)
    cards = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("word of the index")
        verbose_name_plural = _("words of the index")

    def __str__(self) -> str:
        return self.word


class WordCount(models.Model):
    """The one row that says on which day (UTC) words were last counted."""

    on = models.DateField()

    def __str__(self) -> str:
        return str(self.on)
