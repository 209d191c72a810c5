"""Under /<language>/consultations/<slug>/discussion/."""

from django.urls import path

from consultations.discussion import views

app_name = "discussion"
urlpatterns = [
    path("", views.thread, name="thread"),
    path("reply/<int:comment_id>/", views.reply, name="reply"),
    path("edit/<int:comment_id>/", views.edit, name="edit"),
    path("history/<int:comment_id>/", views.history, name="history"),
    path("hide/<int:comment_id>/", views.hide, name="hide"),
    path("restore/<int:comment_id>/", views.restore, name="restore"),
    path("closing/", views.closing, name="closing"),
]
