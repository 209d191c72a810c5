"""What the search page shows beside its hits: recommendations, help, and where one stands."""

from dataclasses import replace
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from portal.curation.actions import note_missed
from portal.search.engines import database_engine
from portal.search.facets import get_facet
from portal.search.listing import Listing
from portal.search.promotions import Promoted, named, promoted
from portal.search.registry import all_kinds, marks_of

# The same words in vain count once in this many seconds, so that a robot that asks them again and
# again is not taken for many people.
COUNTED_ONCE_IN = 3600


def context(listing: Listing) -> dict[str, Any]:
    """Return all that the template of the search page needs beside the listing."""
    first = (listing.query.page - 1) * listing.query.per_page + 1
    suggestion = listing.page.suggestion
    return {
        "first": first,
        "last": first + len(listing.hits) - 1,
        "states": _states(listing),
        "speakers": _speakers(listing),
        "marks": marks_of(listing.hits),
        "promotions": _promotions(listing),
        "named": named(listing.text) if is_plain(listing) else None,
        "suggestion_href": listing.href_for(suggestion) if suggestion else "",
        "searchable": is_searchable(listing),
        **(_ways_on(listing) if not listing.total else {}),
    }


def is_searchable(listing: Listing) -> bool:
    """False for signs alone, or nothing but words to leave out."""
    return not listing.text or bool(listing.expression)


def is_plain(listing: Listing) -> bool:
    """Say whether words alone are asked for, and it is the first page: how a search begins."""
    return bool(listing.text) and not listing.is_filtered and listing.query.page == 1


def count_missed(request: HttpRequest, listing: Listing) -> None:
    """
    Count a search for words alone that nothing has all of, for editors; never who asked.

    Pages that a browser fetches in advance and repetitions within an hour are not counted.
    """
    is_missed = not listing.total or listing.page.partly
    if not (is_missed and is_plain(listing) and is_searchable(listing)):
        return
    if request.method != "GET" or request.headers.get("Sec-Purpose", "").startswith("prefetch"):
        return
    language = get_language() or ""
    words = " ".join(listing.text.casefold().split())
    # Keyed, for a cache is no place to keep what somebody typed.
    digest = salted_hmac("portal.search.missed", f"{language} {words}", algorithm="sha256")
    if caches["pages"].add(f"search-missed-{digest.hexdigest()}", True, COUNTED_ONCE_IN):
        note_missed(listing.text, language)


def _ways_on(listing: Listing) -> dict[str, Any]:
    """Lead on from nothing: how many would be found without the filters, or by any word."""
    words = " OR ".join(word for term in listing.expression.terms() for word in term.words)
    return {
        "unfiltered": _count(listing, filters={}) if listing.is_filtered else 0,
        "by_any_word": _count(listing, text=words) if " OR " in words else 0,
        "any_word_href": listing.href_for(words),
    }


def _count(listing: Listing, **changed: Any) -> int:
    """Count those that answer the query changed so; of the database, which needs no waiting for."""
    query = replace(listing.query, facets=(), page=1, per_page=1, **changed)
    return database_engine().search(query).total


def _promotions(listing: Listing) -> list[Promoted]:
    return promoted(listing.text, get_language() or "") if is_plain(listing) else []


def _speakers(listing: Listing) -> dict[tuple[str, str], str]:
    """Return who speaks in the hits, by kind and key; a query for each kind that tells."""
    found: dict[tuple[str, str], str] = {}
    for kind in all_kinds():
        keys = [hit.key for hit in listing.hits if hit.kind == kind.key]
        if keys and kind.speakers:
            found |= {(kind.key, key): name for key, name in kind.speakers(keys).items()}
    return found


def _states(listing: Listing) -> dict[str, str]:
    """Names of the states beside hits, by code; most are options of the facet already."""
    codes = {hit.state for hit in listing.hits if hit.state and hit.kind != "state"}
    names = {
        option.value: option.label
        for group in listing.facets
        if group.name == "state"
        for option in group.options
    }
    missing = codes - names.keys()
    return names | dict(get_facet("state").labels(missing)) if missing else names
