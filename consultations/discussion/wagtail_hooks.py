"""Where the Wagtail admin meets the discussion."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from consultations.discussion.admin_views import comment
from consultations.discussion.admin_views.appeals import AppealsView
from consultations.discussion.admin_views.bulk import bulk
from consultations.discussion.admin_views.comments import CommentsView, mark_read
from consultations.discussion.admin_views.to_answer import ToAnswerView
from consultations.discussion.models import Comment
from consultations.discussion.permissions import user_is_moderator, user_is_official
from consultations.discussion.views.dashboard import CommentsPanel, ToAnswerPanel
from portal.cms.deletion_guard import keep_pages
from portal.web.admin_menu import MenuItemFor, listing
from portal.web.dashboard import show_to


@hooks.register("register_admin_urls")
def comments_urls() -> list[URLPattern]:
    return [
        *listing("comments/", CommentsView, "moderate_comments"),
        path("comments/<int:comment_id>/", comment.show, name="screen_comment"),
        path("comments/<int:comment_id>/act/<slug:key>/", comment.act, name="act_on_comment"),
        path("comments/read/", mark_read, name="moderate_comments_read"),
        path("comments/several/<slug:key>/", bulk, name="moderate_several_comments"),
        *listing("appeals/", AppealsView, "moderate_appeals"),
        *listing("comments-to-answer/", ToAnswerView, "comments_to_answer"),
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


@hooks.register("register_admin_menu_item")
def to_answer_menu_item() -> MenuItem:
    may, label = user_is_official, gettext_lazy("Comments to answer")
    return MenuItemFor(may, label, "comments_to_answer", icon_name="comment", order=312)


show_to(user_is_moderator, CommentsPanel)
show_to(user_is_official, ToAnswerPanel)

# What was said publicly stays.
keep_pages(
    lambda pages: Comment.objects.filter(thread__consultation__in=pages).exists(),
    gettext_lazy("“%(page)s” has comments, which stay readable. Unpublish or cancel it instead."),
)
