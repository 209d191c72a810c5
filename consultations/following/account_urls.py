"""Under /<language>/accounts/follow/: what one follows, and stopping by the link of a mail."""

from django.urls import path

from consultations.following import views

app_name = "following"
urlpatterns = [
    path("", views.index, name="index"),
    path("stop/", views.stop, name="stop"),
]
