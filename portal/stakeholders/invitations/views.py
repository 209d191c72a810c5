"""
Answering an invitation: a code to the invited mailbox, an account where there is none, the answer.

The link alone is worth nothing: it may have been passed on, or opened by a filter of mail. Until
the code is typed the page does not say whether the mailbox has an account, nor which it is.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.stakeholders import actions
from portal.stakeholders.actions.errors import InvitationIsOver
from portal.stakeholders.forms import ProfileFields, ProofCodeForm
from portal.stakeholders.models import Invitation, User
from portal.stakeholders.permissions import user_may_still_invite, user_may_work_in_admin
from portal.stakeholders.proof.mailed_code import is_waiting, new_code, take_code
from portal.stakeholders.rate_limits import ANY_ACCOUNT, FORMS
from portal.web.errors import NotRight
from portal.web.form_handling import take_in

PROVED = "invitation_proved"
CODE = "invitation_code"
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@get_or_post
def invitation(request: HttpRequest) -> HttpResponse:
    """Show what somebody is invited to, and take the next step towards an answer."""
    found = Invitation.objects.of_link(request.GET.get("by", ""), timezone.now())
    if found is None or not user_may_still_invite(found.invited_by):
        return _over(request)
    try:
        return _step(request, found)(request, found)
    except InvitationIsOver:
        return _over(request)


def _step(
    request: HttpRequest, found: Invitation
) -> Callable[[HttpRequest, Invitation], HttpResponse]:
    """Return the view of the step at which this browser is."""
    if isinstance(request.user, User):
        return _answer if actions.is_for(found, request.user) else _somebody_else
    if request.session.get(PROVED) == found.link_hash:
        return _make_account
    if is_waiting(request, _key(found)) and request.POST.get("action") != "send":
        return _take_code
    return _send_code


def _over(request: HttpRequest) -> HttpResponse:
    context = {"step": "over", "problem": str(InvitationIsOver())}
    return render(request, "stakeholders/invitation.html", context, status=410)


def _somebody_else(request: HttpRequest, found: Invitation) -> HttpResponse:
    return _show(request, found, "somebody-else", None, 403)


def _send_code(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = forms.Form(request.POST)

    def act() -> HttpResponse:
        if request.POST.get("action") != "send":
            messages.error(request, _("This code no longer works. Ask for a new one."))
            return redirect(request.get_full_path())
        FORMS.take(request)
        code = new_code(request, _key(found))
        get_adapter().send_mail("account/email/invitation_code", found.email, {"code": code})
        return redirect(request.get_full_path())

    return take_in(request, form, act, partial(_show, request, found, "start", form))


def _take_code(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = ProofCodeForm(request.POST if request.method == "POST" else None)

    def act() -> HttpResponse:
        turn = ANY_ACCOUNT.take(request)
        if not take_code(request, form.cleaned_data["code"], _key(found)):
            wrong = _("The code is not right. Check it against the newest e-mail.")
            raise NotRight(wrong, field="code")
        turn.give_back()
        person = actions.account_of(found.email)
        if person is not None:
            actions.confirm_mailbox(person)
            return _sign_in(request, person)
        request.session[PROVED] = found.link_hash
        return redirect(request.get_full_path())

    return take_in(request, form, act, partial(_show, request, found, "code", form))


def _make_account(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = ProfileFields(request.POST if request.method == "POST" else None)

    def act() -> HttpResponse:
        person = actions.make_account(invitation=found, **form.cleaned_data)
        del request.session[PROVED]
        return _sign_in(request, person)

    return take_in(request, form, act, partial(_show, request, found, "account", form))


def _answer(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = forms.Form(request.POST)
    person: User = request.user  # type: ignore[assignment]  # signed in

    def act() -> HttpResponse:
        if request.POST.get("action") == "decline":
            actions.decline(invitation=found, by=person)
            messages.success(request, _("You have declined. Nothing was changed."))
            return redirect("account_overview")
        accepted = actions.accept(invitation=found, by=person)
        messages.success(request, _("You have accepted the invitation."))
        if user_may_work_in_admin(accepted):
            return redirect(f"{reverse('account_proof')}?next={reverse('wagtailadmin_home')}")
        return redirect("account_overview")

    return take_in(request, form, act, partial(_show, request, found, "answer", form))


def _sign_in(request: HttpRequest, person: User) -> HttpResponse:
    """Sign in whoever has typed the code, through their second factor where they have one."""
    record_authentication(request, person, method="code", email=person.email)
    login = Login(user=person, email=person.email, redirect_url=request.get_full_path())
    return perform_login(request, login)


def _key(found: Invitation) -> str:
    return f"{CODE}.{found.pk}"


def _show(
    request: HttpRequest, found: Invitation, step: str, form: Any, status: int
) -> HttpResponse:
    context = {
        "step": step,
        "form": form,
        "invitation": found,
        "roles": found.role_names,
        "here": request.get_full_path(),
        "log_days": settings.STAFF_LOG_DAYS,
        "page_has_errors": status >= 400,
    }
    return render(request, "stakeholders/invitation.html", context, status=status)
