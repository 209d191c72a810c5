"""Going on with a code: at its consultation, and at the one entry for all consultations."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultations.calls.models import ConsultationPage
from consultations.responses import expiry
from consultations.responses.access import cookies, handles, typed
from consultations.responses.access.codes import hash_code
from consultations.responses.access.rate_limits import try_code
from consultations.responses.access.session import Answering, answering_page
from consultations.responses.access.typed import Typed
from consultations.responses.actions import KEPT_DAYS
from consultations.responses.errors import NothingOpened
from consultations.responses.forms.steps import CodeForm
from consultations.responses.models import Draft, Response
from portal.confidential import confidential
from portal.web.arrival import arrived_at
from portal.web.csrf import FORGED, is_forged, keeps_what_is_typed
from portal.web.form_handling import take_in

FORM = "resume"


@dataclass
class Everywhere:
    """A request at the entry for all; stands where that of a consultation has `Answering`."""

    request: HttpRequest
    at: datetime

    def go(self, name: str, *, query: str = "") -> HttpResponse:
        """Lead to the entry again."""
        return redirect(self.request.path + query)

    def render(self, template: str, title: str, *, status: int = 200, **extra: Any) -> HttpResponse:
        """Show the page of the entry."""
        context = {"title": title, "kept_days": KEPT_DAYS, **extra}
        template = f"consultations/responses/{template}_everywhere.html"
        return render(self.request, template, context, status=status)


Entry = Answering | Everywhere


@answering_page
@keeps_what_is_typed
def resume(answering: Answering) -> HttpResponse:
    """Go on with the code of a response to this consultation, on whatever machine."""
    return _resume(answering, answering.page.slug, partial(_open, answering))


@confidential
@keeps_what_is_typed
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resume_everywhere(request: HttpRequest) -> HttpResponse:
    """
    Lead whoever has a code to their response, whichever consultation it is to.

    Its address names no consultation. It takes, counts and looks up as a consultation's entry does.
    """
    entry = Everywhere(request, arrived_at(request))
    return _resume(entry, cookies.EVERYWHERE, partial(_open_everywhere, entry))


def _resume(entry: Entry, place: str, open_: Callable[[str], HttpResponse]) -> HttpResponse:
    """
    Show the form, or what `open_` answers to the code that was typed.

    What opens nothing is shown again with the reason by another request: a browser that restores
    its windows keeps what was sent to the page that it shows, and that would be nearly the code.
    """
    request = entry.request
    if request.method != "POST":
        return _ask_for_code(entry, place)
    form = CodeForm(request.POST)

    def lead_back(status: int) -> HttpResponse:
        back = entry.go("resume", query="?again" if is_forged(request) else "")
        why = [*form.non_field_errors(), *form["code"].errors][:1]
        shown = Typed({"code": request.POST.get("code", "")}, {"code": why}, status)
        return typed.keep(back, place, FORM, shown, entry.at)

    return take_in(request, form, lambda: open_(form.cleaned_data["code"]), lead_back)


def _ask_for_code(entry: Entry, place: str) -> HttpResponse:
    """Show the empty form; or, once, what was typed into it before and why it opened nothing."""
    title, form, status = _("Go on with your code"), CodeForm(), 200
    if before := typed.take(entry.request, FORM, entry.at):
        form, status = CodeForm(before.data), before.status
        typed.show_errors(form, before.wrong)
    elif "again" in entry.request.GET:  # what was typed did not come back: no cookies
        form = CodeForm({})
        typed.show_errors(form, {"code": [str(FORGED)]})
    page = entry.render("resume", title, status=status, form=form)
    return typed.forget(page, entry.request, place)


def _open(answering: Answering, code: str) -> HttpResponse:
    hashed = hash_code(code)
    have_ended = answering.codes_have_ended

    def look_up() -> str | None:
        # Both, whatever the first finds: how long it takes tells nothing.
        draft = Draft.objects.of_code(answering.page.pk, hashed).exists()
        sent = Response.objects.of_code(answering.page.pk, hashed).exists()
        return None if have_ended else "tasks" if draft else "status" if sent else None

    where = try_code(answering.request, look_up)
    if where is None:
        ended = f" {answering.code_until}" if have_ended else ""
        raise NothingOpened(f"{NothingOpened()} {_unsent_are_erased()}{ended}")
    answering.give_code = code
    return answering.go(where)


def _open_everywhere(entry: Everywhere, code: str) -> HttpResponse:
    hashed = hash_code(code)

    def look_up() -> tuple[ConsultationPage, str] | None:
        # Both here too. Of codes that have ended it is not told that they ever opened anything.
        draft = Draft.objects.of_readable(hashed).first()
        sent = Response.objects.of_readable(hashed).first()
        found = draft or sent
        if found is None or expiry.have_ended(found.consultation, entry.at):
            return None
        return found.consultation, "tasks" if draft else "status"

    found = try_code(entry.request, look_up)
    if found is None:
        nothing = _("This code opens nothing. Compare it with what you wrote down.")
        ended = _("A code opens a response until some months after its consultation has ended.")
        raise NothingOpened(f"{nothing} {_unsent_are_erased()} {ended}")
    page, where = found
    answer = redirect(f"responses:{where}", page.slug)
    cookies.give(answer, page.slug, handles.begin(code, entry.at))
    return answer


def _unsent_are_erased() -> str:
    more = _("A draft that was not sent is erased %(days)d days after the deadline.")
    return more % {"days": KEPT_DAYS}
