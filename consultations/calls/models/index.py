"""The list of consultations."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.calls import listing
from consultations.calls.models.consultation import ConsultationPage
from consultations.calls.models.in_several_languages import read
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

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        found = ConsultationPage.objects.readable().by_deadline()
        return {**context, **listing.context(read(found), request, timezone.now())}
