"""The queue of responses in the Wagtail admin: filters, search by reference, several at once."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views import generic

from consultations.moderation.admin_views.filters import ResponseFilterSet
from consultations.moderation.permissions import user_can_read_responses, user_is_screener
from consultations.moderation.queries import ORDER, queue, unpublished
from consultations.moderation.staff_labels import standing
from consultations.responses.models import Response
from portal.taxonomy.vocabularies import GROUP, LANGUAGE


def page_url(response: Response) -> str:
    """Return a response's page in the admin."""
    return reverse("screen_response", args=[response.reference])


def day(response: Any) -> str:
    """Say since when a response waits: a day, and nothing finer."""
    return date_format(response.waiting_since, "j F Y") if response.waiting_since else ""


class CheckboxColumn(BaseColumn):
    """A box to choose a response for acting on several; its label names the response."""

    header_template_name = "moderation/queue/choose_header.html"
    cell_template_name = "moderation/queue/choose.html"


class SubmitterColumn(Column):
    """A column of who answers, as far as they say."""

    cell_template_name = "moderation/queue/submitter.html"


class StandingColumn(Column):
    """The status, and what a screener looks out for."""

    cell_template_name = "moderation/queue/standing.html"


class QueueView(generic.IndexView):
    """
    All responses: those that wait first, the longest waiting of them at the top.

    The only order there is; see `queue` for why.
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
    search_backend_name = None
    default_ordering = ORDER
    paginate_by = 50
    list_export: ClassVar[list[str]] = []
    columns: ClassVar = [
        CheckboxColumn("choose", label=_("Choose")),
        TitleColumn("reference", label=_("Reference"), get_url=page_url),
        SubmitterColumn("submitter", label=_("Submitter")),
        Column("consultation", label=_("Consultation")),
        Column("group", label=_("Group"), accessor=lambda each: GROUP.label_of(each.group)),
        Column(
            "language", label=_("Language"), accessor=lambda each: LANGUAGE.label_of(each.language)
        ),
        StandingColumn("status", label=_("Status"), accessor=standing),
        Column("waiting_since", label=_("Since"), accessor=day),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not user_can_read_responses(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[Response]:
        return queue()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            may_act=user_is_screener(self.request.user), unpublished=unpublished(), **kwargs
        )
