"""The addresses of the plain site."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtail_admin_urls

urlpatterns = [
    path("admin/", include(wagtail_admin_urls)),
    path("", include(wagtail_urls)),
]
