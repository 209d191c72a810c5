"""Under /c/: a comment's permanent address, short and without language, for citing."""

from django.urls import path

from consultations.discussion import views

urlpatterns = [path("<int:comment_id>", views.permalink, name="comment_permalink")]
