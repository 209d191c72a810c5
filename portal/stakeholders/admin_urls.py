"""
Addresses of the admin that are ours, included before Wagtail's own.

In and out leads through the same pages as everyone's, and one's preferences ask no first name.
"""

from allauth.account.views import logout
from django.urls import path
from wagtail.admin.auth import require_admin_access

from portal.stakeholders import views
from portal.stakeholders.admin_views.organisations import PreferencesView

urlpatterns = [
    path("login/", views.admin_login, name="admin_login"),
    path("logout/", logout, name="admin_logout"),
    path("account/", require_admin_access(PreferencesView.as_view()), name="admin_preferences"),
]
