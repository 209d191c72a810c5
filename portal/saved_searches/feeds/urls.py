"""Under /feeds/: machines read these, and no language stands before them."""

from django.urls import path

from portal.saved_searches.feeds import views

urlpatterns = [path("search/", views.search_feed, name="search_feed")]
