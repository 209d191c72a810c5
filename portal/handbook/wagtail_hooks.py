"""Where the Wagtail admin meets the handbook: its addresses, and two entries of its menu."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from portal.handbook import admin_views
from portal.handbook.places import page_for


class HowToMenuItem(MenuItem):
    """Leads from where a job is done to the page that tells how; shown where there is one."""

    def is_shown(self, request: HttpRequest) -> bool:
        return page_for(request) is not None

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        item = super().render_component(request)
        if page := page_for(request):
            item.url = reverse("handbook_page", args=[page.slug])
        return item


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


@hooks.register("register_admin_menu_item")
def how_to_menu_item() -> MenuItem:
    return HowToMenuItem(_("How to do this"), "", icon_name="info-circle", order=9001)
