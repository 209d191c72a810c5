"""Under /<language>/accounts/responses/: what one writes and has sent while signed in."""

from django.urls import path

from consultations.responses.views import following

urlpatterns = [path("", following.mine, name="account_responses")]
