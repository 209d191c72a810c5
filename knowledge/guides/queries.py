"""How guides are read."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db import models
from django.db.models import (
    Aggregate,
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    When,
)
from django.db.models.functions import Cast, JSONObject
from django.utils.translation import get_language
from wagtail.models import PageQuerySet

from knowledge.guides import parts, related
from portal.cms.models.in_every_language import one_of_each
from portal.cms.models.restricted import is_restricted
from portal.search.query import Hit
from portal.stakeholders.models import State

# The key of the end of a guide that should never have been published (`models.end`).
ERROR = "error"
# What a guide has in rows of their own: few guides have all of them.
CARRIED = ("documents",)
# Of these the rows themselves come with the guide: few columns, few rows.
BROUGHT = {
    "changes": ("pk", "changed_on", "note"),
    "entries": ("pk", "sort_order", "entry__pk", "entry__number", "entry__key", "entry__title"),
    "influences": ("pk", "sort_order", "consultation", "part", "what"),
    "institution_reviews": ("pk", "sort_order", "institution", "reviewed_on", "address"),
    "published_versions": ("pk", "number", "published_at", "note", "is_minor"),
    "state_uses": (
        *("pk", "sort_order", "state__iso2", "year", "what", "address"),
        *("source__key", "source__short_name", "source__title"),
    ),
    "titles": ("pk", "sort_order", "language", "title", "summary"),
}


class RowsAsJson(Aggregate):
    """Rows as one list of JSON, in no order."""

    function = "JSON_GROUP_ARRAY"
    output_field = models.JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_AGG", **context)


class GuideQuerySet(PageQuerySet):
    def live_and_public(self) -> "GuideQuerySet":
        """Published guides that anyone may read: neither they nor a page above is restricted."""
        return self.live().open_to_all()

    def open_to_all(self) -> "GuideQuerySet":
        """Guides that are not restricted, and stand under no page that is."""
        return self.exclude(is_restricted())

    def due_for_review(self, on: date) -> "GuideQuerySet":
        """Published guides whose next review falls on or before the day `on`, the oldest first."""
        return self.live().filter(review_due__lte=on).order_by("review_due", "title")

    def about_state(self, state: State) -> "GuideQuerySet":
        """Guides to the state's own law or practice, by title."""
        return self.filter(state=state).order_by("title")

    def shown(self) -> "GuideQuerySet":
        """Guides that anyone may read; of one and its translations the one for the reader."""
        return one_of_each(self.live_and_public())

    def newest_reviewed(self) -> "GuideQuerySet":
        """Order those shown: the reader's language first, then the most recently reviewed."""
        is_foreign = Case(When(content_language=get_language() or "", then=0), default=1)
        return self.order_by(is_foreign, "-reviewed_on", "-pk")

    def under_commitment(self, commitment: str) -> "GuideQuerySet":
        """Guides tagged with a commitment, by its key."""
        # JSON's own `contains` is not for SQLite; a quoted key in the text is as exact.
        stored = Cast("commitments", models.TextField())
        return self.annotate(stored=stored).filter(stored__contains=f'"{commitment}"')

    def found(self, hits: Sequence[Hit]) -> list[tuple[Hit, Any]]:
        """Return the guides that a search found, each with its hit, in the order of the hits."""
        guides = self.live().without_text().in_bulk([int(hit.key) for hit in hits])
        return [(hit, guides[int(hit.key)]) for hit in hits if int(hit.key) in guides]

    def related_to(self, guide: Any) -> list[Any]:
        """Published guides that anyone may read and that read like this one, the best first."""
        return related.in_readers_language(_in_lists(self.model), guide) if guide.pk else []

    def in_another_tree(self) -> "GuideQuerySet":
        """Guides that stand under the guides of another language than their own, by title."""
        return self.exclude(content_language=F("locale__language_code")).order_by("title")

    def with_address(self, slug: str, index: Any) -> "GuideQuerySet":
        """Guides with an address: the one below an index first, then what is published."""
        is_own = Case(When(path__startswith=index.path, then=0), default=1)
        return self.filter(slug=slug).order_by(is_own, "-live", "path")

    def with_what_it_carries(self) -> "GuideQuerySet":
        """Bring each guide with what it has rows of (`has_<name>`): the rest is not asked for."""
        asked: dict[str, Exists | Subquery] = {"restrictions": is_restricted(), **parts.asked()}
        asked |= {name: Exists(self._rows(name)) for name in CARRIED}
        same = self.model.objects.live().filter(translation_key=OuterRef("translation_key"))
        asked["other_languages"] = Exists(same.exclude(pk=OuterRef("pk")))
        asked |= {name: self._brought(name) for name in BROUGHT}
        return self.annotate(**{f"has_{name}": each for name, each in asked.items()})

    def _rows(self, name: str) -> Any:
        rows = self.model._meta.get_field(name).related_model
        return rows.objects.filter(guide=OuterRef("pk"))

    def with_titles(self) -> "GuideQuerySet":
        """Bring each guide with its title and summary in every language, in the same query."""
        return self.annotate(has_titles=self._brought("titles"))

    def _brought(self, name: str) -> Subquery:
        rows = self._rows(name).order_by().values("guide")
        told = RowsAsJson(JSONObject(**{each: each for each in BROUGHT[name]}))
        return Subquery(rows.annotate(told=told).values("told"))

    def with_text_shown(self) -> "GuideQuerySet":
        """Guides whose texts anyone may read: published, or ended for any reason but an error."""
        is_kept = Q(live=False, end__isnull=False) & ~Q(end__kind=ERROR)
        return self.open_to_all().filter(Q(live=True) | is_kept)

    def without_text(self) -> "GuideQuerySet":
        """Leave the long columns in the database and bring the titles, for lists."""
        return self.with_titles().defer("body", "further_sources")


@cache
def _in_lists(guides: Any) -> GuideQuerySet:
    """Return guides that anyone may read, for lists: to put the question together takes a while."""
    found: GuideQuerySet = guides.objects.live_and_public().without_text()
    return found
