"""Guides in the Wagtail admin: their list and kinds, their owners, and their reviews."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from knowledge.guides.actions import ask_to_verify, still_true
from knowledge.guides.admin_views import (
    ConfirmStillTrueView,
    GuideViewSet,
    OwnerViewSet,
    StillTrueView,
    start_from_a_kind,
)
from knowledge.guides.dashboard import ReviewsDuePanel, ToConfirmPanel
from knowledge.guides.models import GuidePage, Owner
from knowledge.guides.permissions import user_can_review, user_can_see_reviews
from knowledge.guides.reports import GuidesDueView
from portal.languages.lists import in_words
from portal.stakeholders.models import Person
from portal.web.admin_menu import MenuItemFor, listing
from portal.web.dashboard import show_to

register_snippet(OwnerViewSet)


@hooks.register("register_admin_urls")
def review_urls() -> list[URLPattern]:
    return [
        *listing("reports/guides-due/", GuidesDueView, "guides_due"),
        path("guides/<int:page_id>/still-true/", StillTrueView.as_view(), name="still_true"),
        path(
            "guides/still-true/<int:asked_id>/",
            ConfirmStillTrueView.as_view(),
            name="confirm_still_true",
        ),
    ]


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


show_to(user_can_see_reviews, ToConfirmPanel, ReviewsDuePanel)
hooks.register("before_create_page", start_from_a_kind)


@hooks.register("register_admin_viewset")
def register_list_of_guides() -> GuideViewSet:
    return GuideViewSet()


@hooks.register("register_page_header_buttons")
def still_true_button(
    page: Page, user: Person, view_name: str, next_url: str = ""
) -> Iterator[Button]:
    """Yield the way to say that a published guide still holds."""
    guide = page.specific_deferred
    if isinstance(guide, GuidePage) and user_can_review(user, guide):
        url = reverse("still_true", args=[guide.pk])
        yield Button(_("Still true"), url, icon_name="calendar-check", priority=55)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def verify_mailboxes(request: HttpRequest, instance: Any) -> None:
    """Send a link to each mailbox of an owner that is not verified, and say so."""
    if isinstance(instance, Owner) and (asked := ask_to_verify(instance)):
        told = gettext("A link to verify the mailbox was sent to: %(mailboxes)s")
        messages.info(request, told % {"mailboxes": in_words(asked)})


@hooks.register("before_delete_snippet")
def keep_owners(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    """Refuse to delete an owner that a guide has, a draft included."""
    for each in instances:
        if isinstance(each, Owner) and GuidePage.objects.filter(unit=each).exists():
            told = gettext("“%(owner)s” answers for a guide: it stays.") % {"owner": each.unit}
            messages.error(request, told)
            return redirect("wagtailsnippets_guides_owner:list")
    return None


@hooks.register("register_log_actions")
def reviews_in_the_history(actions: Any) -> None:
    """Show who found a guide still true, and what a second person said, in its history."""

    class WithReason(LogFormatter):
        def format_comment(self, log_entry: Any) -> str:
            return str(log_entry.data.get("reason", ""))

    labels = {
        still_true.ASKED: _("Found still true"),
        still_true.CONFIRMED: _("Confirm that it is still true"),
        still_true.REFUSED: _("Refuse that it is still true"),
    }
    for key, label in labels.items():
        formatter = type("Formatter", (WithReason,), {"label": label, "message": label})
        actions.register_action(key)(formatter)
