"""What waits for an answer of an official's body, in the Wagtail admin."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from consultations.discussion.models import Comment
from consultations.discussion.permissions import user_is_official
from consultations.discussion.views.dashboard import answer_href


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
