"""Serving a guide with few queries: what routing has asked for is not asked for again."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet


class AskedOnce:
    """
    The part of a guide that remembers what its routing has read.

    `routed_below` are the pages above it, from the home page on; `has_<name>` says whether there
    are rows of a relation, or a part of the page (`GuideQuerySet.with_what_it_carries`).
    """

    routed_below: Sequence[Page] = ()

    def carries(self, name: str) -> bool:
        """Say whether it may have rows of a relation: False only where that was asked."""
        return bool(getattr(self, f"has_{name}", True))

    def rows(self, name: str, *related: str) -> list[Any]:
        """Return the rows of a relation with what they lead to; no query where it has none."""
        if not self.carries(name):
            return []
        found = getattr(self, name)
        return list(found.select_related(*related) if related else found.all())

    def ancestors_shown(self) -> PageQuerySet | Sequence[Page]:
        """Return the pages above it; no query where it was routed to."""
        if get_language() == self.original_language and self.routed_below:  # type: ignore[attr-defined]
            return self.routed_below
        return super().ancestors_shown()  # type: ignore[misc]

    def get_view_restrictions(self) -> Any:
        """Return the restrictions of it and of the pages above; no query where it has none."""
        above = self.routed_below
        is_known = above and not any(each.alias_of_id for each in (self, *above))  # type: ignore[attr-defined]
        if is_known and not self.carries("restrictions"):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()  # type: ignore[misc]
