"""The consultations as Wagtail's list of pages shows them: phase, deadline, what came in."""

from typing import Any, ClassVar

import django_filters
from django.db.models import Case, Count, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import ExplorableIndexView, PageFilterSet, PageListingMixin
from wagtail.admin.views.pages.usage import ContentTypeUseView
from wagtail.admin.viewsets.pages import PageViewSet

from consultations.calls import zones
from consultations.calls.models import ConsultationPage
from consultations.calls.phases import Phase, in_phase
from consultations.discussion.models import Comment
from consultations.responses.models import Response, Status
from portal.web.admin_menu import page_columns

# Of Wagtail's own columns those that stay before ours and after them.
FIRST = ("bulk_actions", "title")
LAST = ("latest_revision_created_at", "status")


class ConsultationFilterSet(PageFilterSet):
    """Wagtail's filters of pages, and the phase."""

    phase = django_filters.ChoiceFilter(
        label=_("Phase"), choices=Phase.choices, method="published_in_phase", empty_label=_("All")
    )

    class Meta:
        model = ConsultationPage
        fields: ClassVar[list[str]] = []

    def published_in_phase(self, queryset: Any, name: str, value: str) -> Any:
        # By key: the search takes no other conditions on fields that it does not index.
        found = ConsultationPage.objects.live().in_phase(Phase(value), timezone.now())
        return queryset.filter(pk__in=found.values("pk"))


def phase_of_row(page: ConsultationPage) -> Any:
    """Return where a consultation stands, as its column shows it."""
    # Translators: a consultation.
    return page.phase().label if page.live else _("Not published")


def deadline_of_row(page: ConsultationPage) -> str:
    """Return the last minute that is in time, in the consultation's own zone."""
    if page.closes_at is None:
        return "–"
    shown = date_format(zones.last_minute(page.closes_at, page.timezone), "DATETIME_FORMAT")
    return f"{shown} {page.timezone.replace('_', ' ')}"


COLUMNS = [
    *page_columns(*FIRST),
    Column("phase", label=_("Phase"), accessor=phase_of_row, sort_key="phase_rank"),
    Column("deadline", label=_("Deadline"), accessor=deadline_of_row, sort_key="closes_at"),
    Column("responses", label=_("Responses"), accessor="response_count", sort_key="response_count"),
    Column("comments", label=_("Comments"), accessor="comment_count", sort_key="comment_count"),
    *page_columns(*LAST),
]


class ConsultationColumns:
    """A list of pages that counts what came in, in the query that it makes anyhow."""

    base_columns = COLUMNS
    base_filterset_class = ConsultationFilterSet

    def get_valid_orderings(self) -> list[str]:
        """Return what may be ordered by; while searching only what the search can order by."""
        valid = super().get_valid_orderings()  # type: ignore[misc]
        if not self.is_searching:  # type: ignore[attr-defined]
            return valid
        ours = {column.sort_key for column in COLUMNS} - {
            column.sort_key for column in PageListingMixin.base_columns
        }
        return [each for each in valid if each.removeprefix("-") not in ours]

    def annotate_queryset(self, pages: Any) -> Any:
        """Add the phase as a number, and the counts: what was withdrawn or hidden is in none."""
        at = timezone.now()
        responses = Response.objects.exclude(status=Status.WITHDRAWN)
        whens = [
            When(in_phase(phase, at), live=True, then=Value(number))
            for number, phase in enumerate(Phase)
        ]
        return (
            super()  # type: ignore[misc]
            .annotate_queryset(pages)
            .annotate(
                phase_rank=Case(*whens, default=Value(len(whens)), output_field=IntegerField()),
                response_count=_number(responses, "consultation"),
                comment_count=_number(Comment.objects.shown(), "thread__consultation"),
            )
        )


def _number(rows: QuerySet, consultation: str) -> Coalesce:
    found = rows.filter(**{consultation: OuterRef("pk")}).order_by().values(consultation)
    return Coalesce(Subquery(found.annotate(n=Count("pk")).values("n")), 0)


class ConsultationsView(ConsultationColumns, ExplorableIndexView):
    default_ordering = "-closes_at"


class AllConsultationsView(ConsultationColumns, ContentTypeUseView):
    pass


class ConsultationViewSet(PageViewSet):
    model = ConsultationPage
    index_view_class = ConsultationsView
    content_type_use_view_class = AllConsultationsView
    filterset_class = ConsultationFilterSet
