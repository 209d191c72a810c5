"""The library of sources in the admin, and citing in the editor of rich text."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from knowledge.sources import registry
from knowledge.sources.choosers import CiteChooserViewSet, FurtherSourceChooserViewSet, place
from knowledge.sources.forms import SourceForm
from knowledge.sources.models import Source
from knowledge.sources.permissions import user_can_see_links
from knowledge.sources.reports import LinksView
from knowledge.sources.rich_text import offer_citing
from portal.web.admin_menu import MenuItemFor, listing

hooks.register("register_rich_text_features", offer_citing)


class SourceViewSet(SnippetViewSet):
    model = Source
    icon = "openquote"
    menu_label = _("Sources")
    menu_order = 250  # beside documents and pictures
    add_to_admin_menu = True
    list_display = ("name", "key", "issuer", "get_kind_display", "year", "read_on")
    list_filter = ("kind", "language", "read_on")
    search_fields = ("key", "title", "short_name", "issuer", "number")
    copy_view_enabled = False  # a copy would have the address of the first
    chooser_viewset_class = FurtherSourceChooserViewSet
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("title"),
                    FieldPanel("short_name"),
                    FieldRowPanel([FieldPanel("key"), FieldPanel("language")]),
                ],
                heading=_("Name"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("kind"),
                    FieldPanel("issuer"),
                    FieldRowPanel([FieldPanel("dated"), FieldPanel("year"), FieldPanel("number")]),
                    FieldPanel("binds"),
                ],
                heading=_("What it is"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("address"),
                    FieldPanel("archive_address"),
                    FieldPanel("versions"),
                    FieldPanel("read_on"),
                ],
                heading=_("Where it can be read"),
            ),
            MultiFieldPanel(
                [FieldPanel("status_note"), FieldPanel("successor")],
                heading=_("Whether it is in force"),
            ),
        ],
        base_form_class=SourceForm,
    )


register_snippet(SourceViewSet)


@hooks.register("register_admin_viewset")
def register_cite_chooser() -> CiteChooserViewSet:
    return CiteChooserViewSet("cite_chooser", url_prefix="sources/cite")


@hooks.register("register_admin_urls", order=-1)
def place_url() -> list[URLPattern]:
    return [path("sources/cite/place/<str:key>/", place, name="cite_place")]


@hooks.register("register_admin_urls")
def links_urls() -> list[URLPattern]:
    return listing("reports/source-links/", LinksView, "source_links")


@hooks.register("register_reports_menu_item")
def links_menu_item() -> MenuItem:
    return MenuItemFor(
        user_can_see_links,
        _("Links of sources"),
        "source_links",
        name="source-links",
        icon_name="link",
        order=110,
    )


@hooks.register("before_delete_snippet")
def keep_cited(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    """Refuse to delete a source that a page cites, or that replaced another."""
    for each in instances:
        if not isinstance(each, Source):
            continue
        if registry.is_cited(each) or each.predecessors.exists():
            told = gettext("“%(source)s” is cited, or replaced another source: it stays.")
            messages.error(request, told % {"source": each.name})
            return redirect("wagtailsnippets_sources_source:list")
    return None


@hooks.register("after_edit_snippet")
def tell_changed(request: HttpRequest, instance: Any) -> None:
    """Tell the pages that cite a source of what has changed in it."""
    if isinstance(instance, Source):
        registry.tell_changed(instance)
