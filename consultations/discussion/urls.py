"""Under /<language>/consultations/<slug>/discussion/."""

from django.urls import path

from consultations.discussion.views import moderation, thread

app_name = "discussion"
urlpatterns = [
    path("", thread.thread, name="thread"),
    path("reply/<int:comment_id>/", thread.reply, name="reply"),
    path("edit/<int:comment_id>/", thread.edit, name="edit"),
    path("history/<int:comment_id>/", thread.history, name="history"),
    path(
        "history/<int:comment_id>/<int:number>/hide/",
        moderation.hide_wording,
        name="hide_wording",
    ),
    path(
        "history/<int:comment_id>/<int:number>/restore/",
        moderation.restore_wording,
        name="restore_wording",
    ),
    path("hide/<int:comment_id>/", moderation.hide, name="hide"),
    path("restore/<int:comment_id>/", moderation.restore, name="restore"),
    path("appeals/<int:appeal_id>/", moderation.decide, name="decide_appeal"),
    path("closing/", moderation.closing, name="closing"),
]
