"""Where the Wagtail admin meets the discussion."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from consultations.discussion.admin_views import CommentsView
from consultations.discussion.models import Comment
from consultations.discussion.permissions import user_is_moderator


class CommentsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_is_moderator(request.user)


@hooks.register("register_admin_urls")
def comments_urls() -> list[URLPattern]:
    return [
        path("comments/", CommentsView.as_view(), name="moderate_comments"),
        path(
            "comments/results/",
            CommentsView.as_view(results_only=True),
            name="moderate_comments_results",
        ),
    ]


@hooks.register("register_admin_menu_item")
def comments_menu_item() -> MenuItem:
    return CommentsMenuItem(
        gettext_lazy("Comments"), reverse("moderate_comments"), icon_name="comment", order=310
    )


@hooks.register("before_delete_page")
def keep_what_was_said(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A page with people's comments under it is not deleted: what was said publicly stays."""
    return _refuse(request, [page])


@hooks.register("before_bulk_action")
def keep_what_was_said_in_bulk(
    request: HttpRequest, action_type: str, objects: Any, action_class: Any
) -> HttpResponse | None:
    """The same for several pages at once."""
    pages = [each for each in objects if isinstance(each, Page)]
    return _refuse(request, pages) if action_type == "delete" and pages else None


def _refuse(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    for page in pages:
        below = Page.objects.descendant_of(page, inclusive=True).values("pk")
        if Comment.objects.filter(thread__consultation__in=below).exists():
            messages.error(
                request,
                _("“%(page)s” has comments, which stay readable. Unpublish or cancel it instead.")
                % {"page": page},
            )
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None
