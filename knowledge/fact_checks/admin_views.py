"""Fact checks in the Wagtail admin: opening a round, its page, and what is decided there."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knowledge.fact_checks.actions import asking
from knowledge.fact_checks.forms import DeadlineForm, ExpertForm, OpeningForm, SettlingForm
from knowledge.fact_checks.models import Expert, FactCheck, Verdict
from knowledge.fact_checks.permissions import user_can_have_facts_checked
from knowledge.fact_checks.presenters import unsettled, verdicts_by_section
from knowledge.guides.models import GuidePage
from portal.stakeholders.views import SignedInRequest
from portal.web.csrf import keeps_what_is_typed
from portal.web.form_handling import refusal_told, take_in

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@keeps_what_is_typed
@get_or_post
def open_round(request: SignedInRequest, page_id: int) -> HttpResponse:
    """Ask for a round on a guide's latest text and its first expert; show the earlier rounds."""
    guide = get_object_or_404(GuidePage, pk=page_id)
    _require(request, guide)
    first = {"contact": request.user.email, "language": get_language()}
    form = OpeningForm(request.POST if request.method == "POST" else None, initial=first)

    def act() -> HttpResponse:
        with transaction.atomic():
            check = asking.open_check(guide=guide, by=request.user, **form.of_round())
            asking.ask_expert(fact_check=check, by=request.user, **form.of_expert())
        messages.success(request, _("The round is open. The mail to the expert is on its way."))
        return redirect("fact_check", check.pk)

    rounds = guide.fact_checks.defer("sections")
    show = partial(_form, request, guide, form, _("Have facts checked"), rounds=rounds)
    return take_in(request, form, act, show)


@get_or_post
def show_round(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a round: its experts, and each section with what all of them say; do what is pressed."""
    check = _round(request, pk)
    if request.method == "POST":
        return _press(request, check)
    experts = list(check.experts.prefetch_related("verdicts"))
    sections = verdicts_by_section(check, experts)
    context = {
        "check": check,
        "experts": experts,
        "sections": sections,
        "unsettled": unsettled(sections),
        "edit": reverse("wagtailadmin_pages:edit", args=[check.guide_id]),
        **_head(check.title, check.guide),
    }
    return render(request, "fact_checks_admin/round.html", context)


@keeps_what_is_typed
@get_or_post
def ask_expert(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for one more expert of a round; then the mail goes."""
    check = _round(request, pk)
    first = {"language": get_language()}
    form = ExpertForm(request.POST if request.method == "POST" else None, initial=first)

    def act() -> HttpResponse:
        asking.ask_expert(fact_check=check, by=request.user, **form.cleaned_data)
        messages.success(request, _("The mail to the expert is on its way."))
        return redirect("fact_check", check.pk)

    show = partial(_form, request, check.guide, form, _("Ask one more expert"), check=check)
    return take_in(request, form, act, show)


@keeps_what_is_typed
@get_or_post
def extend_round(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for a later deadline of a round."""
    check = _round(request, pk)
    first = {"deadline": check.deadline}
    form = DeadlineForm(request.POST if request.method == "POST" else None, initial=first)

    def act() -> HttpResponse:
        asking.extend(fact_check=check, by=request.user, **form.cleaned_data)
        messages.success(request, _("The deadline is changed. Links that had ended work again."))
        return redirect("fact_check", check.pk)

    show = partial(_form, request, check.guide, form, _("Extend the deadline"), check=check)
    return take_in(request, form, act, show)


@keeps_what_is_typed
@get_or_post
def settle_finding(request: SignedInRequest, pk: int, verdict_pk: int) -> HttpResponse:
    """Ask what became of something that an expert says is wrong."""
    check = _round(request, pk)
    verdicts = Verdict.objects.select_related("expert__fact_check__guide")
    sent = verdicts.filter(expert__fact_check=check, expert__sent_on__isnull=False)
    verdict = get_object_or_404(sent.filter(kind=Verdict.Kind.INCORRECT), pk=verdict_pk)
    first = {"outcome": verdict.outcome, "because": verdict.because}
    form = SettlingForm(request.POST if request.method == "POST" else None, initial=first)

    def act() -> HttpResponse:
        asking.settle(verdict=verdict, by=request.user, **form.cleaned_data)
        messages.success(request, _("The finding is settled."))
        return redirect("fact_check", check.pk)

    title = _("Settle a finding")
    show = partial(_form, request, check.guide, form, title, check=check, verdict=verdict)
    return take_in(request, form, act, show)


def _press(request: SignedInRequest, check: FactCheck) -> HttpResponse:
    """Do what a button of a round's page says."""
    acts: dict[str, tuple[Callable[..., object], str]] = {
        "again": (asking.send_again, _("A new link is on its way. The old one works no more.")),
        "revoke": (asking.revoke, _("The link works no more.")),
        "unname": (asking.remove_name, _("The name no longer stands on the guide’s page.")),
    }
    act = request.POST.get("act", "")
    with refusal_told(request):
        if act == "close":
            asking.close(fact_check=check, by=request.user)
            messages.success(request, _("The round is closed."))
        elif act in acts:
            do, said = acts[act]
            do(expert=_expert(check, request.POST.get("expert", "")), by=request.user)
            messages.success(request, said)
    return redirect("fact_check", check.pk)


def _expert(check: FactCheck, pk: str) -> Expert:
    if not (pk.isascii() and pk.isdecimal() and len(pk) <= 15):
        raise Http404
    return get_object_or_404(check.experts, pk=int(pk))


def _round(request: HttpRequest, pk: int) -> FactCheck:
    """Return a round. Raises PermissionDenied before it tells whether there is one."""
    if not user_can_have_facts_checked(request.user):  # type: ignore[arg-type]
        raise PermissionDenied
    check = get_object_or_404(FactCheck.objects.select_related("guide", "opened_by"), pk=pk)
    _require(request, check.guide)
    return check


def _require(request: HttpRequest, guide: GuidePage) -> None:
    if not user_can_have_facts_checked(request.user, guide):  # type: ignore[arg-type]
        raise PermissionDenied


def _form(
    request: HttpRequest, guide: GuidePage, form: Any, title: str, status: int, **context: Any
) -> HttpResponse:
    check = context.get("check")
    context["back"] = (
        reverse("fact_check", args=[check.pk])
        if check
        else reverse("wagtailadmin_pages:edit", args=[guide.pk])
    )
    context |= {"form": form, "guide": guide, **_head(title, guide)}
    return render(request, "fact_checks_admin/form.html", context, status=status)


def _head(title: str, guide: GuidePage) -> dict[str, Any]:
    return {
        "header_title": title,
        "page_subtitle": guide.title,
        "header_icon": "tick-inverse",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("fact_checks"), "label": _("Fact checks")},
            {"url": "", "label": title},
        ],
    }
