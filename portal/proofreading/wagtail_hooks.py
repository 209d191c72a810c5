"""Where the Wagtail admin meets translations: under “Reports”."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.proofreading.admin_views import review, translations
from portal.proofreading.permissions import user_can_review_translations
from portal.web.admin_menu import MenuItemFor


@hooks.register("register_admin_urls")
def proofreading_urls() -> list[URLPattern]:
    one = "reports/translations/<slug:language>/<slug:key>/"
    return [
        path("reports/translations/", translations, name="translations"),
        path(one, review, name="review_translation"),
    ]


@hooks.register("register_reports_menu_item")
def translations_menu_item() -> MenuItem:
    may, label = user_can_review_translations, _("Translations")
    return MenuItemFor(may, label, "translations", icon_name="globe", order=1350)


@hooks.register("register_permissions")
def permission_for_groups() -> QuerySet[Permission]:
    """Let the admin's page of a group show who ticks translations."""
    return Permission.objects.filter(
        content_type__app_label="proofreading", codename="change_review"
    )
