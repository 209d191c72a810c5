"""The list of consultations."""

from functools import cache
from typing import Any, ClassVar

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.calls import listing
from consultations.calls.models.consultation import ConsultationPage
from consultations.calls.models.in_several_languages import read
from consultations.calls.models.queries import ConsultationQuerySet
from portal.cms.models import BasePage


class ConsultationIndexPage(BasePage):
    """All consultations, by where they stand: the same ones in every language."""

    fixed_slug: ClassVar = "consultations"
    is_assembled: ClassVar[bool] = True
    template = "consultations/calls/index.html"
    page_description = _("All consultations, by where they stand. One in each language.")
    parent_page_types: ClassVar = ["cms.HomePage"]
    subpage_types: ClassVar = ["calls.ConsultationPage"]
    private_page_options: ClassVar[list[str]] = []  # to consult is to ask the public
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of consultations")
        verbose_name_plural = _("lists of consultations")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find a consultation in one query, for nothing else stands below; raises Http404."""
        if not path_components:
            return super().route(request, path_components)
        slug, *further = path_components
        page = _with_what_they_carry().child_of(self).filter(slug=slug).first()
        if page is None:
            raise Http404
        page.routed_below = [*self.routed_below, self]
        return page.route(request, further)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        found = ConsultationPage.objects.readable().by_deadline()
        return {**context, **listing.context(read(found), request, timezone.now())}


@cache
def _with_what_they_carry() -> ConsultationQuerySet:
    """Return all, asked what a consultation's page needs: to put that together takes a while."""
    found: ConsultationQuerySet = ConsultationPage.objects.with_what_it_carries()
    return found
