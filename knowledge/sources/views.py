"""The library of sources as pages, and each source as files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge.sources.formats import FORMS, answer, of_source
from knowledge.sources.forms import FindForm
from knowledge.sources.metadata import linked_data
from knowledge.sources.models import Source
from knowledge.sources.presenters import silent_links
from knowledge.sources.queries import with_silent_links
from knowledge.sources.registry import cited_by
from portal.cms.navigation import address
from portal.languages.sorting import sort_key
from portal.metadata import metadata


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the sources by name: all, or what the query string asks for."""
    form = FindForm(request.GET)
    chosen = form.chosen
    language = get_language() or ""
    found = Source.objects.found(**chosen)
    context = {
        "form": form,
        "sources": sorted(found, key=lambda each: sort_key(each.name, language)),
        "is_whole": not any(chosen.values()),
        "home_href": address(""),
        **metadata(request, {"@type": "CollectionPage", "name": _("Sources")}),
    }
    return render(request, "knowledge/sources/index.html", context)


@require_safe
def source(request: HttpRequest, key: str) -> HttpResponse:
    """Show a source: what it is, whom it binds, where it can be read, and what cites it."""
    if key != key.lower():
        return redirect("source", key.lower(), permanent=True)
    known = Source.objects.select_related("successor").saying_whether_silent()
    [found] = with_silent_links([get_object_or_404(known, key=key)])
    context = {
        "source": found,
        "silent_links": silent_links(found),
        "titled": found.titled_in(get_language() or ""),
        "cited_by": cited_by(found),
        "forms": FORMS.values(),
        "home_href": address(""),
        **metadata(request, linked_data(found)),
    }
    return render(request, "knowledge/sources/source.html", context)


@require_safe
def file(request: HttpRequest, key: str, file: str) -> HttpResponse:
    """Send a source in a form that reference managers read, or that stands in a letter."""
    if file not in FORMS:
        raise Http404
    found = get_object_or_404(Source, key=key)
    return answer(FORMS[file], found.key, [of_source(found)])
