"""The register of states and a page for each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from knowledge.states import endorsement
from knowledge.states.forms import RegisterFilterForm
from knowledge.states.queries import read_register
from knowledge.states.registry import published_about
from portal.cms.navigation import address
from portal.metadata import metadata
from portal.stakeholders.models import State


@require_safe
def states(request: HttpRequest) -> HttpResponse:
    """The register as a table, narrowed by the query string."""
    form = RegisterFilterForm(request.GET)
    chosen = form.chosen
    context = {
        "form": form,
        "chosen": chosen,
        "register": read_register(**chosen),
        "endorsement": endorsement,
        "page_has_errors": bool(form.errors),
        "home_href": address(""),
        "code_href": address("code/"),
        **metadata(request),
    }
    return render(request, "knowledge/states/register.html", context)


@require_safe
def state(request: HttpRequest, code: str) -> HttpResponse:
    """One state, by its two-letter code in lower case; upper case moves there for good."""
    if code != code.lower():
        return redirect("state", code.lower(), permanent=True)
    found = get_object_or_404(State, iso2=code.upper())
    context = {
        "state": found,
        "endorsement": endorsement,
        "published": published_about(found),
        "home_href": address(""),
        "code_href": address("code/"),
        "contact_href": address("about/contact/"),
        **metadata(request),
    }
    return render(request, "knowledge/states/state.html", context)
