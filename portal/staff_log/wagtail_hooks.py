"""Where the Wagtail admin meets the log of staff."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.staff_log.admin_views import StaffLogView
from portal.staff_log.permissions import user_can_read_staff_log


class StaffLogMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_read_staff_log(request.user)


@hooks.register("register_admin_urls")
def staff_log_urls() -> list[URLPattern]:
    return [
        path("reports/staff/", StaffLogView.as_view(), name="staff_log"),
        path(
            "reports/staff/results/",
            StaffLogView.as_view(results_only=True),
            name="staff_log_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def staff_log_menu_item() -> MenuItem:
    return StaffLogMenuItem(_("Log of staff"), reverse("staff_log"), icon_name="key", order=1400)


@hooks.register("register_permissions")
def permission_for_groups() -> QuerySet[Permission]:
    """Let the admin's page of a group show who reads it."""
    return Permission.objects.filter(
        content_type__app_label="staff_log", codename="view_staffevent"
    )
