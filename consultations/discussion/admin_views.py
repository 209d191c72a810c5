"""Comments and appeals as moderators see them in the Wagtail admin, each with a way to act."""

from typing import Any, ClassVar

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from consultations.discussion.models import Appeal, Comment, Thread
from consultations.discussion.permissions import user_is_moderator, user_is_official
from consultations.discussion.views.dashboard import answer_href


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


class AppealFilterSet(WagtailFilterSet):
    """Waiting, or decided."""

    state = django_filters.ChoiceFilter(
        label=_("Status"),
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


class ToAnswerView(ReportView):
    """
    The listing of what waits for an answer of an official's body, the oldest first.

    Answers are given on the discussion's own pages.
    """

    page_title = _("Comments to answer")
    header_icon = "comment"
    index_url_name = "comments_to_answer"
    index_results_url_name = "comments_to_answer_results"
    default_ordering = None
    paginate_by = 50
    columns: ClassVar = [
        TitleColumn(
            "beginning",
            label=_("Comment"),
            accessor=lambda comment: Truncator(comment.body).chars(200),
            get_url=answer_href,
        ),
        Column("author", label=_("Author"), accessor="speaker"),
        Column("thread", label=_("Consultation")),
        DateColumn("created_at", label=_("Posted")),
    ]
    list_export: ClassVar[list[str]] = []
    no_results_message = _("No comment waits for an answer of your organisation.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not user_is_official(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[Comment]:
        body = getattr(self.request.user, "organisation_id", None)
        if body is None:
            return Comment.objects.none()
        found = Comment.objects.waiting_for_body(body, timezone.now())
        return found.select_related("thread__consultation")
