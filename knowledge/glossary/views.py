"""The glossary as a page, and as files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge.glossary.export import FORMS
from knowledge.glossary.forms import FindForm
from knowledge.glossary.page_context import fields_of, frame
from knowledge.glossary.queries import find_terms
from knowledge.glossary.terms import cited_in, glossary
from portal.metadata import metadata
from portal.stakeholders.countries import LANGUAGES
from portal.web.downloads import saved_as
from portal.web.revalidation import revalidated


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the terms in the reader's order: all, or what the query string asks for."""
    form = FindForm(request.GET)
    chosen = form.chosen
    found = find_terms(**chosen)
    context = {
        "form": form,
        "terms": found,
        "sources": cited_in(found),
        "total": len(glossary()),
        "fields": fields_of(chosen),
        "is_whole": not any(chosen.values()),
        **frame(),
        **metadata(
            request,
            {"@type": "DefinedTermSet", "name": _("Glossary"), "inLanguage": list(LANGUAGES)},
        ),
    }
    return render(request, "knowledge/glossary/index.html", context)


@require_safe
@revalidated
def file(request: HttpRequest, form: str) -> HttpResponse:
    """Send every term in one file, the same in every language of the portal."""
    if form not in FORMS:
        raise Http404
    media_type, written = FORMS[form]
    return HttpResponse(written(), content_type=media_type, headers=saved_as(f"glossary.{form}"))
