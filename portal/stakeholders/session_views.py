"""Where a person is signed in: their own list, and the page on which staff end somebody's."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.keys import hashed
from portal.sessions.actions import end_session, end_sessions, name_session
from portal.sessions.models import Session
from portal.staff_log.actions import name_for_log, note
from portal.staff_log.models import What
from portal.stakeholders.forms import SessionNameForm
from portal.stakeholders.models import User
from portal.stakeholders.permissions import user_can_change_person
from portal.stakeholders.views import SignedInRequest

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@login_required
@get_or_post
def sessions(request: SignedInRequest) -> HttpResponse:
    """
    Show the browsers in which somebody is signed in; name one, end one or all others.

    Whoever ends another than this one proves first who they are; this one needs no proof.
    """
    if request.method == "POST":
        return _change(request)
    return _show(request)


def _change(request: SignedInRequest) -> HttpResponse:
    key, action = request.POST.get("session", ""), request.POST.get("action")
    if action == "name":
        form = SessionNameForm(request.POST, auto_id=f"{key[:12]}-%s")
        if not form.is_valid():
            return _show(request, {key: form}, status=422)
        if name_session(request.user, key, form.cleaned_data["name"]):
            messages.success(request, _("The name is saved."))
    elif action == "end" and key == _this(request):
        get_adapter().logout(request)
        return redirect("account_login")
    elif action == "end":
        raise_if_reauthentication_required(request, app="allauth.account")
        end_session(request.user, key)
        messages.success(request, _("The session has ended."))
    elif action == "end-others":
        raise_if_reauthentication_required(request, app="allauth.account")
        end_sessions(request.user, but=request.session.session_key)
        messages.success(request, _("All your other sessions have ended."))
    return redirect("account_sessions")


def _show(
    request: SignedInRequest, sent: dict[str, SessionNameForm] | None = None, status: int = 200
) -> HttpResponse:
    """Show the list; `sent` is a form with an error, by the session that it names."""
    this = _this(request)
    found = sorted(Session.objects.of(request.user), key=lambda session: session.pk != this)
    rows = [
        {
            "session": session,
            "is_this": session.pk == this,
            "form": (sent or {}).get(session.pk) or SessionNameForm.of(session),
        }
        for session in found
    ]
    context: dict[str, Any] = {"rows": rows, "form": next(iter((sent or {}).values()), None)}
    return render(request, "stakeholders/sessions.html", context, status=status)


def _this(request: SignedInRequest) -> str:
    return hashed(request.session.session_key or "")


@get_or_post
def end_sessions_of(request: SignedInRequest, pk: int) -> HttpResponse:
    """End every session of a person whose account the member of staff may change."""
    person = get_object_or_404(User, pk=pk)
    if not user_can_change_person(request.user, person):
        raise PermissionDenied
    if request.method == "POST":
        but = request.session.session_key if person == request.user else None
        ended = end_sessions(person, but=but)
        note(request.user, What.SESSIONS_ENDED, name_for_log(person))
        told = ngettext("%(count)s session has ended.", "%(count)s sessions have ended.", ended)
        messages.success(request, told % {"count": ended})
        return redirect("wagtailusers_users:edit", pk)
    context = {
        "person": person,
        "count": Session.objects.of(person).count(),
        "back": reverse("wagtailusers_users:edit", args=[pk]),
        "page_title": _("End all sessions"),
        "page_subtitle": str(person),
        "header_icon": "user",
    }
    return render(request, "stakeholders_admin/end_sessions.html", context)
