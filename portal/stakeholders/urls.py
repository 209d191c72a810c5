from django.urls import path

from portal.stakeholders import views

urlpatterns = [
    path("", views.overview, name="account_overview"),
    path("profile/", views.profile, name="account_profile"),
]
