"""Under /c/: a comment's permanent address, short and without language, and the same as JSON."""

from django.urls import path

from consultations.discussion import views

urlpatterns = [
    path("<int:comment_id>", views.permalink, name="comment_permalink"),
    path("<int:comment_id>.json", views.as_recorded, name="comment_as_recorded"),
]
