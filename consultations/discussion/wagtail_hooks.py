"""Where the Wagtail admin meets the discussion."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from consultations.discussion.admin_views import CommentsView
from consultations.discussion.models import Comment
from consultations.discussion.permissions import user_is_moderator
from portal.cms.deletion_guard import keep_pages


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


# What was said publicly stays.
keep_pages(
    lambda pages: Comment.objects.filter(thread__consultation__in=pages).exists(),
    gettext_lazy("“%(page)s” has comments, which stay readable. Unpublish or cancel it instead."),
)
