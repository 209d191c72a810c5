"""Under /<language>/accounts/comments/: what one has written in discussions."""

from django.urls import path

from consultations.discussion.views import account

urlpatterns = [
    path("", account.mine, name="account_comments"),
    path("appeals/<int:act_id>/", account.appeal, name="account_appeal"),
    path("<int:comment_id>/remove/", account.remove, name="account_remove_comment"),
]
