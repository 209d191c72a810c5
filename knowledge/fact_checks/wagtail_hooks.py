"""Fact checks in the Wagtail admin: a button on each guide, and a list under “Reports”."""

from collections.abc import Iterator

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from knowledge.fact_checks import admin_views
from knowledge.fact_checks.permissions import user_can_have_facts_checked
from knowledge.fact_checks.reports import FactChecksView
from knowledge.guides.models import GuidePage
from portal.stakeholders.models import User
from portal.web.admin_menu import MenuItemFor, listing


@hooks.register("register_admin_urls")
def fact_check_urls() -> list[URLPattern]:
    one = "fact-checks/<int:pk>/"
    return [
        *listing("reports/fact-checks/", FactChecksView, "fact_checks"),
        path("guides/<int:page_id>/fact-checks/", admin_views.open_round, name="open_fact_check"),
        path(one, admin_views.show_round, name="fact_check"),
        path(f"{one}expert/", admin_views.ask_expert, name="ask_fact_expert"),
        path(f"{one}deadline/", admin_views.extend_round, name="extend_fact_check"),
        path(f"{one}findings/<int:verdict_pk>/", admin_views.settle_finding, name="settle_finding"),
    ]


@hooks.register("register_reports_menu_item")
def fact_checks_menu_item() -> MenuItem:
    may, label = user_can_have_facts_checked, _("Fact checks")
    return MenuItemFor(may, label, "fact_checks", icon_name="tick-inverse", order=110)


@hooks.register("register_page_header_buttons")
def fact_check_button(
    page: Page, user: User, view_name: str, next_url: str = ""
) -> Iterator[Button]:
    """Yield the way to a fact check of a guide."""
    guide = page.specific_deferred
    if isinstance(guide, GuidePage) and user_can_have_facts_checked(user, guide):
        url = reverse("open_fact_check", args=[page.pk])
        yield Button(_("Have facts checked"), url, icon_name="tick-inverse", priority=15)
