"""What the queue of responses is narrowed by, as its address says it."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from consultations.calls.models import ConsultationPage
from consultations.moderation.queries import next_in_queue, queue, with_files
from consultations.moderation.staff_labels import IDENTITY, STATUS
from consultations.responses.models import Channel, Response
from portal.taxonomy.vocabularies import GROUP, LANGUAGE

YES_NO = [("yes", _("Yes")), ("no", _("No"))]


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


def filtered(filters: str, user: Any) -> QuerySet[Response]:
    """
    Return the queue as the query of its address narrows it, for one of those who read responses.

    `filters` is what stands behind the question mark (`status=received&q=word`). What says nothing
    that the queue knows narrows nothing.
    """
    said = QueryDict(filters)
    found = ResponseFilterSet(said, queue()).qs
    words = said.get("q", "").strip()
    return found.filter(reference__icontains=words) if words else found


def next_with(filters: str, response: Response, user: Any) -> Response | None:
    """
    Return the next response in the queue with these filters after this one; None at its end.

    Ask for it before the act: by what the response waits for, the act may change its place.
    """
    return next_in_queue(filtered(filters, user), response)
