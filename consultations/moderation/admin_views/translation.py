"""The page on which one answer of a response is translated; it works without JavaScript."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations.moderation import actions
from consultations.moderation.actions.translation import TRANSLATABLE
from consultations.moderation.admin_views.desk import address_of, queue_of, with_queue
from consultations.moderation.admin_views.redaction import codes
from consultations.moderation.admin_views.response import render_under_queue, response_or_404
from consultations.moderation.errors import NotPermitted, Refused
from consultations.moderation.forms import TranslationForm
from consultations.moderation.permissions import staff_of, user_can_screen
from consultations.moderation.staff_labels import TRANSLATION
from consultations.publication.errors import (
    NotTranslated,
)
from consultations.publication.models import PublicCopy
from consultations.publication.redaction import as_marked, segments_of
from consultations.publication.translations import (
    Piece,
    State,
    fingerprint_of,
    pieces_of,
    texts_before,
)
from consultations.questionnaires.types import Question
from consultations.responses.models import Response
from portal.taxonomy.vocabularies import LANGUAGE


@dataclass
class Translating:
    """One answer before its translator; `copy` is None where it is not accepted any more."""

    request: HttpRequest
    response: Response
    question: Question

    @cached_property
    def copy(self) -> PublicCopy | None:
        copies = PublicCopy.objects.select_related("version", "response", "consultation")
        return copies.filter(response=self.response).first()

    @cached_property
    def pieces(self) -> list[Piece]:
        questionnaire = self.response.consultation.questionnaire()
        return pieces_of(self.copy, questionnaire) if self.copy else []

    @cached_property
    def piece(self) -> Piece | None:
        found = (each for each in self.pieces if each.question.id == self.question.id)
        return next(found, None)

    @property
    def is_open(self) -> bool:
        """Say whether there is something to translate here now."""
        stands = self.response.translation_only and self.response.status in TRANSLATABLE
        return stands and self.piece is not None

    @property
    def written_in(self) -> str:
        return self.copy.version.language if self.copy else ""

    @property
    def seen(self) -> str:
        return fingerprint_of(self.copy, self.question.id) if self.copy else ""

    def form(self, data: QueryDict | None = None) -> TranslationForm:
        """Return a form of what is kept, to be changed; with `data`, of what was typed."""
        segments = self.piece.segments if self.piece else ()
        initial = {
            "version": self.copy.version.number if self.copy else 1,
            "seen": self.seen,
            "into": self._into(),
            "text": as_marked(segments),
        }
        return TranslationForm(data, initial=initial, written_in=self.written_in)

    def _into(self) -> str:
        """Return the language chosen before, or the consultation's, or the first there is."""
        chosen = self.copy.translated_into if self.copy else ""
        own = self.response.consultation.locale.language_code
        offered = [each for each in (chosen, own, *LANGUAGE.keys) if each in LANGUAGE.keys]
        return next(each for each in offered if each != self.written_in)

    def context(self, form: TranslationForm) -> dict[str, Any]:
        copy, piece = self.copy, self.piece
        questionnaire = self.response.consultation.questionnaire()
        before = ""
        if copy and piece and piece.state is State.CHANGED:
            before = texts_before(copy, questionnaire).get(self.question.id, "")
        cut = copy.answers.get(self.question.id, {}).get("segments", ()) if copy else ()
        return {
            "form": form,
            "question": self.question,
            "words": piece.words if piece else "",
            "written_in": self.written_in,
            "kept": as_marked(piece.segments) if piece and form.is_bound else "",
            "is_changed": piece is not None and piece.state is State.CHANGED,
            "before": before if piece and before != piece.words else "",
            "cut_before": "" if copy is None or copy.is_published else as_marked(cut),
            "pieces": [(each, TRANSLATION[each.state]) for each in self.pieces],
            "is_published": copy is not None and copy.is_published,
            "codes": codes(),
        }


@require_http_methods(["GET", "HEAD", "POST"])
def translate(request: HttpRequest, reference: str, question_id: str) -> HttpResponse:
    """Translate the writer's words of one answer; what was typed is kept whatever happens."""
    response = response_or_404(request, reference)
    if not user_can_screen(request.user, response):
        raise PermissionDenied
    question = response.consultation.questionnaire().find(question_id)
    if question is None:
        raise Http404
    page = Translating(request, response, question)
    if request.method != "POST":
        if not page.is_open:
            messages.warning(request, str(NotTranslated()))
            return redirect(address_of(response, queue_of(request)))
        return _show(page, page.form())
    form = page.form(request.POST)
    if form.is_valid() and _save(page, form):
        return _onward(request, response, question)
    return _show(page, form)


def _save(page: Translating, form: TranslationForm) -> bool:
    """Save; say whether it was done. If not, the form says why, and is of what is there now."""
    data = form.cleaned_data
    try:
        actions.translate(
            response=page.response,
            by=staff_of(page.request),
            question_id=page.question.id,
            segments=segments_of(data["text"], page.piece.words if page.piece else ""),
            into=data["into"],
            is_finished="unfinished" not in page.request.POST,
            seen=data["seen"],
            version=data["version"],
        )
    except NotPermitted:
        raise
    except Refused as error:
        form.add_error(error.field or None, str(error))
        now = Translating(page.request, page.response, page.question)
        fresh = {"seen": now.seen, "version": now.copy.version.number if now.copy else 1}
        form.data = {**{name: form.data[name] for name in form.data}, **fresh}
        return False
    return True


def _onward(request: HttpRequest, response: Response, question: Question) -> HttpResponse:
    """Go on to the next answer that is to be translated, or to the response after the last."""
    if "unfinished" in request.POST:
        messages.success(request, _("Saved. It is not published, because it is not finished."))
        return redirect(_address(request, response, question))
    left = [each for each in Translating(request, response, question).pieces if _is_left(each)]
    if left:
        messages.success(request, _("Saved. This is the next answer."))
        return redirect(_address(request, response, left[0].question))
    messages.success(request, _("Saved. Every answer is translated."))
    return redirect(address_of(response, queue_of(request)))


def _address(request: HttpRequest, response: Response, question: Question) -> str:
    address = reverse("translate_response", args=[response.reference, question.id])
    return with_queue(address, queue_of(request))


def _is_left(piece: Piece) -> bool:
    return piece.state is not State.DONE


def _show(page: Translating, form: TranslationForm) -> HttpResponse:
    status = 422 if form.errors else 200
    return render_under_queue(
        page.request, "translate", page.response, _("Translate"), page.context(form), status
    )
