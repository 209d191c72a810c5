"""Editors' pages: synonyms, promoted results, and the report of missed searches."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views import generic
from wagtail.admin.views.reports import ReportView
from wagtail.contrib.search_promotions.views import settings as promotions
from wagtail.permission_policies import ModelPermissionPolicy

from portal.curation.actions import SynonymTaken
from portal.curation.models import LONGEST_SEARCH, MissedSearch
from portal.curation.permissions import user_can_add_synonyms, user_can_promote
from portal.formulas import safe
from portal.stakeholders.models import Person


class _TakenMeanwhileMixin:
    """Says so beside the field where two editors save the same word at once."""

    def form_valid(self, form: forms.ModelForm) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except SynonymTaken:
            form.add_error("words", _("Another group has just got one of these words."))
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]


class AddSynonymsView(_TakenMeanwhileMixin, generic.CreateView):
    """With `?words=` the first entry is there already."""

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"words": self.request.GET.get("words", "")[:LONGEST_SEARCH]}


class EditSynonymsView(_TakenMeanwhileMixin, generic.EditView):
    pass


class PromotedResultsView(promotions.IndexView):
    """Wagtail's own without its column of views: who searched for what is not recorded."""

    columns = [column for column in promotions.IndexView.columns if column.name != "views"]


class AddPromotionView(promotions.CreateView):
    """With `?query_string=` the words are there already."""

    template_name = "curation/add_promotion.html"

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("query_string", "")[:LONGEST_SEARCH]
        return super().get_initial() | {"query_string": asked}


class _SearchColumn(Column):
    """A column of what was searched, with links to the forms that could help, the words in them."""

    cell_template_name = "curation/missed_search.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"links": list(self._links(instance["text"], user))}

    @staticmethod
    def _links(text: str, user: Person) -> Iterator[tuple[str, str]]:
        if user_can_add_synonyms(user):
            yield _("Add a synonym"), f"{reverse('synonyms:add')}?{urlencode({'words': text})}"
        if user_can_promote(user):
            address = reverse("wagtailsearchpromotions:add")
            yield _("Promote a result"), f"{address}?{urlencode({'query_string': text})}"


def language_name(row: dict[str, Any]) -> str:
    return str(dict(settings.LANGUAGES).get(row["language"], row["language"]))


def last_day(row: dict[str, Any]) -> str:
    return date_format(row["last_day"])


def in_a_spreadsheet(text: str) -> str:
    """Return a text as a cell that no spreadsheet takes for a formula."""
    return safe([text])[0]


class MissedSearchesView(ReportView):
    """A list for editors: searched in vain, by several people as far as one can tell."""

    page_title = gettext_lazy("Missed searches")
    header_icon = "search"
    permission_policy = ModelPermissionPolicy(MissedSearch)
    permission_required = "view"
    index_url_name = "missed_searches"
    index_results_url_name = "missed_searches_results"
    results_template_name = "curation/missed_searches_results.html"
    columns = [
        _SearchColumn("text", label=gettext_lazy("Searched for"), width="50%"),
        Column("language", label=gettext_lazy("Language"), accessor=language_name),
        NumberColumn("times", label=pgettext_lazy("how often", "Times")),
        # Translators: a column: the day of the last such search.
        Column("last_day", label=gettext_lazy("Last on"), accessor=last_day),
    ]
    list_export = ["text", "language", "times", "last_day"]
    export_headings = {
        "text": gettext_lazy("Searched for"),
        "language": gettext_lazy("Language"),
        "times": pgettext_lazy("how often", "Times"),
        "last_day": gettext_lazy("Last on"),
    }
    export_filename = "missed-searches"
    custom_field_preprocess = {"text": {"csv": in_a_spreadsheet, "xlsx": in_a_spreadsheet}}

    def get_base_queryset(self) -> QuerySet:
        return MissedSearch.objects.told()
