"""
The page on which an expert checks a guide's facts.

The secret in the address is the proof, so the page needs no cookie and its forms no token. It may
send no referrer, and a browser that sends none has no origin to show either.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from knowledge.fact_checks.actions import answering
from knowledge.fact_checks.forms import AnswersForm
from knowledge.fact_checks.models import KEPT, Expert
from knowledge.fact_checks.presenters import earlier_line, public_line, receipt_of, text_of
from knowledge.fact_checks.rate_limits import SAVED
from portal.confidential import confidential
from portal.web.errors import Refused
from portal.web.form_handling import refuse

FOLDER = "knowledge/fact_checks"
ACTS = {"save": answering.save, "send": answering.send}


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@confidential
def check_facts(request: HttpRequest, secret: str) -> HttpResponse:
    """Show an expert what they are asked to check; keep, send or take back what they say."""
    expert = Expert.objects.of_link(secret)
    if expert is None:
        raise Http404
    form = _form(request, expert)
    if expert.is_over(timezone.now().date()):
        return _over(request, expert, form)
    if request.method != "POST":
        return _show(request, expert, form)
    SAVED.take_own(request, str(expert.pk))
    if request.POST.get("act") == "withdraw":
        answering.withdraw_consent(expert=expert)
        return redirect(f"{request.path}?done=withdraw")
    return _take(request, expert, form)


def _take(request: HttpRequest, expert: Expert, form: AnswersForm) -> HttpResponse:
    act = "send" if form.is_final else "save"
    if not form.is_valid():
        return _show(request, expert, form, 422)
    try:
        ACTS[act](expert=expert, answers=form.answers(), may_be_named=form.may_be_named())
    except Refused as refusal:
        status = refuse(form, refusal)
        now = Expert.objects.select_related("fact_check__guide").get(pk=expert.pk)
        return (_over if status == 410 else _show)(request, now, form, status)
    return redirect(f"{request.path}?done={act}")


def _form(request: HttpRequest, expert: Expert) -> AnswersForm:
    return AnswersForm(
        request.POST if request.method == "POST" else None,
        sections=len(expert.fact_check.sections),
        saved=list(expert.verdicts.all()),
        may_be_named=expert.consented_on is not None,
        is_final=request.POST.get("act") == "send",
    )


def _show(
    request: HttpRequest, expert: Expert, form: AnswersForm, status: int = 200
) -> HttpResponse:
    check, day = expert.fact_check, expert.sent_on or timezone.now().date()
    is_read_only = bool(expert.sent_on or check.closed_on)
    text = text_of(check)
    context = {
        "expert": expert,
        "check": check,
        "guide": check.guide,
        "text": text,
        "form": None if is_read_only else form,
        "rows": list(zip(text.sections, form.rows(), strict=True)),
        "said": {each.section: each for each in expert.verdicts.all()},
        "problems": form.non_field_errors() if is_read_only and status != 200 else [],
        "typed": form.typed() if is_read_only and request.method == "POST" else [],
        "receipt": receipt_of(expert) if expert.sent_on else None,
        "is_late": timezone.now().date() > check.deadline,
        "public_line": public_line(expert, day),
        "earlier_line": earlier_line(expert, day),
        "done": request.GET.get("done", ""),
    }
    return _render(request, "check", context, status)


def _over(
    request: HttpRequest, expert: Expert, form: AnswersForm, status: int = 410
) -> HttpResponse:
    """Say to whoever holds the true link that it works no more, and whom to write to."""
    context = {
        "expert": expert,
        "check": expert.fact_check,
        "is_revoked": expert.revoked_on is not None,
        "has_saved": expert.saved_on is not None,
        "typed": form.typed() if request.method == "POST" else [],
    }
    return _render(request, "over", context, status)


def _render(
    request: HttpRequest, template: str, context: dict[str, Any], status: int
) -> HttpResponse:
    shared = {"page_has_errors": status >= 400, "kept_days": KEPT.days, "title": _("Check facts")}
    page = render(request, f"{FOLDER}/{template}.html", {**shared, **context}, status=status)
    page["Referrer-Policy"] = "no-referrer"
    page["X-Robots-Tag"] = "noindex"
    return page
