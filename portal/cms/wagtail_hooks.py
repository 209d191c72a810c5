"""The page editor as our editors meet it: few formats, no links to other sites."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry

from portal.cms import dashboard
from portal.cms.blocks.text import RICH_TEXT_FEATURES
from portal.cms.group_restrictions import require_powers_in_force
from portal.cms.library.views import AddDocumentView, EditDocumentView
from portal.web.dashboard import show_to


@hooks.register("register_rich_text_features", order=1000)
def restrict_rich_text(features: FeatureRegistry) -> None:
    """Give every rich text that names no features of its own those of our paragraphs."""
    features.default_features = list(RICH_TEXT_FEATURES)


@hooks.register("register_admin_urls", order=-1)
def show_what_is_in_a_document() -> list[URLPattern]:
    """Return ours in place of Wagtail's own two, whose addresses they have: these come first."""
    return [
        path("documents/add/", AddDocumentView.as_view()),
        path("documents/edit/<int:document_id>/", EditDocumentView.as_view()),
    ]


@hooks.register("construct_help_menu")
def drop_links_to_other_sites(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Wagtail's release notes and editor guide are on other sites; the shortcuts stay."""
    menu_items[:] = [item for item in menu_items if not item.url.startswith("http")]


@hooks.register("construct_wagtail_userbar")
def check_what_editors_write(request: HttpRequest, items: list[Any], page: Any) -> None:
    """Let the accessibility checker look at the page's own text, not at the frame around it."""
    for item in items:
        if isinstance(item, ContentCheckerItem):
            item.axe_exclude = [".site-header", ".site-footer"]


@hooks.register("on_serve_page", order=-1)
def pages_of_groups(serve: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Before Wagtail asks who is in a page's groups."""

    def serve_to_those_in_force(
        page: Page, request: HttpRequest, args: Any, kwargs: Any
    ) -> HttpResponse:
        if request.user.is_authenticated:
            require_powers_in_force(page.get_view_restrictions(), request)
        return serve(page, request, args, kwargs)

    return serve_to_those_in_force


@hooks.register("before_serve_document", order=-1)
def documents_of_groups(document: AbstractDocument, request: HttpRequest) -> None:
    """Before Wagtail asks who is in a document's groups."""
    require_powers_in_force(document.collection.get_view_restrictions(), request)


@hooks.register("construct_homepage_panels", order=-1)
def panels_in_place_of_wagtails(request: HttpRequest, panels: list[Any]) -> None:
    """Leave out those of Wagtail of which ours say more."""
    panels[:] = [panel for panel in panels if not isinstance(panel, dashboard.IN_PLACE_OF)]


show_to(dashboard.user_works_in_admin, dashboard.ReviewsPanel)
show_to(
    dashboard.user_works_on_pages,
    dashboard.SentBackPanel,
    dashboard.DraftsPanel,
    dashboard.SubmittedPanel,
)
