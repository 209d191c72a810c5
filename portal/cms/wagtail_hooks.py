"""The page editor as our editors meet it: few formats, no links to other sites."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.admin.widgets.button import Button
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.models import AbstractDocument
from wagtail.log_actions import LogFormatter
from wagtail.models import Locale, Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.rich_text.feature_registry import FeatureRegistry

from portal.cms import dashboard
from portal.cms.admin_api import PagesViewSet
from portal.cms.blocks.text import RICH_TEXT_FEATURES
from portal.cms.completeness import in_words, lacks
from portal.cms.document_changes import actions as changes
from portal.cms.document_changes.bulk_actions import DeleteDocuments, MoveDocuments
from portal.cms.document_changes.panels import ChangesPanel
from portal.cms.document_changes.views import (
    ChangeView,
    DeleteDocumentView,
    DeleteUploadedDocumentView,
    EditDocumentView,
    proposed_file,
)
from portal.cms.group_restrictions import require_powers_in_force
from portal.cms.library.views import AddDocumentView
from portal.cms.models import what_is_lacking
from portal.cms.models.permissions import PortalPagePermissionTester
from portal.cms.translating.hooks import (
    report_menu_item,
    tell_of_the_original,
    translation_buttons,
    translation_urls,
)
from portal.cms.unpublishing.actions import ASKED, KEPT, note_unpublished
from portal.cms.unpublishing.panels import RequestsPanel
from portal.cms.unpublishing.permissions import user_can_ask
from portal.cms.unpublishing.views import AskToUnpublishView, DecideView
from portal.stakeholders.models import Person, User
from portal.web.dashboard import show_to


@hooks.register("register_rich_text_features", order=1000)
def restrict_rich_text(features: FeatureRegistry) -> None:
    """Give every rich text that names no features of its own those of our paragraphs."""
    features.default_features = list(RICH_TEXT_FEATURES)


@hooks.register("register_admin_urls", order=-1)
def pages_of_documents() -> list[URLPattern]:
    """Return ours in place of four of Wagtail's, whose addresses they have; these come first."""
    deleted_upload = DeleteUploadedDocumentView.as_view()
    return [
        path("documents/add/", AddDocumentView.as_view(), name="add_document"),
        path("documents/edit/<int:document_id>/", EditDocumentView.as_view(), name="edit_document"),
        path("documents/delete/<int:document_id>/", DeleteDocumentView.as_view()),
        path("documents/multiple/<int:doc_id>/delete/", deleted_upload),
        path("documents/changes/<int:change_id>/", ChangeView.as_view(), name="document_change"),
        path("documents/changes/<int:change_id>/file/", proposed_file, name="proposed_file"),
    ]


# After Wagtail's own, in whose place they are.
hooks.register("register_bulk_action", DeleteDocuments, order=1)
hooks.register("register_bulk_action", MoveDocuments, order=1)


@hooks.register("construct_homepage_panels")
def changes_panel(request: HttpRequest, panels: list[Any]) -> None:
    panel = ChangesPanel(request)
    if panel.changes:
        panels.append(panel)


@hooks.register("construct_page_action_menu")
def offer_no_submission_past_an_obstacle(
    menu_items: list[Any], request: HttpRequest, context: dict[str, Any]
) -> None:
    """Take the button away from a new page; one that is there has permissions of its own."""
    # The menu is not told which type of page is made; the address names it.
    match = request.resolver_match
    if context["view"] != "create" or match is None or match.view_name != "wagtailadmin_pages:add":
        return
    of_type = (match.kwargs["content_type_app_name"], match.kwargs["content_type_model_name"])
    model = apps.get_model(*of_type)
    if _obstacle(context["parent_page"], model):
        menu_items[:] = [each for each in menu_items if each.name != "action-submit"]


@hooks.register("before_create_page")
def submit_nothing_past_an_obstacle(request: HttpRequest, parent: Page, model: type[Page]) -> None:
    """Save as a draft what somebody submits all the same, and say why."""
    if "action-submit" in request.POST and (obstacle := _obstacle(parent, model)):
        sent = request.POST.copy()
        del sent["action-submit"]
        request.POST = sent  # type: ignore[assignment]
        messages.warning(request, obstacle)


def _obstacle(parent: Page, model: Any) -> str:
    return str(model.obstacle_to_publishing(parent.locale_id))


class LackingPanel(Component):
    """Above all else: which pages must be completed before another consultation opens."""

    name = "lacking"
    order = 10
    template_name = "cms_admin/lacking_panel.html"

    def __init__(self, pages: list[Any]) -> None:
        self.pages = pages

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"pages": self.pages}


@hooks.register("construct_homepage_panels")
def lacking_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Tell whoever writes pages, until the pages are complete."""
    if settings.DEMO or not PagePermissionPolicy().user_has_permission(request.user, "change"):
        return
    if pages := what_is_lacking(Locale.get_default().pk):
        panels.append(LackingPanel(pages))


@hooks.register("register_admin_urls")
def requests_to_unpublish() -> list[URLPattern]:
    return [
        path(
            "unpublishing/ask/<int:page_id>/", AskToUnpublishView.as_view(), name="ask_to_unpublish"
        ),
        path("unpublishing/<int:request_id>/", DecideView.as_view(), name="decide_unpublishing"),
    ]


@hooks.register("register_page_header_buttons")
def unpublishing_buttons(
    page: Page, user: Person, view_name: str, next_url: str = ""
) -> Iterator[Button]:
    """Yield what Wagtail leaves out: for whoever has to ask, and while a schedule waits."""
    page = page.specific_deferred
    tester = page.permissions_for_user(user)
    if not isinstance(tester, PortalPagePermissionTester):
        return
    if tester.is_kept_by_schedule():
        url = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
        yield Button(_("Unpublish"), url, icon_name="download", priority=60)
    if user_can_ask(user, page):
        url = reverse("ask_to_unpublish", args=[page.pk])
        yield Button(_("Ask to unpublish"), url, icon_name="download", priority=60)


hooks.register("register_admin_urls", translation_urls)
hooks.register("register_page_header_buttons", translation_buttons)
hooks.register("before_edit_page", tell_of_the_original)
hooks.register("register_reports_menu_item", report_menu_item)


@hooks.register("construct_homepage_panels")
def requests_panel(request: HttpRequest, panels: list[Any]) -> None:
    panel = RequestsPanel(request)
    if panel.requests:
        panels.append(panel)


@hooks.register("after_unpublish_page")
def unpublished(request: HttpRequest, page: Page) -> None:
    note_unpublished(pages=[page], by=cast(User, request.user))


@hooks.register("before_bulk_action")
def publish_several_that_are_complete(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action_class: object
) -> HttpResponse | None:
    """Refuse to publish several pages of which one lacks something, and say which and what."""
    if action_type != "publish":
        return None
    for each in objects:
        page = each.get_latest_revision_as_object()
        if found := lacks(page, timezone.now()):
            told = {"page": page.title, "missing": in_words(page, found)}
            messages.error(
                request, gettext("Nothing was published. “%(page)s” lacks: %(missing)s") % told
            )
            return redirect("wagtailadmin_explore", each.get_parent().pk)
    return None


@hooks.register("construct_admin_api")
def publish_nothing_by_program(api: WagtailAPIRouter) -> None:
    api.register_endpoint("pages", PagesViewSet)


@hooks.register("register_log_actions")
def requests_in_the_history(actions: Any) -> None:
    """Show who asked for what, and how it was decided, in the history of what it is about."""

    class WithReason(LogFormatter):
        def format_comment(self, log_entry: Any) -> str:
            said = (log_entry.data.get("document", ""), log_entry.data.get("reason", ""))
            return ": ".join(each for each in said if each)

    labels = {
        ASKED: _("Ask to unpublish"),
        KEPT: _("Keep published"),
        changes.PROPOSED: _("Propose a change of a document"),
        changes.ACCEPTED: _("Accept a change of a document"),
        changes.DECLINED: _("Do not accept a change of a document"),
        changes.WITHDRAWN: _("Withdraw a change of a document"),
    }
    for key, label in labels.items():
        formatter = type("Formatter", (WithReason,), {"label": label, "message": label})
        actions.register_action(key)(formatter)


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
