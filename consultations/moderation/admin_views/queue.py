"""The queue of responses in the Wagtail admin: filters, search by reference, several at once."""

from typing import Any, ClassVar

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views import generic

from consultations.calls.models import ConsultationPage
from consultations.moderation.permissions import user_can_read_responses, user_is_screener
from consultations.moderation.queries import ORDER, queue, unpublished, with_files
from consultations.moderation.staff_labels import IDENTITY, STATUS, standing
from consultations.responses.models import Channel, Response
from portal.taxonomy.vocabularies import GROUP, LANGUAGE

YES_NO = [("yes", _("Yes")), ("no", _("No"))]


def page_url(response: Response) -> str:
    """Return a response's page in the admin."""
    return reverse("screen_response", args=[response.reference])


def day(response: Any) -> str:
    """Say since when a response waits: a day, and nothing finer."""
    return date_format(response.waiting_since, "j F Y") if response.waiting_since else ""


class YesNoFilter(django_filters.ChoiceFilter):
    """Yes, no or either, of something the queue says of each response."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=YES_NO, empty_label=_("All"), **kwargs)

    def filter(self, qs: QuerySet[Response], value: str) -> QuerySet[Response]:
        if value and not self.method:
            return qs.filter(**{self.field_name: value == "yes"})
        return super().filter(qs, value) if self.method else qs


class ResponseFilterSet(WagtailFilterSet):
    consultation = django_filters.ModelChoiceFilter(
        label=_("Consultation"),
        queryset=lambda request: ConsultationPage.objects.filter(
            responses__isnull=False
        ).distinct(),
        to_field_name="docket",  # in the address; a number there could be too large to look up
        empty_label=_("All"),
    )
    status = django_filters.MultipleChoiceFilter(label=_("Status"), choices=list(STATUS.items()))
    group = django_filters.ChoiceFilter(
        label=_("Group"), choices=GROUP.choices, empty_label=_("All")
    )
    identity = django_filters.ChoiceFilter(
        label=_("Identity"), choices=list(IDENTITY.items()), empty_label=_("All")
    )
    language = django_filters.ChoiceFilter(
        label=_("Language"), choices=LANGUAGE.choices, empty_label=_("All")
    )
    channel = django_filters.ChoiceFilter(
        label=_("Channel"), choices=Channel.choices, empty_label=_("All")
    )
    late = YesNoFilter(label=_("Late"), field_name="is_late")
    files = YesNoFilter(label=_("Has files"), method="having_files")
    translation = YesNoFilter(label=_("Only in translation"), field_name="translation_only")
    reported = YesNoFilter(label=_("Reported as false"), field_name="is_reported")
    disputed = YesNoFilter(label=_("Disputed"), field_name="is_disputed")
    proposal = YesNoFilter(label=_("Rejection proposed"), field_name="proposal")
    renewed = YesNoFilter(label=_("New version"), field_name="is_new_version")

    class Meta:
        model = Response
        fields: ClassVar[list[str]] = []

    def having_files(self, queryset: QuerySet[Response], name: str, value: str) -> Any:
        return with_files(queryset, value == "yes") if value else queryset


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
