"""The pages of one response in the Wagtail admin; every form works without JavaScript."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations.moderation import actions
from consultations.moderation.admin_views.page_context import StaffPage
from consultations.moderation.admin_views.queue import page_url
from consultations.moderation.available_actions import ACTS
from consultations.moderation.errors import NotPermitted, Refused
from consultations.moderation.forms import RedactionForm, WholeRedactionForm
from consultations.moderation.models import ScreeningAct
from consultations.moderation.permissions import staff_of, user_can_read_responses, user_can_screen
from consultations.moderation.presenters import attachments_of
from consultations.publication.actions import redactable_text
from consultations.publication.models import PublicCopy
from consultations.publication.presenters import files_of, shown_parts
from consultations.publication.redaction import (
    MEANINGS,
    RedactionReason,
    as_marked,
    mark,
    parse_marked,
)
from consultations.publication.translations import (
    answers_to_publish,
    marks_of_translation,
    untranslated,
)
from consultations.questionnaires.types import Question
from consultations.responses.models import Response, Status
from portal.files.downloads import download
from portal.files.models import StoredFile


def response_or_404(request: HttpRequest, reference: str) -> Response:
    """Find the response of that reference for a reader of responses. PermissionDenied, Http404."""
    if not user_can_read_responses(request.user):
        raise PermissionDenied
    return get_object_or_404(
        Response.objects.select_related("consultation__locale", "organisation"),
        reference=reference,
    )


def of_a_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer what is posted by the view; the address alone leads to the response's page."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def page(request: HttpRequest, reference: str, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            return view(request, reference, **kwargs)
        return redirect(page_url(response_or_404(request, reference)))

    return page


@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the response with its answers, what was done with it, and what can be."""
    response = response_or_404(request, reference)
    actions.note_opened(response=response, by=staff_of(request))
    return _page(StaffPage(request, response))


@of_a_form
def open_confidential(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the same page with what is for officials only, this once; the opening is logged."""
    response = response_or_404(request, reference)
    actions.open_confidential(response=response, by=staff_of(request))
    return _page(StaffPage(request, response, opened=True))


@of_a_form
def act(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Do one of the acts that the page offers; refused, it shows why and keeps what was typed."""
    response = response_or_404(request, reference)
    if key not in ACTS:
        raise Http404
    chosen = ACTS[key]
    form = chosen.form(request.POST, auto_id=f"{key}-%s")
    if form.is_valid():
        try:
            chosen.do(response=response, by=staff_of(request), **form.cleaned_data)
        except NotPermitted:
            raise
        except Refused as error:
            form.add_error(None, str(error))
            response.refresh_from_db()
        else:
            messages.success(request, str(chosen.done))
            return redirect(page_url(response))
    return _page(StaffPage(request, response, sent={key: form}), status=422)


@require_POST
def undo(request: HttpRequest, reference: str, act_id: int) -> HttpResponse:
    """Take an act back."""
    response = response_or_404(request, reference)
    found = get_object_or_404(ScreeningAct, pk=act_id, response=response)
    try:
        actions.undo(act=found, by=staff_of(request))
    except NotPermitted:
        raise
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Undone."))
    return redirect(page_url(response))


@require_safe
def attachment(request: HttpRequest, reference: str, file_id: UUID) -> HttpResponse:
    """Return a file of an answer; one for officials only is for the cleared, and logged."""
    response = response_or_404(request, reference)
    for version in response.versions.order_by("-number"):
        for files in attachments_of(response, version).values():
            for found in files:
                if file_id in (found.id, found.readers):
                    if found.for_officials:
                        actions.open_confidential(
                            response=response, by=staff_of(request), file=file_id
                        )
                    stored = get_object_or_404(StoredFile, pk=file_id)
                    return download(request, stored, name=f"{reference}-attachment-{found.number}")
    raise Http404


@require_safe
def preview(request: HttpRequest, reference: str) -> HttpResponse:
    """Return the public copy as its readers will see it, before it is published."""
    response = response_or_404(request, reference)
    copies = PublicCopy.objects.to_show().select_related("version")
    copy = get_object_or_404(copies, response=response)
    questionnaire = response.consultation.questionnaire()
    copy.answers = answers_to_publish(copy, questionnaire)
    in_translation = response.translation_only and copy.translated_into
    context = {
        "copy": copy,
        "language": in_translation or copy.language,
        "untranslated": untranslated(copy, questionnaire) if response.translation_only else [],
        "parts": shown_parts(copy, questionnaire, files_of([copy], questionnaire)),
        "reasons": dict(RedactionReason.choices),
    }
    return render_under_queue(request, "preview", response, _("Public copy"), context)


@require_http_methods(["GET", "HEAD", "POST"])
def redact(request: HttpRequest, reference: str, question_id: str) -> HttpResponse:
    """Leave passages out of one answer of the public copy."""
    response = response_or_404(request, reference)
    copy = PublicCopy.objects.select_related("version").filter(response=response).first()
    question = response.consultation.questionnaire().find(question_id)
    if not user_can_screen(request.user, response):
        raise PermissionDenied
    open_to_redaction = response.status in (Status.ACCEPTED, Status.PUBLISHED)
    if copy is None or question is None or question_id not in copy.answers or not open_to_redaction:
        raise Http404
    words = redactable_text(copy, question_id)
    if words and response.translation_only and request.method != "POST":
        return redirect("translate_response", reference, question_id)
    form = _redaction_form(request, copy, question, words)
    if (
        request.method == "POST"
        and form.is_valid()
        and _redact(request, response, question_id, form, words)
    ):
        messages.success(request, _("The public copy was changed."))
        return redirect(f"{page_url(response)}#q-{question_id}")
    context = {
        "form": form,
        "question": question,
        "words": words,
        "codes": codes(),
        "cut_in_translation": marks_of_translation(copy, question_id),
    }
    status = 422 if form.errors else 200
    return render_under_queue(request, "redact", response, _("Leave passages out"), context, status)


def _redaction_form(request: HttpRequest, copy: PublicCopy, question: Question, words: str) -> Any:
    segments = copy.answers[question.id].get("segments", [])
    data = request.POST if request.method == "POST" else None
    initial: dict[str, Any] = {"version": copy.version.number}
    if words:
        return RedactionForm(data, initial={**initial, "text": as_marked(segments) or words})
    reason = next((each["redacted"] for each in segments if "redacted" in each), "")
    return WholeRedactionForm(data, initial={**initial, "reason": reason})


def _redact(
    request: HttpRequest, response: Response, question_id: str, form: Any, words: str
) -> bool:
    """Redact, and say whether it was done; if not, the form says why and keeps the text."""
    field = "text" if words else "reason"
    typed = form.cleaned_data[field]
    try:
        whole = [{"redacted": typed}] if typed else []
        segments = parse_marked(words, typed) if words else whole
        actions.redact(
            response=response,
            by=staff_of(request),
            question_id=question_id,
            segments=segments,
            version=form.cleaned_data["version"],
        )
    except Refused as error:
        form.add_error(field, str(error))
        return False
    return True


def codes() -> list[dict[str, Any]]:
    """Return every mark with its reason and what it means."""
    return [
        {"mark": mark(each.value), "label": each.label, "meaning": MEANINGS[each.value]}
        for each in RedactionReason
    ]


def _page(page: StaffPage, status: int = 200) -> HttpResponse:
    return render_under_queue(
        page.request, "response", page.response, page.response.reference, page.context(), status
    )


def render_under_queue(
    request: HttpRequest,
    template: str,
    response: Response,
    title: str,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    """Return a page under the queue; what it shows is kept by no cache."""
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("screen_responses"), "label": _("Responses")},
        {"url": page_url(response), "label": response.reference},
    ]
    if template != "response":
        crumbs.append({"url": "", "label": title})
    furniture = {
        "breadcrumbs_items": crumbs,
        "header_title": f"{title} · {response.consultation}",
        "header_icon": "mail",
        "response": response,
    }
    answer = render(request, f"moderation/{template}.html", {**furniture, **context}, status=status)
    answer["Cache-Control"] = "private, no-store"
    return answer
