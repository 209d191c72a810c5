"""Leaving passages out of one answer of the public copy, in the Wagtail admin."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations.moderation import actions
from consultations.moderation.admin_views.desk import address_of, queue_of, with_queue
from consultations.moderation.admin_views.response import render_under_queue, response_or_404
from consultations.moderation.errors import Refused
from consultations.moderation.forms import RedactionForm, WholeRedactionForm
from consultations.moderation.permissions import staff_of, user_can_screen
from consultations.publication.actions import redactable_text
from consultations.publication.models import PublicCopy
from consultations.publication.parsing import parse_marked
from consultations.publication.redaction import MEANINGS, RedactionReason, as_marked, mark
from consultations.publication.translations import marks_of_translation
from consultations.questionnaires.types import Question
from consultations.responses.models import Response, Status


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
        address = reverse("translate_response", args=[reference, question_id])
        return redirect(with_queue(address, queue_of(request)))
    form = _redaction_form(request, copy, question, words)
    if (
        request.method == "POST"
        and form.is_valid()
        and _redact(request, response, question_id, form, words)
    ):
        messages.success(request, _("The public copy was changed."))
        return redirect(f"{address_of(response, queue_of(request))}#q-{question_id}")
    context = {
        "form": form,
        "question": question,
        "words": words,
        "codes": codes(),
        "differs": getattr(form, "differs", None),
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
        form.differs = getattr(error, "at", None)
        return False
    return True


def codes() -> list[dict[str, Any]]:
    """Return every mark with its reason and what it means."""
    return [
        {"mark": mark(each.value), "label": each.label, "meaning": MEANINGS[each.value]}
        for each in RedactionReason
    ]
