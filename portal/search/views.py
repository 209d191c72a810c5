"""The search page, and what a search box offers while somebody types."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from portal.search import results
from portal.search.addresses import pasted_address
from portal.search.engines import get_engine
from portal.search.listing import Listing
from portal.text import clean_line

FACETS = (
    *("kind", "commitment", "consultation", "phase", "stage", "technology"),
    *("type", "group", "state", "language", "year"),
)
MOST_SUGGESTED = 8
# Of what is typed. No title is looked for by more.
LONGEST_TYPED = 100


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """
    Show what the portal holds, by words and by facet; without either, all, newest first.

    An address of the portal in place of words leads to its page.
    """
    if address := pasted_address(request, request.GET.get("q", "")):
        return redirect(address)
    listing = Listing.of(request, facets=FACETS)
    results.count_missed(request, listing)
    context = {"listing": listing, **results.context(listing)}
    return render(request, "search/search.html", context)


@require_safe
# Kept by the reader's own browser alone: what is hidden must not be offered to anybody anew.
@cache_control(private=True, max_age=30)
def suggestions(request: HttpRequest) -> HttpResponse:
    """
    List public entries whose title has the words being typed (`q`), as JSON, at most eight.

    `[{"title": …, "url": …, "kind": …, "language": …}]`, all plain text; empty for what is too
    short or makes no sense.
    """
    text = clean_line(request.GET.get("q", ""))[:LONGEST_TYPED]
    found = get_engine().complete(text, limit=MOST_SUGGESTED) if text else []
    entries = [
        {"title": each.title, "url": each.url, "kind": each.kind_label, "language": each.language}
        for each in found
    ]
    return JsonResponse(entries, safe=False, headers={"X-Robots-Tag": "noindex"})
