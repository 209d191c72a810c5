"""The search page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.search.browse import Listing
from portal.search.syntax import MAX_LENGTH, parse

FACETS = ("kind", "commitment", "stage", "technology", "group", "language", "state")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What the portal holds, by words and by facet; without either, all of it, newest first."""
    listing = Listing.of(request, facets=FACETS)
    expression = parse(listing.text)
    words = [word for term in expression.terms() for word in term.words]
    return render(
        request,
        "search/search.html",
        {
            "listing": listing,
            "max_length": MAX_LENGTH,
            "searchable": bool(expression) or not listing.text,
            "any_word_href": listing.href_for(" OR ".join(words)) if len(words) > 1 else None,
        },
    )
