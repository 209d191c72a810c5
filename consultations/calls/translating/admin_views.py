"""Where editors write the text of a consultation in another language, and approve it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from consultations.calls.models import ConsultationPage, ConsultationText
from consultations.calls.permissions import user_can_approve_text, user_can_translate
from consultations.calls.texts.changes import languages_to_write_in, originals_of
from consultations.calls.texts.progress import progress, progress_of, rows_of
from consultations.calls.translating import actions
from consultations.calls.translating.forms import ReasonForm
from consultations.calls.translating.places import places
from portal.cms.texts.progress import Row
from portal.cms.translating import po_files
from portal.cms.translating.forms import STILL, FileForm, WordsForm
from portal.languages import easy_words
from portal.stakeholders.models import User
from portal.web.csrf import is_forged, keeps_what_is_typed
from portal.web.downloads import saved_as
from portal.web.form_handling import take_in

State = ConsultationText.State


@require_safe
def texts(request: HttpRequest, page_id: int) -> HttpResponse:
    """List the languages, each with how far its text is."""
    page = _page(request, page_id)
    return render(
        request,
        "calls_admin/texts.html",
        {**_frame(page, _("Texts in other languages")), "progress": progress(page)},
    )


@keeps_what_is_typed
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, page_id: int, language: str) -> HttpResponse:
    """Show the original beside what is written in a language; keep what is typed."""
    page, words = _text(request, page_id, language)
    posted = request.POST if request.method == "POST" and "save" in request.POST else None
    form = _form(page, words, posted)

    def act() -> HttpResponse:
        actions.save_words(
            consultation=page,
            language=language,
            by=_staff(request),
            words=form.words(),
            still_right=form.ticked(STILL),
        )
        messages.success(request, _("Saved. Nothing of it is public before it is approved."))
        return redirect(request.path)

    def show(status: int) -> HttpResponse:
        return _show(request, page, words, form, status)

    if posted is None:
        return _decide(request, page, words, show) if request.method == "POST" else show(200)
    return _with_refusals(form, lambda: take_in(request, form, act, show), show)


@require_safe
def po_file(request: HttpRequest, page_id: int, language: str) -> HttpResponse:
    """Send the original, with what is there in a language, for translators' own programs."""
    page, words = _text(request, page_id, language)
    file, rows = _file_of(page, language), _rows(page, words)
    content = po_files.written(file, rows, is_public=page.live)
    name = f"{file.project}.{language}.po"
    return HttpResponse(content, content_type="text/x-gettext-translation", headers=saved_as(name))


@require_http_methods(["POST"])
def upload(request: HttpRequest, page_id: int, language: str) -> HttpResponse:
    """Take over what is right in a file from a translator, and say what was not, line by line."""
    page, words = _text(request, page_id, language)
    file = FileForm(request.POST, request.FILES)
    if not file.is_valid():
        messages.error(request, " ".join(map(str, file.errors["file"])))
        return redirect("consultation_text", page_id, language)
    data = file.cleaned_data["file"].read()
    taken = po_files.read(data, _file_of(page, language), originals_of(page))
    try:
        words = actions.save_words(
            consultation=page, language=language, by=_staff(request), words=taken.words
        )
    except ValidationError as error:
        taken.words, taken.problems = {}, error.messages
    form = _form(page, words)
    told = ngettext("%(num)d text was taken.", "%(num)d texts were taken.", len(taken.words)) % {
        "num": len(taken.words)
    }
    status = 422 if taken.problems else 200
    return _show(request, page, words, form, status, taken=told, problems=taken.problems)


def _decide(
    request: HttpRequest,
    page: ConsultationPage,
    words: ConsultationText,
    show: Callable[[int], HttpResponse],
) -> HttpResponse:
    """Send for approval, approve or take back, by the button that was pressed."""
    whose: dict[str, Any] = {
        "consultation": page,
        "language": words.language,
        "by": _staff(request),
    }
    try:
        if is_forged(request):
            raise PermissionDenied
        if "submit" in request.POST:
            form = ReasonForm(request.POST)
            reason = form.cleaned_data["reason"] if form.is_valid() else ""
            actions.submit(**whose, reason=reason)
            messages.success(request, _("Sent. Somebody else approves it now."))
        elif "approve" in request.POST:
            version = request.POST.get("version", "")
            actions.approve(**whose, version=int(version) if version.isdecimal() else -1)
            messages.success(request, _("Approved: the text is public."))
        elif "take_back" in request.POST:
            actions.take_back(**whose)
            messages.success(request, _("Taken back. It can be changed again."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return show(422)
    return redirect(request.path)


def _with_refusals(
    form: WordsForm, act: Callable[[], HttpResponse], show: Callable[[int], HttpResponse]
) -> HttpResponse:
    """Say at its field what an action refused."""
    try:
        return act()
    except ValidationError as error:
        form.add_error(None, error.messages)
        return show(422)


def _show(
    request: HttpRequest,
    page: ConsultationPage,
    words: ConsultationText,
    form: WordsForm,
    status: int,
    **extra: Any,
) -> HttpResponse:
    how_far = progress_of(page, words, [row.segment for row in form.rows_by_key.values()])
    title = _("Text in %(language)s") % {"language": how_far.name}
    if how_far.are_easy:
        title = how_far.name
    context = {
        **_frame(page, title, further=True),
        "form": form,
        "text": words,
        "progress": how_far,
        "original_language": page.original_language,
        "language": easy_words.language_of(words.language),
        "may_write": words.state != State.WAITING,
        "may_approve": user_can_approve_text(_staff(request), words),
        "reason_form": ReasonForm(initial={"reason": words.reason}),
        "file_form": FileForm(),
        **extra,
    }
    return render(request, "calls_admin/text.html", context, status=status)


def _frame(page: ConsultationPage, title: str, *, further: bool = False) -> dict[str, Any]:
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    listed = {
        "url": reverse("consultation_texts", args=[page.pk]),
        "label": _("Texts in other languages"),
    }
    return {
        "consultation": page,
        "header_title": title,
        "page_title": title,
        "header_icon": "globe",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": edit, "label": page.title},
            *([listed] if further else []),
            {"url": "", "label": title},
        ],
    }


def _rows(page: ConsultationPage, words: ConsultationText) -> list[Row]:
    segments = originals_of(page)
    return rows_of(words, segments, places(page, segments))


def _form(page: ConsultationPage, words: ConsultationText, posted: Any = None) -> WordsForm:
    rows = _rows(page, words)
    return WordsForm(posted, rows=rows, language=words.language, version=words.version)


def _file_of(page: ConsultationPage, language: str) -> po_files.Of:
    return po_files.Of(page.docket or f"consultation-{page.pk}", language)


def _page(request: HttpRequest, page_id: int) -> ConsultationPage:
    if not user_can_translate(_staff(request)):
        raise PermissionDenied
    return get_object_or_404(ConsultationPage, pk=page_id)


def _text(
    request: HttpRequest, page_id: int, language: str
) -> tuple[ConsultationPage, ConsultationText]:
    """Return the consultation and its text in a language, a new one where there is none yet."""
    page = _page(request, page_id)
    if language not in languages_to_write_in(page):
        raise Http404
    found = page.texts.filter(language=language).first()
    return page, found or ConsultationText(consultation=page, language=language)


def _staff(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
