"""
Quizzes, progress and certificates, without a cookie: how far somebody is comes with each form.

Whoever has no account posts without a token, for the check would need a cookie. What an account
keeps is changed only by a form that is shown to be ours.
"""

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.learning.actions import forget_progress, give_certificate, keep_progress
from knowledge.learning.forms import FileForm, NameForm, QuizForm
from knowledge.learning.models import KeptProgress, Reached
from knowledge.learning.modules import Module
from knowledge.learning.page_context import (
    module_at,
    module_context,
    path_at,
    reached_by,
)
from knowledge.learning.presenters import certificate_at, guides_read, kept_of
from knowledge.learning.progress import file_of
from knowledge.learning.rate_limits import CERTIFICATES
from knowledge.learning.rendering import CERTIFICATE, paper_of
from portal.confidential import confidential
from portal.made.actions import ask_for
from portal.stakeholders.views import SignedInRequest
from portal.web.csrf import is_forged
from portal.web.downloads import saved_as

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@csrf_exempt
@never_cache
@get_or_post
def module(request: HttpRequest, slug: str, guide: str) -> HttpResponse:
    """Show a module's quiz; once all answers are right, the module is worked through."""
    path = path_at(slug)
    asked = module_at(path, guide)
    reached = reached_by(request, path)
    is_sent = request.method == "POST" and "sent" in request.POST
    form = QuizForm(asked, request.POST if is_sent else None)
    is_done = is_sent and form.is_valid() and form.is_all_right
    if is_done:
        reached = _worked_through(request, reached, asked)
    context = module_context(path, asked, reached.progress) | {
        "form": form,
        "problem": reached.problem,
        "is_done": is_done,
        "is_marked": is_sent and not form.errors,
    }
    context |= _carried_along(request, context["carried"])
    status = 422 if is_sent and form.errors else 200
    return render(request, "knowledge/learning/module.html", context, status=status)


def _worked_through(request: HttpRequest, reached: Reached, module: Module) -> Reached:
    """Return the progress with the module; an account that keeps the path keeps it too."""
    progress = reached.progress.with_module(module)
    if reached.is_kept and not is_forged(request):
        keep_progress(owner=request.user, progress=progress, on=timezone.localdate())  # type: ignore[arg-type]
    return replace(reached, progress=progress)


def _carried_along(request: HttpRequest, carried: str) -> dict[str, str]:
    """Have the other languages of a page that was posted take along how far somebody has come."""
    return {"carried_along": carried} if request.method == "POST" else {}


@csrf_exempt
@never_cache
@get_or_post
def progress(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a path as far as somebody has come, hand that out as a file, or take such a file in."""
    path = path_at(slug)
    if request.method != "POST":
        return redirect(path.url)
    reached = reached_by(request, path)
    if "save" in request.POST:
        content = file_of(reached.progress, path.title, path.modules_shown)
        headers = saved_as(f"{path.slug}-progress.json")
        return HttpResponse(content, content_type="application/json", headers=headers)
    form = FileForm(path.key, request.POST, request.FILES) if "load" in request.POST else None
    if form and form.is_valid():
        joined = reached.progress.joined(form.cleaned_data["file"])
        reached = replace(reached, progress=joined)
    context = path.get_context(request, reached=reached)
    context |= {"file_form": form or FileForm(path.key), "problem": reached.problem}
    context |= _carried_along(request, context["carried"])
    context["page_has_errors"] = bool(form and form.errors)
    context["is_loaded"] = bool(form and not form.errors)
    return render(request, path.template, context, status=422 if form and form.errors else 200)


@csrf_exempt
@never_cache
@get_or_post
@confidential
def certificate(request: HttpRequest, slug: str) -> HttpResponse:
    """Give whoever says that they worked through a path a paper that says so."""
    path = path_at(slug)
    reached = reached_by(request, path)
    is_whole = reached.progress.is_whole(path.modules_shown)
    form = NameForm(request.POST if "name" in request.POST else None)
    if is_whole and form.is_valid():
        CERTIFICATES.take(request)
        with transaction.atomic():  # who has to wait for the file is given no number
            given = give_certificate(path=path, progress=reached.progress, on=timezone.localdate())
            return ask_for(request, CERTIFICATE, paper_of(given, form.cleaned_data["name"]))
    context = {"path": path, "form": form, "is_whole": is_whole, "problem": reached.problem}
    carried = request.POST.get("carried", "") if not reached.problem else ""
    context |= {"carried": carried} | _carried_along(request, carried)
    status = 422 if form.errors else 200
    return render(request, "knowledge/learning/ask.html", context, status=status)


@never_cache
@require_safe
@confidential
def shown(request: HttpRequest, number: str) -> HttpResponse:
    """Confirm a certificate by its number, and say which of its guides have changed since."""
    found = certificate_at(number)
    context = {"certificate": found, "guides": guides_read(found) if found else []}
    status = 200 if found else 404
    answer = render(request, "knowledge/learning/certificate.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@never_cache
@login_required
@require_safe
def kept(request: SignedInRequest) -> HttpResponse:
    """Show what one's account keeps of learning paths."""
    rows = kept_of(list(KeptProgress.objects.of(request.user)))
    return render(request, "knowledge/learning/kept.html", {"kept": rows})


@never_cache
@login_required
@get_or_post
def keep(request: SignedInRequest) -> HttpResponse:
    """Keep in one's account how far one has come on a path."""
    if request.method != "POST":
        return redirect("learning:kept")
    path = path_at(request.POST.get("path", ""))
    reached = reached_by(request, path)
    if reached.problem:
        messages.error(request, reached.problem)
    else:
        keep_progress(owner=request.user, progress=reached.progress, on=timezone.localdate())
        messages.success(request, _("Your account keeps how far you have come on this path."))
    return redirect(path.url)


@never_cache
@login_required
@get_or_post
def forget(request: SignedInRequest) -> HttpResponse:
    """Erase what one's account keeps of a path."""
    if request.method != "POST":
        return redirect("learning:kept")
    key = request.POST.get("key", "")
    rows = KeptProgress.objects.of(request.user)
    if key not in {str(row.path) for row in rows}:
        raise Http404
    forget_progress(owner=request.user, path=key)
    messages.success(request, _("Your account keeps nothing of this path any more."))
    return redirect("learning:kept")
