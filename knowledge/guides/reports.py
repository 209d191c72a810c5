"""The staff report of guides whose review is due or will be soon."""

from datetime import timedelta
from typing import Any, ClassVar

import django_filters
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import page_permission_policy

from knowledge.guides.models import GuidePage
from knowledge.guides.permissions import SEES_REVIEWS
from knowledge.guides.queries import GuideQuerySet

HORIZON = timedelta(days=90)


class DueFilterSet(WagtailFilterSet):
    """All that is due within the horizon, or only what is overdue."""

    due = django_filters.ChoiceFilter(
        label=_("Review"),
        choices=[("overdue", _("Overdue"))],
        method="only_overdue",
        empty_label=_("Due within 90 days"),
    )

    class Meta:
        model = GuidePage
        fields: ClassVar[list[str]] = []

    def only_overdue(self, queryset: GuideQuerySet, name: str, value: str) -> GuideQuerySet:
        return queryset.due_for_review(timezone.localdate() - timedelta(days=1))


class GuidesDueView(ReportView):
    """Guides due for review, the oldest date first; also as a spreadsheet."""

    page_title = _("Guides due for review")
    header_icon = "calendar-check"
    index_url_name = "guides_due"
    index_results_url_name = "guides_due_results"
    permission_policy = page_permission_policy
    any_permission_required: ClassVar = SEES_REVIEWS
    filterset_class = DueFilterSet
    default_ordering = None
    columns: ClassVar = [
        TitleColumn(
            "title",
            label=_("Title"),
            get_url=lambda guide: reverse("wagtailadmin_pages:edit", args=[guide.pk]),
        ),
        Column("owner_unit", label=_("Owner")),
        DateColumn("review_due", label=_("Next review")),
    ]
    list_export: ClassVar = ["title", "owner_unit", "reviewed_on", "review_due", "full_url"]
    export_headings: ClassVar = {"full_url": _("Address")}
    no_results_message = _("No guide is due for review.")

    def get_base_queryset(self) -> Any:
        return GuidePage.objects.due_for_review(timezone.localdate() + HORIZON)
