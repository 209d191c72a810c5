"""Under /<language>/consultations/<slug>/follow/; kept out of logs (CONFIDENTIAL_PATHS)."""

from django.urls import path

from consultations.following import views

urlpatterns = [path("", views.follow, name="follow_consultation")]
