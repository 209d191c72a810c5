"""What readers said of guides, in the menus of the admin."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from knowledge.feedback.admin_views import FeedbackViewSet, UsefulView
from knowledge.guides.permissions import user_can_see_reviews
from portal.web.admin_menu import MenuItemFor


@hooks.register("register_admin_urls")
def report_url() -> list[URLPattern]:
    return [path("reports/useful/", UsefulView.as_view(), name="useful")]


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    return MenuItemFor(
        user_can_see_reviews,
        _("Useful to readers?"),
        "useful",
        name="useful",
        icon_name="help",
        order=105,
    )


@hooks.register("register_admin_viewset")
def register_texts() -> FeedbackViewSet:
    return FeedbackViewSet("feedback")
