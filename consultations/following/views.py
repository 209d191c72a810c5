"""Following a consultation: what followers are told, an address or a button, and stopping."""

import secrets
from functools import partial
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from consultations.calls.models import ConsultationPage, read
from consultations.following import actions
from consultations.following.expiry import is_over
from consultations.following.models import Follow
from consultations.following.unsubscribe_links import followed_by, stop_address
from consultations.responses.forms.news import AddressForm, CodeForm
from portal.confidential import confidential
from portal.notifications import confirmations
from portal.notifications.rate_limits import ASKED
from portal.stakeholders.models import Person, User
from portal.stakeholders.views import SignedInRequest
from portal.web.csrf import keeps_what_is_typed
from portal.web.form_handling import take_in

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@keeps_what_is_typed
@never_cache
@get_or_post
@confidential
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what followers are told; take a member's button, an address, or the code for it."""
    page = get_object_or_404(ConsultationPage.objects.readable(), slug=slug).in_language()
    if member := _member(request.user):
        return _take_button(request, page, member)
    if request.method != "POST":
        return _show(request, page)
    return (_take_code if "code" in request.POST else _take_address)(request, page)


def _take_button(request: HttpRequest, page: ConsultationPage, member: User) -> HttpResponse:
    form = forms.Form(request.POST)

    def act() -> HttpResponse:
        if "stop" in request.POST:
            for each in Follow.objects.of(member).filter(consultation=page):
                actions.stop_following(pk=each.pk)
        else:
            language = get_language() or ""
            actions.follow_as_member(page=page, by=member, language=language)
        return redirect(request.path)

    return take_in(request, form, act, partial(_show, request, page, form))


def _take_address(request: HttpRequest, page: ConsultationPage) -> HttpResponse:
    form = AddressForm(request.POST, is_nameless=False)

    def act() -> HttpResponse:
        ASKED.take(request)
        token = _token(request) or secrets.token_urlsafe(16)
        actions.ask_for_code(
            page=page,
            token=token,
            address=form.cleaned_data["email"],
            language=form.cleaned_data["language"],
        )
        return redirect(f"{request.path}?{urlencode({'of': token})}")

    return take_in(request, form, act, partial(_show, request, page, form))


def _take_code(request: HttpRequest, page: ConsultationPage) -> HttpResponse:
    form = CodeForm(request.POST)

    def act() -> HttpResponse:
        try:
            pk = actions.confirm_address(
                page=page, token=_token(request), code=form.cleaned_data["code"]
            )
        except confirmations.CodeIsOver as error:
            again = AddressForm(is_nameless=False, known=form.typed_before())
            return _show(request, page, again, error.status_code, str(error))
        told = _(
            "You follow this consultation at the address that you confirmed. To end it, use the "
            "link in any of its mails, or this one:"
        )
        link = format_html(
            '<a class="link" href="{}">{}</a>', stop_address(pk), _("Stop following")
        )
        messages.success(request, format_html("{} {}", told, link))
        return redirect(page.get_url())

    return take_in(request, form, act, partial(_show, request, page, form))


def _token(request: HttpRequest) -> str:
    """Return what tells one who asked for a code from others: it stands in their address alone."""
    return request.GET.get("of", "")


def _member(user: Person) -> User | None:
    """Return who is signed in, if their account has an address that can be written to."""
    return user if isinstance(user, User) and user.has_confirmed(user.email) else None


def _show(
    request: HttpRequest,
    page: ConsultationPage,
    form: forms.Form | None = None,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    member, token = _member(request.user), _token(request)
    waiting = confirmations.waiting_for(actions.purpose(page, token)) if token else None
    if form is None:
        asks_code = waiting and "another" not in request.GET
        form = CodeForm.of(waiting) if waiting and asks_code else None
    context = {
        "page": page,
        "form": form or AddressForm(is_nameless=False, known=waiting),
        "member": member,
        "follows": member and Follow.objects.of(member).filter(consultation=page).exists(),
        "asks_code": isinstance(form, CodeForm),
        "problem": problem,
        "page_has_errors": status != 200,
        "is_over": is_over(page, timezone.now()),
        "phase": page.phase(),
        "query": f"?{urlencode({'of': token})}" if token else "",
        "breadcrumb_items": page.breadcrumbs(),
    }
    return render(request, "consultations/following/follow.html", context, status=status)


@never_cache
@login_required
@get_or_post
@confidential
def index(request: SignedInRequest) -> HttpResponse:
    """Show what somebody follows, each with the button that stops it."""
    own = Follow.objects.of(request.user)
    if request.method == "POST":
        pk = request.POST.get("follow", "")
        for each in own.filter(pk=int(pk)) if pk.isdecimal() and len(pk) < 16 else ():
            actions.stop_following(pk=each.pk)
        return redirect("following:index")
    found = ConsultationPage.objects.readable().in_bulk([each.consultation_id for each in own])
    pages = {page.pk: page for page in read(found.values())}
    context = {"follows": [(each, pages.get(each.consultation_id)) for each in own]}
    return render(request, "consultations/following/index.html", context)


@csrf_exempt  # the signature in the address is the proof; mail programs have no token
@never_cache
@get_or_post
@confidential
def stop(request: HttpRequest) -> HttpResponse:
    """
    Stop one following, by the link that its mails hold.

    A page first, since mail scanners open links; mail programs POST at once (RFC 8058).
    """
    pk = followed_by(request.GET.get("of", ""))
    if pk is None:
        raise Http404("No such link")
    if request.method == "POST":
        actions.stop_following(pk=pk)
    follows = Follow.objects.filter(pk=pk).exists()
    return render(request, "consultations/following/stop.html", {"follows": follows})
