"""Under /feeds/: machines read these, and no language stands before them."""

from django.urls import path

from portal.saved_searches import feed_views

urlpatterns = [path("search/", feed_views.search_feed, name="search_feed")]
