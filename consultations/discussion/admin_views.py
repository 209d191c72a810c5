"""Comments as moderators see them in the Wagtail admin: the newest first, each a way to act."""

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

from consultations.discussion.models import Comment, Thread
from consultations.discussion.permissions import user_is_moderator


class CommentFilterSet(WagtailFilterSet):
    """Shown, hidden or removed; of one consultation."""

    state = django_filters.ChoiceFilter(
        label=_("Status"),
        choices=[
            ("shown", _("Shown")),
            ("hidden", _("Hidden")),
            ("removed", _("Removed by its author")),
        ],
        method="in_state",
        empty_label=_("All"),
    )
    thread = django_filters.ModelChoiceFilter(
        label=_("Consultation"),
        queryset=lambda request: Thread.objects.select_related("consultation"),
        empty_label=_("All"),
    )

    class Meta:
        model = Comment
        fields: ClassVar[list[str]] = []

    def in_state(self, queryset: QuerySet[Comment], name: str, value: str) -> QuerySet[Comment]:
        if value == "removed":
            return queryset.exclude(removed_on=None)
        return queryset.filter(removed_on=None, hidden_at__isnull=value == "shown")


class CommentsView(ReportView):
    """The listing. Hiding and restoring happen on the discussion's own pages."""

    page_title = _("Comments")
    header_icon = "comment"
    index_url_name = "moderate_comments"
    index_results_url_name = "moderate_comments_results"
    filterset_class = CommentFilterSet
    default_ordering = "-pk"
    columns: ClassVar = [
        TitleColumn(
            "beginning",
            label=_("Comment"),
            accessor=lambda comment: (
                _("Removed by its author")
                if comment.is_removed
                else Truncator(comment.body).chars(90)
            ),
            get_url=lambda comment: comment.get_absolute_url(),
        ),
        Column(
            "author",
            label=_("Author"),
            accessor=lambda comment: "" if comment.is_removed else comment.speaker,
        ),
        Column("thread", label=_("Consultation")),
        DateColumn("created_at", label=_("Posted")),
        TitleColumn(
            "act",
            label=_("Act"),
            accessor=lambda comment: (
                "" if comment.is_removed else _("Show again") if comment.is_hidden else _("Hide")
            ),
            get_url=lambda comment: (
                None
                if comment.is_removed
                else reverse(
                    "discussion:restore" if comment.is_hidden else "discussion:hide",
                    args=[comment.thread.consultation.slug, comment.pk],
                )
            ),
        ),
        Column("hidden", label=_("Reason"), accessor="get_hidden_reason_display"),
    ]
    list_export: ClassVar[list[str]] = []
    no_results_message = _("There are no comments.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not user_is_moderator(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[Comment]:
        return Comment.objects.select_related("thread__consultation")
