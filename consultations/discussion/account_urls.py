"""Under /<language>/accounts/comments/: what one has written in discussions."""

from django.urls import path

from consultations.discussion import own_views

urlpatterns = [
    path("", own_views.mine, name="account_comments"),
    path("<int:comment_id>/remove/", own_views.remove, name="account_remove_comment"),
]
