"""Where the Wagtail admin meets the log of staff."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.staff_log.admin_views import StaffLogView
from portal.staff_log.permissions import user_can_read_staff_log
from portal.web.admin_menu import MenuItemFor, listing


@hooks.register("register_admin_urls")
def staff_log_urls() -> list[URLPattern]:
    return listing("reports/staff/", StaffLogView, "staff_log")


@hooks.register("register_reports_menu_item")
def staff_log_menu_item() -> MenuItem:
    may, label = user_can_read_staff_log, _("Log of staff")
    return MenuItemFor(may, label, "staff_log", icon_name="key", order=1400)


@hooks.register("register_permissions")
def permission_for_groups() -> QuerySet[Permission]:
    """Let the admin's page of a group show who reads it."""
    return Permission.objects.filter(
        content_type__app_label="staff_log", codename="view_staffevent"
    )
