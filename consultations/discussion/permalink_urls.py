"""Under /c/: a comment's permanent address, short and without language, and the same as JSON."""

from django.urls import path

from consultations.discussion.views import thread

urlpatterns = [
    path("<int:comment_id>", thread.permalink, name="comment_permalink"),
    path("<int:comment_id>.json", thread.as_recorded, name="comment_as_recorded"),
]
