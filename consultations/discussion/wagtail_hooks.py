"""Where the Wagtail admin meets the discussion."""

from django.urls import URLPattern
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from consultations.discussion.admin_views import CommentsView
from consultations.discussion.models import Comment
from consultations.discussion.permissions import user_is_moderator
from portal.cms.deletion_guard import keep_pages
from portal.web.admin_menu import MenuItemFor, listing


@hooks.register("register_admin_urls")
def comments_urls() -> list[URLPattern]:
    return listing("comments/", CommentsView, "moderate_comments")


@hooks.register("register_admin_menu_item")
def comments_menu_item() -> MenuItem:
    return MenuItemFor(
        user_is_moderator,
        gettext_lazy("Comments"),
        "moderate_comments",
        icon_name="comment",
        order=310,
    )


# What was said publicly stays.
keep_pages(
    lambda pages: Comment.objects.filter(thread__consultation__in=pages).exists(),
    gettext_lazy("“%(page)s” has comments, which stay readable. Unpublish or cancel it instead."),
)
