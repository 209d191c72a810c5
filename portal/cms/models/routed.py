"""A page that was found by its address, and need not ask again for what was read on the way."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from wagtail.models import Page, PageViewRestriction


class Routed(Page):
    """
    The part of every page type that remembers how its address was followed.

    `routed_below` are the pages above it, from the home page on. `has_<name>` is set where the
    query that found the page asked for something about it: whether there are rows of a relation,
    or "restrictions" of it or of a page above (`restricted.is_restricted`).
    """

    routed_below: Sequence[Page] = ()

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """
        Lead to this page, or to the one below it, which then knows the pages above.

        Of a page that is only passed by, Wagtail's own columns are read: one query less for each.
        """
        if not path_components:
            return super().route(request, path_components)
        slug, *further = path_components
        below = self.get_children().filter(slug=slug).first()
        if below is None:
            raise Http404
        below._cached_parent_obj = self  # Wagtail's own way to remember it
        page = below.specific_deferred if further else below.specific
        page.routed_below = [*self.routed_below, self]
        return page.route(request, further)

    @property
    def is_way_known(self) -> bool:
        """Say whether `routed_below` are all pages above it; a home page has none."""
        return len(self.routed_below) == (self.depth or 0) - 2

    def carries(self, name: str) -> bool:
        """Say whether it may have rows of a relation: False only where that was asked."""
        return bool(getattr(self, f"has_{name}", True))

    def get_view_restrictions(self) -> QuerySet:
        """
        Return the restrictions of it and of the pages above.

        One query where it was routed to, and none where it was asked that there are none.
        """
        # An alias has those of the page that it stands for, wherever that is.
        if not self.is_way_known or any(each.alias_of_id for each in (self, *self.routed_below)):
            return super().get_view_restrictions()
        if not self.carries("restrictions"):
            return PageViewRestriction.objects.none()
        ends = range(self.steplen, len(self.path) + 1, self.steplen)
        return PageViewRestriction.objects.filter(page__path__in=[self.path[:end] for end in ends])
