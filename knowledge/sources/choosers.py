"""How an editor cites: choose a source in a window, then say where in it."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView, ChosenView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.snippets.views import chooser as snippets

from knowledge.sources.forms import PlaceForm
from knowledge.sources.marks import Citation
from knowledge.sources.models import Source
from portal.web.forms import TypedText


class ByWordsForm(TypedText, BaseFilterForm):
    """Narrows a list to the sources that have all the words."""

    q = forms.CharField(label=_("Words"), required=False)

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        self.search_query = self.cleaned_data.get("q", "")
        self.is_searching = bool(self.search_query)
        return super().filter(objects.found(self.search_query))  # type: ignore[attr-defined]


class SourceColumns:
    """A list of sources by title, with what tells two of one name apart."""

    filter_form_class = ByWordsForm
    ordering: ClassVar = ["title", "key"]

    @property
    def columns(self) -> list[Column]:
        shown = super().columns  # type: ignore[misc]
        return [
            *shown,
            Column("key", label=pgettext_lazy("what names a source", "Key")),
            Column("issuer", label=_("Issuer")),
        ]


class ChooseSourceView(SourceColumns, ChooseView):
    pass


class SourcesFoundView(SourceColumns, ChooseResultsView):
    pass


class ThenPlaceView(ChosenView):
    """Leads from a source that was chosen to the place in it."""

    def get(self, request: HttpRequest, pk: str) -> HttpResponse:
        return redirect("cite_place", get_object_or_404(Source, pk=pk).key)


class CiteChooserViewSet(ChooserViewSet):
    """The window that opens at a word."""

    model = Source
    icon = "openquote"
    page_title = _("Cite a source")
    choose_view_class = ChooseSourceView
    choose_results_view_class = SourcesFoundView
    chosen_view_class = ThenPlaceView
    register_widget = False


class ChooseFurtherView(SourceColumns, snippets.ChooseView):
    pass


class FurtherFoundView(SourceColumns, snippets.ChooseResultsView):
    pass


class FurtherSourceChooserViewSet(snippets.SnippetChooserViewSet):
    """The window in which a list of sources is put together."""

    choose_view_class = ChooseFurtherView
    choose_results_view_class = FurtherFoundView


def place(request: HttpRequest, key: str) -> HttpResponse:
    """Ask where in a source the text rests, and hand the citation to the editor's text."""
    source = get_object_or_404(Source, key=key)
    form = PlaceForm(request.POST or None, initial={"pinpoint": request.GET.get("pinpoint", "")})
    if request.method == "POST" and form.is_valid():
        citation = Citation(source.key, form.cleaned_data["pinpoint"])
        told = {"source": citation.key, "pinpoint": citation.pinpoint, "title": citation.label}
        return render_modal_workflow(request, None, json_data={"step": "cited", "result": told})
    return render_modal_workflow(
        request,
        "sources_admin/place.html",
        template_vars={"source": source, "form": form},
        json_data={"step": "place"},
    )
