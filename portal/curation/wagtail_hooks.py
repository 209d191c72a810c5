"""Where the Wagtail admin meets search: under “Settings” and “Reports”."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet

from portal.curation.admin_views import (
    AddPromotionView,
    AddSynonymsView,
    EditSynonymsView,
    MissedSearchesView,
    PromotedResultsView,
)
from portal.curation.forms import SynonymGroupForm
from portal.curation.models import SynonymGroup
from portal.curation.permissions import user_can_read_missed_searches
from portal.web.admin_menu import MenuItemFor, listing


class SynonymsViewSet(ModelViewSet):
    model = SynonymGroup
    icon = "list-ul"
    menu_label = _("Synonyms")
    menu_order = 890  # beside the promoted results
    add_to_settings_menu = True
    add_view_class = AddSynonymsView
    edit_view_class = EditSynonymsView
    search_fields = ("words",)
    copy_view_enabled = False  # a copy would have every word of the first

    def get_form_class(self, for_update: bool = False) -> type[SynonymGroupForm]:
        return SynonymGroupForm


@hooks.register("register_admin_viewset")
def register_synonyms() -> SynonymsViewSet:
    return SynonymsViewSet("synonyms")


@hooks.register("register_admin_urls", order=-1)
def curation_urls() -> list[URLPattern]:
    """Return the report, and ours for two of the promoted results' pages, whose names they keep."""
    return [
        *listing("reports/missed-searches/", MissedSearchesView, "missed_searches"),
        path("searchpicks/", PromotedResultsView.as_view()),
        path("searchpicks/results/", PromotedResultsView.as_view(results_only=True)),
        path("searchpicks/add/", AddPromotionView.as_view()),
    ]


@hooks.register("register_reports_menu_item")
def missed_searches_menu_item() -> MenuItem:
    may, label = user_can_read_missed_searches, _("Missed searches")
    return MenuItemFor(may, label, "missed_searches", icon_name="search", order=1300)


@hooks.register("construct_reports_menu")
def leave_out_search_terms(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's report of everything searched: it stays empty, for we do not record that."""
    items[:] = [item for item in items if item.name != "search-terms"]


@hooks.register("register_permissions")
def permissions_for_groups() -> QuerySet[Permission]:
    """Let the admin's page of a group show who reads the report."""
    return Permission.objects.filter(
        content_type__app_label="curation", codename="view_missedsearch"
    )
