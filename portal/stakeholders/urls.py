from django.urls import path

from portal.stakeholders import views

urlpatterns = [
    path("", views.overview, name="account_overview"),
    path("known/", views.known, name="account_known"),
    path("profile/", views.profile, name="account_profile"),
]
