"""What editors add to search, and what people looked for and did not find."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from portal.keys import RandomKeyField

# Of a group of synonyms; what a search is expanded to stays small by them
# (portal/search/analysis/synonym_expansion.py).
MOST_ENTRIES = 12
LONGEST_ENTRY = 60
MOST_WORDS = 6

# Of a search that is counted (portal/curation/query_privacy.py).
LONGEST_SEARCH = 60

# Every search asks this, so it is plain: put together by the query set it takes four times as long.
HAVING = """
    SELECT words FROM curation_synonymgroup WHERE id IN
    (SELECT group_id FROM curation_synonymentry WHERE key IN ({}))
"""


class SynonymGroupQuerySet(models.QuerySet["SynonymGroup"]):
    def having(self, keys: Collection[str]) -> list[list[str]]:
        """
        Return the entries of every group that has one of these keys (`normalisation.key_of`).

        One statement: it looks the keys up, so it takes as long with a thousand groups as with
        ten, and nothing is remembered that another process could have changed.
        """
        if not keys:
            return []
        with connection.cursor() as cursor:
            cursor.execute(HAVING.format(", ".join(["%s"] * len(keys))), list(keys))
            return [words.splitlines() for (words,) in cursor.fetchall()]


class SynonymGroup(models.Model):
    """Words and phrases that mean the same in search, one a line; written by `save_synonyms`."""

    words = models.TextField(_("words and phrases"))

    objects = SynonymGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("groups of synonyms")
        ordering = ("words",)

    def __str__(self) -> str:
        return ", ".join(self.words.splitlines())


class SynonymEntry(models.Model):
    """By which word a group is found. A word stands in one group only, or it would mean two."""

    group = models.ForeignKey(SynonymGroup, on_delete=models.CASCADE, related_name="entries")
    # Decomposed, an entry may be longer than it was.
    key = models.CharField(max_length=LONGEST_ENTRY * 3, unique=True)

    def __str__(self) -> str:
        return self.key


class MissedSearchQuerySet(models.QuerySet["MissedSearch"]):
    def told(self) -> models.QuerySet[Any, dict[str, Any]]:
        """
        Return what several people seem to have missed, the most often searched first.

        Dictionaries of `text`, `language`, `times` and `last_day`.
        """
        return (
            self.values("digest", "language")
            .annotate(
                text=models.Max("words"),  # some days' rows may be without
                times=models.Sum("count"),
                last_day=models.Max("day"),
            )
            .exclude(text="")
            .order_by("-times", "text", "language")
        )

    def before(self, day: date) -> "MissedSearchQuerySet":
        """Return those counted on an earlier day (UTC)."""
        return self.filter(day__lt=day)


class MissedSearch(models.Model):
    """
    A count of how often a text was searched in vain on one day (UTC). Nothing says by whom or when.

    A search made once may be somebody's name typed into the wrong box. So until it was made on two
    days or three times, not even the database knows it: a keyed hash is kept in its place.
    """

    id = RandomKeyField()
    day = models.DateField()
    digest = models.CharField(max_length=64)
    words = models.CharField(max_length=LONGEST_SEARCH, blank=True)
    language = models.CharField(max_length=16)
    count = models.PositiveIntegerField(default=1)

    objects = MissedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("missed search")
        verbose_name_plural = _("missed searches")
        constraints = (
            models.UniqueConstraint(
                fields=("day", "digest", "language"), name="one_count_a_day_and_text"
            ),
        )

    def __str__(self) -> str:
        return self.words or "…"
