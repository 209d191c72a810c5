"""Where the Wagtail admin meets the handbook: its addresses, and an entry of its menu."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.handbook import admin_views


@hooks.register("register_admin_urls")
def handbook_urls() -> list[URLPattern]:
    return [
        path("handbook/", admin_views.index, name="handbook"),
        path("handbook/<slug:slug>/", admin_views.page, name="handbook_page"),
        path("handbook/pictures/<str:name>", admin_views.show_picture, name="handbook_picture"),
    ]


@hooks.register("register_admin_menu_item")
def handbook_menu_item() -> MenuItem:
    return MenuItem(_("Handbook"), reverse("handbook"), icon_name="help", order=9000)


@hooks.register("construct_help_menu")
def handbook_in_help(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items.append(MenuItem(_("Handbook"), reverse("handbook"), order=0))
