"""Guides in the Wagtail admin: the report of reviews that are due."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from knowledge.guides.permissions import user_can_see_reviews
from knowledge.guides.reports import GuidesDueView


class GuidesDueMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_see_reviews(request.user)


@hooks.register("register_admin_urls")
def review_urls() -> list[URLPattern]:
    return [
        path("reports/guides-due/", GuidesDueView.as_view(), name="guides_due"),
        path(
            "reports/guides-due/results/",
            GuidesDueView.as_view(results_only=True),
            name="guides_due_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def review_menu_item() -> MenuItem:
    return GuidesDueMenuItem(
        _("Guides due for review"),
        reverse("guides_due"),
        name="guides-due",
        icon_name="calendar-check",
        order=100,
    )
