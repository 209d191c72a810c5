"""Choosing what to take along, and what a pack is checked with."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.packs import keys
from knowledge.packs.actions import MAKER
from knowledge.packs.forms import TakeAlongForm
from knowledge.packs.page_context import Shelf
from knowledge.packs.rendering import OPENSSL, VERIFIER
from knowledge.packs.schema import MOST_BYTES, MOST_GUIDES
from portal.cms.navigation import address
from portal.made.actions import ask_for
from portal.metadata import metadata
from portal.web.downloads import saved_as


@csrf_exempt  # the check would need a cookie; a file is made of what is public, and that is all
@require_http_methods(["GET", "HEAD", "POST"])
def take_along(request: HttpRequest) -> HttpResponse:
    """Show the guides to choose from; have a pack made of those that were chosen."""
    shelf = Shelf(request.GET, request.GET.getlist("guide"))
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = TakeAlongForm(*posted, shelf=shelf)
    if form.is_valid():
        chosen = {"guides": [row.pk for row in form.cleaned_data["rows"]]}
        return ask_for(request, MAKER, {**chosen, "old": form.cleaned_data["old"]})
    ticked = request.POST.getlist("guide") if form.is_bound else shelf.ticked
    context = {
        "form": form,
        "shelf": shelf,
        "ticked": ticked,
        "groups": shelf.groups(ticked),
        "together": sum(row.size or 0 for row in shelf.found(ticked)),
        "most_guides": MOST_GUIDES,
        "most_megabytes": MOST_BYTES // 1_000_000,
        "home_href": address(""),
        "guides_href": address("guides/"),
        **metadata(request, {"@type": "WebPage", "name": _("Take guides along")}),
    }
    status = 422 if form.is_bound else 200
    return render(request, "knowledge/packs/take_along.html", context, status=status)


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Show the public keys of packs, and the programs that check one."""
    context = {
        "keys": keys.public_keys(),
        "openssl": OPENSSL,
        "program": VERIFIER.read_text(),
        "home_href": address(""),
        "guides_href": address("guides/"),
        **metadata(request, {"@type": "WebPage", "name": _("Check a pack of guides")}),
    }
    return render(request, "knowledge/packs/check.html", context)


@require_safe
def public_key(request: HttpRequest) -> HttpResponse:
    """Send the public key that packs are signed with today, as PEM."""
    headers = saved_as("public-key.pem")
    return HttpResponse(keys.public_keys()[0], "application/x-pem-file", headers=headers)


@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """Send the program that checks a pack."""
    return HttpResponse(VERIFIER.read_bytes(), "text/x-python", headers=saved_as("verify.py"))
