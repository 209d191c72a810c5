"""Certificates in the reports of the admin."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from knowledge.guides.permissions import user_can_see_reviews
from knowledge.learning.admin_views import CertificatesView
from portal.web.admin_menu import MenuItemFor


@hooks.register("register_admin_urls")
def report_url() -> list[URLPattern]:
    return [path("reports/learning/", CertificatesView.as_view(), name="learning_certificates")]


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    return MenuItemFor(
        user_can_see_reviews,
        _("Learning certificates"),
        "learning_certificates",
        name="learning-certificates",
        icon_name="doc-full",
        order=106,
    )
