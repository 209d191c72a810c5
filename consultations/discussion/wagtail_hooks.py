"""Where the Wagtail admin meets the discussion."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from consultations.discussion.admin_views import comment
from consultations.discussion.admin_views.appeals import AppealsView
from consultations.discussion.admin_views.bulk import bulk
from consultations.discussion.admin_views.comments import CommentsView, mark_read
from consultations.discussion.models import Appeal, Comment
from consultations.discussion.permissions import user_is_moderator
from portal.cms.deletion_guard import keep_pages
from portal.web.admin_menu import MenuItemFor, listing


@hooks.register("register_admin_urls")
def comments_urls() -> list[URLPattern]:
    return [
        *listing("comments/", CommentsView, "moderate_comments"),
        path("comments/<int:comment_id>/", comment.show, name="screen_comment"),
        path("comments/<int:comment_id>/act/<slug:key>/", comment.act, name="act_on_comment"),
        path("comments/read/", mark_read, name="moderate_comments_read"),
        path("comments/several/<slug:key>/", bulk, name="moderate_several_comments"),
        *listing("appeals/", AppealsView, "moderate_appeals"),
    ]


@hooks.register("register_admin_menu_item")
def comments_menu_item() -> MenuItem:
    return MenuItemFor(
        user_is_moderator,
        gettext_lazy("Comments"),
        "moderate_comments",
        icon_name="comment",
        order=310,
    )


@hooks.register("register_admin_menu_item")
def appeals_menu_item() -> MenuItem:
    may, label = user_is_moderator, gettext_lazy("Appeals")
    return MenuItemFor(may, label, "moderate_appeals", icon_name="comment", order=311)


class AppealsPanel(Component):
    """A count of the appeals that wait, on the home page of the admin."""

    name = "appeals"
    order = 61
    template_name = "discussion/appeals_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {
            "waiting": Appeal.objects.undecided().count(),
            "href": reverse("moderate_appeals"),
        }


@hooks.register("construct_homepage_panels")
def appeals_panel(request: HttpRequest, panels: list[Any]) -> None:
    if user_is_moderator(request.user):
        panels.append(AppealsPanel())


# What was said publicly stays.
keep_pages(
    lambda pages: Comment.objects.filter(thread__consultation__in=pages).exists(),
    gettext_lazy("“%(page)s” has comments, which stay readable. Unpublish or cancel it instead."),
)
