"""The register of states, a page for each, and a form to tell of a public source."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.states import endorsement
from knowledge.states.actions import tell_source
from knowledge.states.dots import dot_map
from knowledge.states.forms import RegisterFilterForm, SourceTipForm
from knowledge.states.queries import read_register
from knowledge.states.rate_limits import SOURCES
from knowledge.states.registry import published_about
from portal.cms.navigation import address
from portal.confidential import confidential
from portal.metadata import metadata
from portal.stakeholders.models import State
from portal.web.csrf import keeps_what_is_typed
from portal.web.form_handling import take_in


@require_safe
def states(request: HttpRequest) -> HttpResponse:
    """Show the register as a table, or what the query string names."""
    form = RegisterFilterForm(request.GET)
    register = read_register(**form.chosen)
    context = {
        "form": form,
        "register": register,
        "world": dot_map(state.iso2 for state in register.subscribers),
        "page_has_errors": bool(form.errors),
        **_ways(),
        **metadata(request),
    }
    return render(request, "knowledge/states/register.html", context)


@require_safe
def state(request: HttpRequest, code: str) -> HttpResponse:
    """Show a state by its two-letter code in lower case; upper case moves there for good."""
    if code != code.lower():
        return redirect("state", code.lower(), permanent=True)
    found = get_object_or_404(State, iso2=code.upper())
    context = {
        "state": found,
        "published": published_about(found),
        **_ways(),
        **metadata(request),
    }
    return render(request, "knowledge/states/state.html", context)


@keeps_what_is_typed
@require_http_methods(["GET", "HEAD", "POST"])
@confidential
def source(request: HttpRequest, code: str) -> HttpResponse:
    """Take in “Tell us of a public source”, on the state with this code in lower case."""
    found = get_object_or_404(State, iso2=code.upper()) if code == code.lower() else None
    if found is None:
        return redirect("state_source", code.lower(), permanent=True)
    form = SourceTipForm(request.POST if request.method == "POST" else None)

    def show(status: int) -> HttpResponse:
        context = {
            "state": found,
            "form": form,
            "is_sent": "sent" in request.GET,
            "page_has_errors": status != 200,
            **_ways(),
        }
        http_response = render(request, "knowledge/states/source.html", context, status=status)
        http_response["X-Robots-Tag"] = "noindex"
        return http_response

    return take_in(request, form, lambda: _tell(request, found, form), show)


def _tell(request: HttpRequest, found: State, form: SourceTipForm) -> HttpResponse:
    told = dict(form.cleaned_data)
    if not told.pop("website"):  # a machine gets the page that a person would get
        SOURCES.take(request)
        tell_source(state=found, on=timezone.localdate(), **told)
    return redirect(f"{request.path}?sent=yes")


def _ways() -> dict[str, Any]:
    return {
        "endorsement": endorsement,
        "home_href": address(""),
        "code_href": address("code/"),
        "learning_href": address("learning/"),
    }
