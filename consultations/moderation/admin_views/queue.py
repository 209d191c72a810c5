"""The queue of responses in the Wagtail admin: filters, search, the words themselves."""

from collections.abc import Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic

from consultations.calls.permissions import remember_interests
from consultations.moderation.admin_views.filters import ResponseFilterSet
from consultations.moderation.listing import Row, rows_of
from consultations.moderation.pages import Place, page_of
from consultations.moderation.permissions import user_can_read_responses, user_is_screener
from consultations.moderation.queries import by_status, queue, unpublished, with_words
from consultations.moderation.staff_labels import STATUS
from consultations.responses.models import Response
from portal.web.listing import KeysetListing, Slice, filters_of

PAGE_SIZE = 20
# In the site's own templates, which take a quarter of the time.
ROWS = "consultations/moderation/queue_rows.html"
# On so many responses at most is acted at once: some ten seconds.
MOST = 500


def page_url(response: Response) -> str:
    """Return a response's page in the admin."""
    return reverse("screen_response", args=[response.reference])


def queue_url(filters: str) -> str:
    """Return the queue's address with the filters that stood in it, as `filtered` takes them."""
    said = filters_of(QueryDict(filters))
    return reverse("screen_responses") + (f"?{said}" if said else "")


class QueueView(KeysetListing, generic.IndexView):
    """
    All responses: those that wait first, the longest waiting of them at the top.

    The only order there is; see `pages` for why.
    """

    model = Response
    page_title = _("Responses")
    header_icon = "mail"
    index_url_name = "screen_responses"
    index_results_url_name = "screen_responses_results"
    results_template_name = "moderation/queue/results.html"
    template_name = "moderation/queue/queue.html"
    filterset_class = ResponseFilterSet
    is_searchable = True
    search_fields: ClassVar[list[str]] = ["reference"]
    paginate_by = PAGE_SIZE
    list_export: ClassVar[list[str]] = []

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not user_can_read_responses(request.user):
            raise PermissionDenied
        remember_interests(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Response]:
        return with_words(self.filter_queryset(queue()), self.search_query)

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(), "person": self.request.user}

    def read_page(
        self, found: QuerySet[Any], *, after: str, before: str, last: bool
    ) -> Slice[Response]:
        return page_of(
            found,
            after=Place.parse(after),
            before=Place.parse(before),
            last=last,
            limit=PAGE_SIZE,
        )

    def present(self, rows: Sequence[Response]) -> list[Row]:
        return rows_of(rows, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        said = context["filters_said"]
        counts = by_status()
        may_act = user_is_screener(self.request.user)
        shown = {
            "rows": context["object_list"],
            "may_act": may_act,
            "back": urlencode({"queue": said}) if said else "",
        }
        return {
            **context,
            "most": MOST,
            "may_act": may_act,
            "unpublished": unpublished(),
            "rows_html": mark_safe(render_to_string(ROWS, shown, using="jinja2")),
            "statuses": [
                (label, counts[key], queue_url(urlencode({"status": key})))
                for key, label in STATUS.items()
                if key in counts
            ],
        }
