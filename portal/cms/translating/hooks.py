"""What the page editor says of translations: a way to them, and that the original changed."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from portal.cms.dashboard import user_works_on_pages
from portal.cms.models import PageTranslation
from portal.cms.translating import admin_views
from portal.cms.translating.permissions import user_can_translate
from portal.cms.translating.progress import progress_of
from portal.cms.translating.reports import TranslationsView
from portal.stakeholders.models import Person
from portal.web.admin_menu import MenuItemFor, listing


def translation_urls() -> list[URLPattern]:
    one = "translation/<int:page_id>/"
    return [
        path("translations/<int:page_id>/", admin_views.translations, name="page_translations"),
        path(one, admin_views.translation, name="page_translation"),
        path(f"{one}file/", admin_views.po_file, name="page_translation_file"),
        path(f"{one}upload/", admin_views.upload, name="page_translation_upload"),
        *listing("reports/page-translations/", TranslationsView, "translations_report"),
    ]


def report_menu_item() -> MenuItem:
    return MenuItemFor(
        user_works_on_pages,
        _("Pages in other languages"),
        "translations_report",
        name="page-translations",
        icon_name="globe",
        order=110,
    )


def translation_buttons(
    page: Page, user: Person, view_name: str, next_url: str = ""
) -> Iterator[Button]:
    """Yield the way to the translations of a page, or to the original beside its translation."""
    specific = page.specific_deferred
    if page.is_root() or not user_can_translate(user, specific):
        return
    if PageTranslation.objects.filter(page=page.pk).exists():
        url = reverse("page_translation", args=[page.pk])
        yield Button(_("Beside the original"), url, icon_name="globe", priority=11)
    else:
        url = reverse("page_translations", args=[page.pk])
        yield Button(_("Translations"), url, icon_name="globe", priority=11)


def tell_of_the_original(request: HttpRequest, page: Page) -> None:
    """Say in the form of a translation how much of it is out of date, and since when."""
    notes = PageTranslation.objects.filter(page=page.pk).select_related("original").first()
    if request.method != "GET" or notes is None:
        return
    if number := progress_of(page).out_of_date:
        day = notes.original.last_published_at
        told = ngettext(
            "The original changed on %(day)s. %(num)d text is out of date.",
            "The original changed on %(day)s. %(num)d texts are out of date.",
            number,
        ) % {"num": number, "day": date_format(day) if day else "?"}
        url = reverse("page_translation", args=[page.pk])
        messages.warning(request, told, buttons=[messages.button(url, _("Beside the original"))])
