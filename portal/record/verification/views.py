"""
The page where anybody holds a receipt, their answers or a code against the record.

Neither stored nor logged. What a code opens is shown by another request: a browser that restores
its windows keeps what was sent to the page that it shows, and that would be the code.
"""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.confidential import confidential
from portal.notifications.sealing import CannotUnsealError, seal, unseal
from portal.record import holders
from portal.record.holders import Holding
from portal.record.receipts import WITHIN
from portal.record.verification import parsing
from portal.record.verification.forms import VerifyForm
from portal.record.verification.parsing import Answers, HandedIn, ProvenReceipt, SignedReceipt
from portal.record.verification.presenters import sentence
from portal.record.verification.verdicts import Verdict, judge, judge_leaf, judge_printed
from portal.web.errors import Refused

COOKIE = "verifying"


# Nothing is changed and nobody's session is read, so there is nothing to forge.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@confidential
def verify(request: HttpRequest) -> HttpResponse:
    """Say in one sentence whether what is shown is in the record, and then how that is known."""
    if request.method != "POST":
        return _asked_for(request)
    form = VerifyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    read: HandedIn | None = form.cleaned_data["read"]
    if read is None:
        return _by_code(request, form.cleaned_data["code"])
    if isinstance(read, Answers):
        return _of_answers(request, form, read)
    verdict = judge(read)
    return _page(request, VerifyForm(), verdict=verdict, receipt=read, holding=_holding(verdict))


def _asked_for(request: HttpRequest) -> HttpResponse:
    """Show the empty form; what a printed receipt's square holds; or what a code has opened."""
    if "signature" in request.GET or "leaf" in request.GET:
        return _printed(request)
    told = _told(request.COOKIES.get(COOKIE, ""))
    if told is None:
        form = VerifyForm()
        if "again" in request.GET:
            form = _refused({}, _("This needs cookies, and your browser keeps none. Use a file."))
        return _page(request, form, status=422 if form.is_bound else 200)
    if told.get("leaf"):
        holding = holders.of_leaf(told["leaf"])
        verdict = judge_leaf(holding.leaf, holding.day + WITHIN) if holding else None
        page = _page(request, VerifyForm(), verdict=verdict, holding=holding)
    else:
        form = _refused({"code": told["code"]}, told["why"])
        page = _page(request, form, status=told["status"])
    page.delete_cookie(COOKIE, path=reverse("record:verify"), samesite="Strict")
    return page


def _by_code(request: HttpRequest, typed: str) -> HttpResponse:
    try:
        told: dict[str, Any] = {"leaf": holders.of_code(request, typed).leaf}
    except Refused as why:
        told = {"code": typed, "why": str(why), "status": why.status_code}
    back = redirect(reverse("record:verify") + "?again")
    back.set_cookie(
        COOKIE,
        seal(json.dumps(told)).decode(),
        path=reverse("record:verify"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return back


def _told(cookie: str) -> dict[str, Any] | None:
    try:
        return json.loads(unseal(cookie.encode())) if cookie else None
    except (CannotUnsealError, ValueError):
        return None


def _refused(data: dict[str, str], why: str) -> VerifyForm:
    form = VerifyForm(data)
    form.errors.clear()
    form.add_error("code", why)
    return form


def _of_answers(request: HttpRequest, form: VerifyForm, answers: Answers) -> HttpResponse:
    holding = holders.of_content(answers.salt, answers.content)
    if holding is None:
        form.add_error(
            "file" if request.FILES else "receipt",
            _(
                "The portal keeps no such response. Perhaps you withdrew it before it was "
                "published, or cut the tie to it. Then a receipt still proves that something was "
                "entered. If not, check that this file is of this portal, and keep it."
            ),
        )
        return _page(request, form, status=422)
    verdict = judge_leaf(holding.leaf, holding.day + WITHIN)
    return _page(request, VerifyForm(), verdict=verdict, holding=holding, of_answers=True)


def _printed(request: HttpRequest) -> HttpResponse:
    try:
        promise = parsing.read_printed(request.GET.dict(), settings.BASE_URL)
    except parsing.Unreadable as why:
        return _page(request, _refused({}, str(why)), status=422)
    verdict = judge_printed(promise)
    return _page(request, VerifyForm(), verdict=verdict, holding=_holding(verdict))


def _holding(verdict: Verdict) -> Holding | None:
    """Return what is kept of an entry; None where what was shown was altered."""
    return None if verdict.wrong else holders.of_leaf(verdict.leaf)


def _page(
    request: HttpRequest,
    form: VerifyForm,
    *,
    status: int = 200,
    verdict: Verdict | None = None,
    receipt: ProvenReceipt | SignedReceipt | None = None,
    holding: Holding | None = None,
    of_answers: bool = False,
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "verdict": verdict, "holding": holding}
    if verdict is not None:
        # Of an answer without a name the receipt says more than is to stand on a screen; and its
        # place and its root say the day.
        is_told = not verdict.wrong and (verdict.public or bool(holding and holding.subject))
        context |= {
            "sentence": sentence(verdict, holding, of_answers=of_answers),
            "receipt": receipt,
            "is_told": is_told,
            "stated": _written_out(receipt.statement) if receipt and is_told else "",
            "facts_told": holding.facts if holding and not verdict.wrong else [],
        }
    return render(request, "record/verify.html", context, status=status)


def _written_out(statement: dict[str, Any]) -> str:
    return json.dumps(statement, indent=2, ensure_ascii=False)
