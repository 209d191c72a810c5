"""The queue of comments in the Wagtail admin: whole texts, filters, search, several at once."""

from collections.abc import Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views import generic

from consultations.calls.permissions import remember_interests
from consultations.discussion import actions
from consultations.discussion.listing import (
    Row,
    hidden,
    page_of,
    read_up_to,
    removed,
    rows_of,
    with_words,
)
from consultations.discussion.models import Comment, Thread
from consultations.discussion.permissions import user_is_moderator
from portal.stakeholders.models import Person
from portal.web.listing import KeysetListing, Slice, filters_of

PAGE_SIZE = 50
# On so many comments at most is acted at once.
MOST = 200
LARGEST_ID = 2**63 - 1


class CommentFilterSet(WagtailFilterSet):
    """Shown, hidden or removed; of one consultation; new or read."""

    state = django_filters.ChoiceFilter(
        label=_("Status"),
        choices=[
            ("shown", pgettext_lazy("comments, in a filter", "Shown")),
            ("hidden", pgettext_lazy("comments, in a filter", "Hidden")),
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
    new = django_filters.ChoiceFilter(
        label=_("New since you marked the list as read"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        method="new_or_not",
        empty_label=_("All"),
    )

    class Meta:
        model = Comment
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def in_state(self, queryset: QuerySet[Comment], name: str, value: str) -> QuerySet[Comment]:
        if value == "removed":
            return queryset.filter(removed())
        if value == "hidden":
            return queryset.filter(hidden())
        return queryset.filter(removed_on=None, hidden_at=None)

    def new_or_not(self, queryset: QuerySet[Comment], name: str, value: str) -> QuerySet[Comment]:
        if self.person is None:
            return queryset
        mark = read_up_to(self.person)
        return queryset.filter(pk__gt=mark) if value == "yes" else queryset.filter(pk__lte=mark)


def queue_url(filters: str) -> str:
    """Return the queue's address with the filters that stood in it."""
    said = filters_of(QueryDict(filters))
    return reverse("moderate_comments") + (f"?{said}" if said else "")


def number(written: str) -> int | None:
    """Return the id of a comment that an address names; None where it names none."""
    is_one = written.isascii() and written.isdecimal() and len(written) < 20
    return int(written) if is_one and int(written) <= LARGEST_ID else None


class CommentsView(KeysetListing, generic.IndexView):
    """The listing, the newest first."""

    model = Comment
    page_title = _("Comments")
    header_icon = "comment"
    index_url_name = "moderate_comments"
    index_results_url_name = "moderate_comments_results"
    template_name = "discussion/queue/queue.html"
    results_template_name = "discussion/queue/results.html"
    filterset_class = CommentFilterSet
    is_searchable = True
    search_fields: ClassVar[list[str]] = ["body"]
    paginate_by = PAGE_SIZE
    list_export: ClassVar[list[str]] = []
    no_results_message = _("There are no comments.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not user_is_moderator(request.user):
            raise PermissionDenied
        remember_interests(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Comment]:
        found = self.filter_queryset(Comment.objects.all())
        return with_words(found, self.search_query, self.request.user)

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(), "person": self.request.user}

    def read_page(
        self, found: QuerySet[Any], *, after: str, before: str, last: bool
    ) -> Slice[Comment]:
        return page_of(
            found, after=number(after), before=number(before), last=last, limit=PAGE_SIZE
        )

    def present(self, rows: Sequence[Comment]) -> list[Row]:
        return rows_of(rows, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        said = context["filters_said"]
        rows = context["object_list"]
        return {
            **context,
            "back": urlencode({"queue": said}),
            "most": MOST,
            "newest": rows[0].pk if rows and rows[0].is_new else 0,
        }


def filtered(filters: str, user: Person) -> QuerySet[Comment]:
    """Return the comments that the query of the queue's address narrows them to."""
    said = QueryDict(filters)
    narrowed = CommentFilterSet(said, Comment.objects.all(), person=user)
    every = Comment.objects.all()
    found = narrowed.filter_queryset(every) if narrowed.is_valid() else every
    return with_words(found, said.get("q", ""), user)


@require_POST
def mark_read(request: HttpRequest) -> HttpResponse:
    """Remember that all comments up to the newest that was shown are read."""
    actions.mark_read(moderator=request.user, up_to=number(request.POST.get("newest", "")) or 0)
    return redirect(queue_url(request.POST.get("queue", "")))
