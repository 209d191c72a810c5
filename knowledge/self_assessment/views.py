"""
Where a state or a company looks at itself, and nobody else does.

Answers travel in the form, from page to page: nothing of them is stored, logged or put in an
address, and no cookie is needed. So there is nothing that a forged form could change or read.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from knowledge.self_assessment import copies, queries
from knowledge.self_assessment.copies import Copy
from knowledge.self_assessment.criteria import STATES, Part, Subject, subject
from knowledge.self_assessment.downloads import ACTS
from knowledge.self_assessment.forms import AnswersForm, CopyForm
from knowledge.self_assessment.presenters import (
    actions_of,
    progress,
    rests_on,
    rows_of,
    translation_unchecked,
)
from portal.confidential import confidential
from portal.made.actions import ask_for
from portal.web.downloads import saved_as

FOLDER = "knowledge/self_assessment"


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@confidential
def assess(request: HttpRequest, about: str) -> HttpResponse:
    """Show the beginning, a part, or the result; hand out or take in the file to keep."""
    asked = subject(about)
    if request.method != "POST":
        return _start(request, asked)
    act = request.POST.get("act", "")
    if act == "load":
        return _load(request, asked)
    form = AnswersForm(request.POST, subject=asked)
    if not form.is_valid():
        return _again(request, form)
    if act == "file":
        return _kept(asked, form.answers())
    if act in ACTS[about]:
        return ask_for(request, ACTS[about][act], {"about": about, "answers": form.answers()})
    if act.startswith("go-"):
        return _part(request, asked, _numbered(asked, act), form.answers(), form.earlier())
    return _result(request, form, with_file=act == "compare")


def _start(request: HttpRequest, asked: Subject, copy: CopyForm | None = None) -> HttpResponse:
    unchecked = translation_unchecked(request.path)
    context = {"copy_form": copy or CopyForm(subject=asked), "unchecked": unchecked}
    return _page(request, "start", asked, context, status=422 if copy else 200)


def _load(request: HttpRequest, asked: Subject) -> HttpResponse:
    form = CopyForm(request.POST, request.FILES, subject=asked)
    if not form.is_valid():
        return _start(request, asked, form)
    earlier: Copy = form.cleaned_data["file"]
    return _part(request, asked, asked.parts[0], earlier.answers, earlier, is_loaded=True)


def _part(
    request: HttpRequest,
    asked: Subject,
    part: Part,
    answers: dict[str, str],
    earlier: Copy | None,
    *,
    is_loaded: bool = False,
) -> HttpResponse:
    form = AnswersForm(None, subject=asked, part=part, initial=_carried(asked, answers, earlier))
    return _shown(request, form, part, answers, {"earlier": earlier if is_loaded else None})


def _shown(
    request: HttpRequest,
    form: AnswersForm,
    part: Part,
    answers: dict[str, str],
    more: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    told = {
        "part": part,
        "form": form,
        "foundations": {each.key: rests_on(part, each) for each in part.statements},
        "progress": progress(form.subject, answers),
        **more,
    }
    return _page(request, "part", form.subject, told, status)


def _again(request: HttpRequest, wrong: AnswersForm) -> HttpResponse:
    """Show what no page of ours has sent: the part with the error, with all that is right."""
    asked = wrong.subject
    part = next(
        (each for each in asked.parts for one in each.statements if one.key in wrong.errors),
        asked.parts[0],
    )
    form = AnswersForm(wrong.data, subject=asked, part=part)
    return _shown(request, form, part, wrong.answers(), {"earlier": None}, 422)


def _result(request: HttpRequest, form: AnswersForm, *, with_file: bool) -> HttpResponse:
    asked, answers, earlier = form.subject, form.answers(), form.earlier()
    copy = CopyForm(*((request.POST, request.FILES) if with_file else ()), subject=asked)
    if with_file and copy.is_valid():
        earlier, copy = copy.cleaned_data["file"], CopyForm(subject=asked)
    before = earlier.answers if earlier else None
    told = {
        "form": AnswersForm(None, subject=asked, initial=_carried(asked, answers, earlier)),
        "copy_form": copy,
        "earlier": earlier,
        "rows": rows_of(asked, answers, before, queries.all_guides()),
        "actions": actions_of(asked, answers),
        "progress": progress(asked, answers),
        "has_answers": bool(answers),
    }
    return _page(request, "result", asked, told, status=422 if copy.errors else 200)


def _kept(asked: Subject, answers: dict[str, str]) -> HttpResponse:
    text = copies.written(asked, Copy(timezone.now().date(), answers))
    headers = saved_as(copies.NAMES[asked.key])
    return HttpResponse(text, content_type="application/json", headers=headers)


def _carried(asked: Subject, answers: dict[str, str], earlier: Copy | None) -> dict[str, str]:
    return {**answers, "before": copies.written(asked, earlier) if earlier else ""}


def _numbered(asked: Subject, act: str) -> Part:
    """Return the part that a button leads to; the first where it leads to none."""
    number = act.removeprefix("go-")
    return next((each for each in asked.parts if str(each.number) == number), asked.parts[0])


def _page(
    request: HttpRequest, name: str, asked: Subject, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    told = {"subject": asked, "is_of_states": asked.key == STATES, "page_has_errors": status >= 400}
    answer = render(request, f"{FOLDER}/{name}.html", {**told, **context}, status=status)
    if name != "start":
        answer["X-Robots-Tag"] = "noindex"
    return answer
