"""Guides in the Wagtail admin: the report of reviews that are due, and kinds to start from."""

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from knowledge.guides.admin_views import GuideViewSet, start_from_a_kind
from knowledge.guides.dashboard import ReviewsDuePanel
from knowledge.guides.permissions import user_can_see_reviews
from knowledge.guides.reports import GuidesDueView
from portal.web.admin_menu import MenuItemFor, listing
from portal.web.dashboard import show_to


@hooks.register("register_admin_urls")
def review_urls() -> list[URLPattern]:
    return listing("reports/guides-due/", GuidesDueView, "guides_due")


@hooks.register("register_reports_menu_item")
def review_menu_item() -> MenuItem:
    return MenuItemFor(
        user_can_see_reviews,
        _("Guides due for review"),
        "guides_due",
        name="guides-due",
        icon_name="calendar-check",
        order=100,
    )


hooks.register("before_create_page", start_from_a_kind)

show_to(user_can_see_reviews, ReviewsDuePanel)


@hooks.register("register_admin_viewset")
def register_list_of_guides() -> GuideViewSet:
    return GuideViewSet()
