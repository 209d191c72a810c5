"""Appeals as moderators see them in the Wagtail admin, each with the way to decide it."""

from typing import Any, ClassVar

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from consultations.discussion.models import Appeal
from consultations.discussion.permissions import user_is_moderator


class AppealFilterSet(WagtailFilterSet):
    """Waiting, or decided."""

    state = django_filters.ChoiceFilter(
        label=_("Status"),
        # Translators: appeals that nobody has decided yet.
        choices=[("waiting", _("Waiting")), ("decided", _("Decided"))],
        method="in_state",
        empty_label=_("All"),
    )

    class Meta:
        model = Appeal
        fields: ClassVar[list[str]] = []

    def in_state(self, queryset: QuerySet[Appeal], name: str, value: str) -> QuerySet[Appeal]:
        return queryset.filter(decision__isnull=value == "waiting")


class AppealsView(ReportView):
    """The listing of appeals, each with the way to decide it for those who may."""

    page_title = _("Appeals")
    header_icon = "comment"
    index_url_name = "moderate_appeals"
    index_results_url_name = "moderate_appeals_results"
    filterset_class = AppealFilterSet
    default_ordering = "-pk"
    columns: ClassVar = [
        TitleColumn(
            "beginning",
            label=_("Appeal"),
            accessor=lambda appeal: Truncator(appeal.text).chars(90) or _("Erased"),
            get_url=lambda appeal: reverse(
                "discussion:decide_appeal",
                args=[appeal.act.comment.thread.consultation.slug, appeal.pk],
            ),
        ),
        Column("reason", label=_("Hidden for"), accessor="act.get_reason_display"),
        Column("consultation", label=_("Consultation"), accessor="act.comment.thread"),
        # Translators: a column: the day on which an appeal was made.
        DateColumn("made_at", label=_("Made")),
        Column("hidden_by", label=_("Hidden by"), accessor="act.moderator"),
        Column(
            "decision",
            label=_("Decision"),
            accessor=lambda appeal: (
                _("Waiting")
                if appeal.is_open
                else _("Shown again")
                if appeal.is_granted
                else _("Stays hidden")
            ),
        ),
    ]
    list_export: ClassVar[list[str]] = []
    no_results_message = _("There are no appeals.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not user_is_moderator(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[Appeal]:
        return Appeal.objects.select_related(
            "act__comment__thread__consultation", "act__moderator", "decision"
        )
