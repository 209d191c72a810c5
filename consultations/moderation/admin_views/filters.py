"""What the queue of responses is narrowed by, as its address says it."""

from collections.abc import Callable
from typing import Any, ClassVar

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from consultations.calls.models import ConsultationPage
from consultations.moderation.pages import Place, next_in_queue
from consultations.moderation.queries import (
    disputed,
    of_newest,
    opened_by,
    proposed,
    queue,
    renewed,
    reported,
    with_files,
    with_words,
)
from consultations.moderation.staff_labels import IDENTITY, STATUS
from consultations.responses.models import Channel, Response
from portal.stakeholders.models import Person
from portal.taxonomy.vocabularies import GROUP, LANGUAGE
from portal.web.widgets import QuickSelect

YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class YesNoFilter(django_filters.ChoiceFilter):
    """Yes, no or either, of what `says` says of a response, or one of its fields."""

    def __init__(self, says: Callable[[], Q | Exists] | None = None, **kwargs: Any) -> None:
        super().__init__(choices=YES_NO, empty_label=_("All"), widget=QuickSelect, **kwargs)
        self.says = says

    def filter(self, qs: QuerySet[Response], value: str) -> QuerySet[Response]:
        if not value:
            return qs
        if self.says is None:
            return qs.filter(**{self.field_name: value == "yes"})
        return qs.filter(self.says() if value == "yes" else ~self.says())


class ResponseFilterSet(WagtailFilterSet):
    consultation = django_filters.ModelChoiceFilter(
        label=_("Consultation"),
        queryset=lambda request: ConsultationPage.objects.filter(
            Exists(Response.objects.filter(consultation=OuterRef("pk")))
        ),
        widget=QuickSelect,
        to_field_name="docket",  # in the address; a number there could be too large to look up
        empty_label=_("All"),
    )
    status = django_filters.MultipleChoiceFilter(label=_("Status"), choices=list(STATUS.items()))
    group = django_filters.ChoiceFilter(
        label=_("Group"),
        choices=GROUP.choices,
        widget=QuickSelect,
        empty_label=_("All"),
        method="in_newest",
    )
    identity = django_filters.ChoiceFilter(
        label=_("Identity"),
        choices=list(IDENTITY.items()),
        widget=QuickSelect,
        empty_label=_("All"),
    )
    language = django_filters.ChoiceFilter(
        label=_("Language"),
        choices=lambda: LANGUAGE.choices,  # called, not copied for each page
        widget=QuickSelect,
        empty_label=_("All"),
        method="in_newest",
    )
    channel = django_filters.ChoiceFilter(
        label=_("Channel"), choices=Channel.choices, widget=QuickSelect, empty_label=_("All")
    )
    late = YesNoFilter(label=_("Late"), field_name="is_late")
    files = YesNoFilter(label=_("Has files"), says=with_files)
    translation = YesNoFilter(label=_("Only in translation"), field_name="translation_only")
    reported = YesNoFilter(label=_("Reported as false"), says=reported)
    disputed = YesNoFilter(label=_("Disputed"), says=disputed)
    proposal = YesNoFilter(label=_("Rejection proposed"), says=proposed)
    renewed = YesNoFilter(label=_("New version"), says=renewed)

    opened = django_filters.ChoiceFilter(
        label=_("Opened by you"),
        choices=YES_NO,
        widget=QuickSelect,
        empty_label=_("All"),
        method="opened_or_not",
    )

    class Meta:
        model = Response
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def in_newest(self, found: QuerySet[Response], name: str, value: str) -> QuerySet[Response]:
        return of_newest(found, **{name: value}) if value else found

    def opened_or_not(self, found: QuerySet[Response], name: str, value: str) -> Any:
        if self.person is None or not value:
            return found
        mine = opened_by(self.person)
        return found.filter(mine if value == "yes" else ~mine)


def filtered(filters: str, user: Person) -> QuerySet[Response]:
    """
    Return the queue as the query of its address narrows it, for one of those who read responses.

    `filters` is what stands behind the question mark (`status=received&q=word`). What says nothing
    that the queue knows narrows nothing.
    """
    said = QueryDict(filters)
    narrowed = ResponseFilterSet(said, queue(), person=user)
    found = narrowed.filter_queryset(queue()) if narrowed.is_valid() else queue()
    return with_words(found, said.get("q", ""))


def next_with(filters: str, response: Response | Place, user: Person) -> Response | None:
    """
    Return the next response in the queue with these filters after this one; None at its end.

    Ask for it before the act, or keep its `Place`: by what it waits for the act may move it.
    """
    return next_in_queue(filtered(filters, user), response)
