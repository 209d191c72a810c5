"""The log of staff in the admin, under “Reports”."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy
from django_filters import ChoiceFilter, DateFromToRangeFilter
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from portal.staff_log.models import StaffEvent, What
from portal.staff_log.permissions import user_can_read_staff_log


class StaffLogFilterSet(WagtailFilterSet):
    what = ChoiceFilter(label=gettext_lazy("What"), choices=What)
    at = DateFromToRangeFilter(label=gettext_lazy("When"), widget=DateRangePickerWidget)

    class Meta:
        model = StaffEvent
        fields: tuple[str, ...] = ("what", "at")


def moment(event: StaffEvent) -> str:
    return f"{date_format(event.at, 'DATETIME_FORMAT')} UTC"


class StaffLogView(ReportView):
    """A list of who of staff came in, how and when, and what was refused."""

    page_title = gettext_lazy("Log of staff")
    verbose_name_plural = gettext_lazy("lines")
    header_icon = "key"
    index_url_name = "staff_log"
    index_results_url_name = "staff_log_results"
    results_template_name = "staff_log/results.html"
    filterset_class = StaffLogFilterSet
    default_ordering = "-at"
    is_searchable = True
    search_fields = ("name",)
    columns = [
        Column("name", label=gettext_lazy("Who")),
        Column("what", label=gettext_lazy("What"), accessor="get_what_display"),
        Column("detail", label=gettext_lazy("How or where")),
        Column("at", label=gettext_lazy("When"), accessor=moment),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_read_staff_log(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet:
        return StaffEvent.objects.all()

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(*args, days=settings.STAFF_LOG_DAYS, **kwargs)
