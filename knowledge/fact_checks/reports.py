"""The staff report of all rounds of checking facts."""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import page_permission_policy

from knowledge.fact_checks.models import FactCheck
from knowledge.fact_checks.permissions import HAS_FACTS_CHECKED


class FactChecksView(ReportView):
    """All rounds, the newest first; also as a spreadsheet, without the experts."""

    page_title = _("Fact checks")
    header_icon = "tick-inverse"
    index_url_name = "fact_checks"
    index_results_url_name = "fact_checks_results"
    permission_policy = page_permission_policy
    any_permission_required: ClassVar = HAS_FACTS_CHECKED
    default_ordering = None
    columns: ClassVar = [
        TitleColumn(
            "title",
            label=_("Title of the round"),
            get_url=lambda check: reverse("fact_check", args=[check.pk]),
        ),
        Column("guide", label=_("Guide"), accessor="guide.title"),
        DateColumn("deadline", label=_("Deadline")),
        DateColumn("closed_on", label=_("Closed")),
    ]
    list_export: ClassVar = ["title", "guide.title", "opened_on", "deadline", "closed_on"]
    no_results_message = _("No facts are being checked.")

    def get_base_queryset(self) -> Any:
        return FactCheck.objects.select_related("guide").defer("sections", "guide__body")
