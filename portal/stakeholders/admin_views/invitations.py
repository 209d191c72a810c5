"""Inviting somebody in the admin, and the invitations that wait."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.stakeholders import actions
from portal.stakeholders.admin_views.forms import InvitationForm
from portal.stakeholders.admin_views.pages import show
from portal.stakeholders.models import Invitation
from portal.stakeholders.permissions import user_can_keep_people
from portal.stakeholders.views import SignedInRequest
from portal.web.form_handling import refusal_told, take_in

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def invite(request: SignedInRequest) -> HttpResponse:
    """Ask whom to invite, to what and what for; then the mail goes."""
    if not user_can_keep_people(request.user):
        raise PermissionDenied
    form = InvitationForm(request.POST if request.method == "POST" else None)

    def act() -> HttpResponse:
        actions.invite(by=request.user, **form.cleaned_data)
        messages.success(request, _("The invitation is on its way. It works for 7 days."))
        return redirect("invitations")

    return take_in(request, form, act, partial(_show_form, request, form))


@get_or_post
def invitations(request: SignedInRequest) -> HttpResponse:
    """Show the invitations that nobody has answered; send one again, or take it back."""
    if not user_can_keep_people(request.user):
        raise PermissionDenied
    if request.method == "POST":
        return _act(request)
    now = timezone.now()
    rows = [(each, each.is_over(now)) for each in Invitation.objects.listed()]
    return show(request, "stakeholders_admin/invitations.html", _("Invitations"), rows=rows)


def _act(request: SignedInRequest) -> HttpResponse:
    pk = request.POST.get("invitation", "")
    if not pk.isdecimal() or len(pk) > 12:
        raise Http404
    invitation = get_object_or_404(Invitation, pk=int(pk))
    with refusal_told(request):
        if request.POST.get("act") == "again":
            actions.send_again(invitation=invitation, by=request.user)
            messages.success(request, _("It is on its way again, with a new link."))
        elif request.POST.get("act") == "take-back":
            actions.take_back(invitation=invitation, by=request.user)
            messages.success(request, _("It is taken back. Its link no longer works."))
    return redirect("invitations")


def _show_form(request: HttpRequest, form: Any, status: int) -> HttpResponse:
    template = "stakeholders_admin/invite.html"
    return show(request, template, _("Invite a person"), status, form=form)
