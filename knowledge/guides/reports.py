"""The staff report of guides whose review is due or will be soon."""

from datetime import timedelta
from typing import Any, ClassVar

import django_filters
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import page_permission_policy

from knowledge.guides.models import GuidePage, Owner, StillTrue
from knowledge.guides.permissions import SEES_REVIEWS
from knowledge.guides.queries import GuideQuerySet

HORIZON = timedelta(days=90)


class DueFilterSet(WagtailFilterSet):
    """All that is due within the horizon, or only what is overdue; by owner, and by day."""

    due = django_filters.ChoiceFilter(
        label=_("Review"),
        choices=[("overdue", _("Overdue"))],
        method="only_overdue",
        empty_label=_("Due within 90 days"),
    )
    unit = django_filters.ModelChoiceFilter(
        label=_("Owner"), queryset=Owner.objects.all(), empty_label=_("All")
    )
    review_due = django_filters.DateFromToRangeFilter(
        label=_("Next review"), widget=DateRangePickerWidget
    )

    class Meta:
        model = GuidePage
        fields: ClassVar[list[str]] = []

    def only_overdue(self, queryset: GuideQuerySet, name: str, value: str) -> GuideQuerySet:
        return queryset.filter(review_due__lt=timezone.localdate())


def mailbox_of(guide: GuidePage) -> str:
    """Say whether reminders reach the owner of a guide."""
    is_reached = guide.unit and guide.unit.is_verified
    return pgettext("a mailbox", "Verified") if is_reached else __("Not verified")


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
            get_url=lambda guide: reverse("still_true", args=[guide.pk]),
        ),
        Column("owner_unit", label=_("Owner")),
        Column("mailbox", label=_("Mailbox"), accessor=mailbox_of),
        DateColumn("reviewed_on", label=_("Last reviewed")),
        DateColumn("review_due", label=_("Next review")),
        Column("waits_for", label=_("Found still true by")),
    ]
    list_export: ClassVar = [
        *("title", "owner_unit", "unit.is_verified", "reviewed_on", "review_due"),
        *("waits_for", "full_url"),
    ]
    export_headings: ClassVar = {
        "owner_unit": _("Owner"),
        "unit.is_verified": _("Mailbox verified"),
        "waits_for": _("Found still true by"),
        "full_url": _("Address"),
    }
    no_results_message = _("No guide is due for review.")

    def get_base_queryset(self) -> Any:
        waiting = StillTrue.objects.filter(guide=OuterRef("pk"), decided_at__isnull=True)
        return (
            GuidePage.objects.due_for_review(timezone.localdate() + HORIZON)
            .select_related("unit")
            .annotate(waits_for=Subquery(waiting.values("asked_by__name")[:1]))
        )
