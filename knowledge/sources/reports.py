"""The staff report of links of sources: which do not answer, and which were moved."""

from typing import Any, ClassVar

import django_filters
from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from knowledge.sources.models import SourceLink
from knowledge.sources.permissions import POLICY, SEES_LINKS
from knowledge.sources.presenters import standing_of
from knowledge.sources.queries import SourceLinkQuerySet


class LinkFilterSet(WagtailFilterSet):
    """All of which there is something to do, or only what readers are told of, or was moved."""

    standing = django_filters.ChoiceFilter(
        label=_("How it answers"),
        choices=[
            ("silent", _("Readers are told that it does not answer")),
            ("moved", _("It was moved for good")),
        ],
        method="only",
        empty_label=_("All that need a look"),
    )

    class Meta:
        model = SourceLink
        fields: ClassVar[list[str]] = []

    def only(self, queryset: SourceLinkQuerySet, name: str, value: str) -> Any:
        return queryset.silent() if value == "silent" else queryset.exclude(moved_to="")


class LinksView(ReportView):
    """Links that need a look, those that failed longest first; also as a spreadsheet."""

    page_title = _("Links of sources")
    header_icon = "link"
    index_url_name = "source_links"
    index_results_url_name = "source_links_results"
    permission_policy = POLICY
    any_permission_required: ClassVar = SEES_LINKS
    filterset_class = LinkFilterSet
    default_ordering = None
    columns: ClassVar = [
        TitleColumn(
            "source",
            label=_("Source"),
            accessor="source.name",
            get_url=lambda link: reverse(
                "wagtailsnippets_sources_source:edit", args=[link.source_id]
            ),
        ),
        Column("address", label=_("Address")),
        Column("standing", label=_("How it answers"), accessor=standing_of),
        DateColumn("checked_on", label=pgettext_lazy("a link", "Checked")),
    ]
    list_export: ClassVar = [
        *("source.name", "address", "failures", "failing_since", "moved_to", "checked_on"),
    ]
    export_headings: ClassVar = {"source.name": _("Source")}

    @property
    def no_results_message(self) -> Any:
        if settings.CHECK_LINKS:
            return _("Every address that was asked answers.")
        return _("This installation asks no addresses: CHECK_LINKS is off.")

    def get_base_queryset(self) -> Any:
        found = SourceLink.objects.telling().select_related("source")
        return found.order_by(F("failing_since").asc(nulls_last=True), "pk")
