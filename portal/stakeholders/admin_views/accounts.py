"""What administrators do with one account: delete it, take out what is kept, reset its factor."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.stakeholders import actions, departures
from portal.stakeholders.actions.factor_resets import has_factor
from portal.stakeholders.admin_views.forms import ReasonForm
from portal.stakeholders.admin_views.pages import INDEX, person_for, show
from portal.stakeholders.models import FactorReset, User
from portal.stakeholders.permissions import (
    user_can_approve_reset,
    user_can_ask_for_reset,
    user_can_delete_person,
    user_can_export_person,
    user_can_keep_people,
)
from portal.stakeholders.views import SignedInRequest
from portal.web.form_handling import refusal_told, take_in

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def delete_person(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what goes and what stays, ask for the reason; ask once more; then delete the account."""
    person = person_for(pk, user_can_delete_person, request)
    form = _reason(request, _("The person reads it in a mail. The log of staff keeps it."))
    is_sure = request.POST.get("step") == "confirm"

    def act() -> HttpResponse:
        if not is_sure:
            return _show_deletion(request, person, form, 200, asks_again=True)
        actions.delete_person(person=person, by=request.user, **form.cleaned_data)
        messages.success(request, _("The account is deleted, and its owner is told by mail."))
        return redirect(INDEX)

    return take_in(request, form, act, partial(_show_deletion, request, person, form))


def _show_deletion(
    request: HttpRequest, person: User, form: ReasonForm, status: int, *, asks_again: bool = False
) -> HttpResponse:
    return show(
        request,
        "stakeholders_admin/delete_person.html",
        _("Delete an account"),
        status,
        person=person,
        form=form,
        asks_again=asks_again,
        told=departures.told(person),
        waits=departures.waits(person),
        written=departures.has_choice(person),
    )


@get_or_post
def export_person(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Ask how the owner asked for it; then hand over the file."""
    person = person_for(pk, user_can_export_person, request)
    form = _reason(
        request,
        _("How and when the person asked for it. They read it in a mail; the log keeps it."),
    )

    def act() -> HttpResponse:
        file = actions.export_person(person=person, by=request.user, **form.cleaned_data)
        return FileResponse(file, as_attachment=True, filename="account.zip")  # type: ignore[return-value]

    return take_in(request, form, act, _page(request, "export_person", _("Export"), person, form))


@get_or_post
def ask_for_reset(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask that somebody's lost second factor be removed."""
    person = person_for(pk, user_can_ask_for_reset, request)
    form = _reason(
        request,
        _(
            "How you know that it is really them: you rang the number that you had before, or met "
            "them. The other administrator reads it."
        ),
    )

    def act() -> HttpResponse:
        actions.ask_for_reset(person=person, by=request.user, **form.cleaned_data)
        messages.success(request, _("It is asked. Another administrator approves it."))
        return redirect("factor_resets")

    title = _("Remove a lost second factor")
    shown = _page(request, "ask_for_reset", title, person, form, has_factor=has_factor(person))
    return take_in(request, form, act, shown)


@get_or_post
def factor_resets(request: SignedInRequest) -> HttpResponse:
    """Show the requests that wait for a second person; approve one, or refuse it."""
    if not user_can_keep_people(request.user):
        raise PermissionDenied
    if request.method == "POST":
        return _decide(request)
    waiting = FactorReset.objects.waiting(timezone.now())
    rows = [(each, user_can_approve_reset(request.user, each)) for each in waiting]
    title = _("Lost second factors")
    return show(request, "stakeholders_admin/factor_resets.html", title, rows=rows)


def _decide(request: SignedInRequest) -> HttpResponse:
    pk = request.POST.get("reset", "")
    if not pk.isdecimal() or len(pk) > 12:
        raise Http404
    reset = get_object_or_404(FactorReset, pk=int(pk))
    with refusal_told(request):
        if request.POST.get("act") == "approve":
            actions.approve_reset(reset=reset, by=request.user)
            messages.success(request, _("The second factor is removed, and the person is told."))
        elif request.POST.get("act") == "refuse":
            actions.refuse_reset(reset=reset, by=request.user)
            messages.success(request, _("The request is gone. Nothing was removed."))
    return redirect("factor_resets")


def _reason(request: HttpRequest, help_text: str) -> ReasonForm:
    return ReasonForm(request.POST if request.method == "POST" else None, help_text=help_text)


def _page(
    request: HttpRequest, name: str, title: str, person: User, form: ReasonForm, **more: Any
) -> Callable[[int], HttpResponse]:
    """Return what shows a page that asks for a reason."""
    context = {"person": person, "form": form, "edit": _edit(person), **more}
    return lambda status: show(request, f"stakeholders_admin/{name}.html", title, status, **context)


def _edit(person: User) -> str:
    return reverse("wagtailusers_users:edit", args=[person.pk])
