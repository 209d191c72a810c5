"""Under /<language>/consultations/<slug>/discussion/."""

from django.urls import path

from consultations.discussion import moderation_views, views

app_name = "discussion"
urlpatterns = [
    path("", views.thread, name="thread"),
    path("reply/<int:comment_id>/", views.reply, name="reply"),
    path("edit/<int:comment_id>/", views.edit, name="edit"),
    path("history/<int:comment_id>/", views.history, name="history"),
    path(
        "history/<int:comment_id>/<int:number>/hide/",
        moderation_views.hide_wording,
        name="hide_wording",
    ),
    path(
        "history/<int:comment_id>/<int:number>/restore/",
        moderation_views.restore_wording,
        name="restore_wording",
    ),
    path("hide/<int:comment_id>/", moderation_views.hide, name="hide"),
    path("restore/<int:comment_id>/", moderation_views.restore, name="restore"),
    path("closing/", moderation_views.closing, name="closing"),
]
