"""The guide index, one for each language."""

from contextlib import suppress
from functools import cache
from typing import Any, ClassVar

from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.url_routing import RouteResult

from knowledge.guides import readers
from knowledge.guides.facets import BROWSED
from knowledge.guides.models.guide import GuidePage
from knowledge.guides.queries import GuideQuerySet
from portal.cms.models import BasePage
from portal.cms.models.base import SEARCH_ENGINE_PANEL
from portal.search.listing import Listing


class GuideIndexPage(BasePage):
    """`/guides/`, one for each language: every guide, narrowed by facets in the query string."""

    fixed_slug: ClassVar[str | None] = "guides"

    is_assembled: ClassVar[bool] = True
    template = "knowledge/guides/index.html"
    max_count_per_parent = 1
    page_description = _("All guides, to be narrowed by subject. One in each language.")
    parent_page_types: ClassVar = ["cms.HomePage"]
    subpage_types: ClassVar = ["guides.GuidePage"]
    promote_panels: ClassVar = [SEARCH_ENGINE_PANEL]

    class Meta:
        verbose_name = _("guide index")
        verbose_name_plural = _("guide indexes")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """
        Find a guide in one query, for nothing else stands below: its own, or another language's.

        Raises Http404 where no language has it.
        """
        if not path_components:
            return super().route(request, path_components)
        slug, *further = path_components
        for guide in _with_what_they_carry().with_address(slug, self):
            if guide.path.startswith(self.path):
                guide.routed_below = [*self.routed_below, self]
            with suppress(Http404):
                return guide.route(request, further)
        raise Http404

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the answer to the query string; raises Http404 for a page beyond the end."""
        context = super().get_context(request, *args, **kwargs)
        listing = Listing.of(
            request,
            facets=[vocabulary.key for vocabulary in BROWSED],
            fixed={"kind": ["guide"], **readers.shown_to_reader(request.GET)},
            first_language=get_language() or "",
        )
        found = GuidePage.objects.found(listing.hits)
        context.update(
            listing=listing, entries=[guide.entry(hit.title, hit.summary) for hit, guide in found]
        )
        return context


@cache
def _with_what_they_carry() -> GuideQuerySet:
    """Return all guides, asked what a guide's page needs: to put that together takes a while."""
    guides: GuideQuerySet = GuidePage.objects.with_what_it_carries()
    return guides.select_related("state", "unit")


def guides_at(slug: str) -> GuideQuerySet:
    """Return the guides that the address in the reader's language may mean, its own first."""
    index = GuideIndexPage.objects.filter(locale__language_code=get_language()).first()
    guides: GuideQuerySet = GuidePage.objects.all()
    return guides.with_address(slug, index).with_titles() if index else guides.none()
