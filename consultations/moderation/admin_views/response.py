"""The pages of one response in the Wagtail admin; every form works without JavaScript."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations.moderation import actions
from consultations.moderation.admin_views.desk import (
    UNDONE,
    address_of,
    done_line,
    lead_on,
    next_for,
    queue_of,
    with_queue,
)
from consultations.moderation.admin_views.page_context import StaffPage
from consultations.moderation.admin_views.queue import queue_url
from consultations.moderation.available_actions import ACTS, DECISIONS
from consultations.moderation.errors import NotPermitted, Refused
from consultations.moderation.models import ScreeningAct
from consultations.moderation.permissions import staff_of, user_can_read_responses
from consultations.moderation.presenters import attachments_of
from consultations.moderation.queries import unpublished
from consultations.publication.models import PublicCopy
from consultations.publication.presenters import files_of, shown_parts
from consultations.publication.redaction import RedactionReason
from consultations.publication.translations import answers_to_publish, untranslated
from consultations.responses.models import Response
from portal.files.downloads import download
from portal.files.models import StoredFile
from portal.web.revalidation import revalidated


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
        return redirect(address_of(response_or_404(request, reference), queue_of(request)))

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
    """
    Do one of the acts that the page offers; a decision leads to the next response of the queue.

    Refused, it shows why, says what somebody else did meanwhile, and keeps what was typed.
    """
    response = response_or_404(request, reference)
    if key not in ACTS:
        raise Http404
    form = ACTS[key].form(request.POST, auto_id=f"{key}-%s")
    following = next_for(request.user, queue_of(request), response)
    if _is_sent_twice(request, response, key):
        return lead_on(request, response, following)
    if form.is_valid() and _act(request, response, key, form):
        if key in DECISIONS:
            return lead_on(request, response, following)
        messages.success(request, str(ACTS[key].done))
        return redirect(address_of(response, queue_of(request)))
    return _page(StaffPage(request, response, sent={key: form}), status=422)


def _act(request: HttpRequest, response: Response, key: str, form: Any) -> bool:
    """Do the act, and say whether it was done; if not, the form says why."""
    person = staff_of(request)
    try:
        with transaction.atomic():
            if key != "note":
                actions.require_seen(response=response, by=person, number=_seen(request))
            ACTS[key].do(response=response, by=person, **form.cleaned_data)
    except NotPermitted:
        raise
    except Refused as error:
        form.add_error(None, str(error))
        response.refresh_from_db()
        return False
    return True


def _seen(request: HttpRequest) -> int | None:
    """Return the number of the last act that the page showed, None where its form says none."""
    typed = request.POST.get("seen", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else None


def _is_sent_twice(request: HttpRequest, response: Response, key: str) -> bool:
    """Say whether the same person did the same from the same page, by a button pressed twice."""
    seen = _seen(request)
    if seen is None or key not in DECISIONS:
        return False
    last = response.screening_acts.filter(number__gt=seen).order_by("-number").first()
    return last is not None and last.verb == key and last.by_id == request.user.pk


@require_POST
def undo(request: HttpRequest, reference: str, act_id: int) -> HttpResponse:
    """Take an act back; the page of its response says what was taken back."""
    response = response_or_404(request, reference)
    found = get_object_or_404(ScreeningAct, pk=act_id, response=response)
    try:
        undoing = actions.undo(act=found, by=staff_of(request))
    except NotPermitted:
        raise
    except Refused as error:
        messages.error(request, str(error))
        return redirect(address_of(response, queue_of(request)))
    return redirect(address_of(response, queue_of(request), **{UNDONE: undoing.pk}))


@require_safe
def end_of_queue(request: HttpRequest) -> HttpResponse:
    """Say that nothing is left in the queue, what was done last, and what can be published."""
    if not user_can_read_responses(request.user):
        raise PermissionDenied
    context = {
        "done": done_line(request, timezone.now()),
        "query": with_queue("", queue_of(request)),
        "list": queue_url(queue_of(request)),
        "unpublished": unpublished(),
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": queue_url(queue_of(request)), "label": _("Responses")},
            {"url": "", "label": _("Nothing is left to decide")},
        ],
        "header_title": _("Nothing is left to decide"),
        "header_icon": "mail",
    }
    answer = render(request, "moderation/end_of_queue.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
@revalidated
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
        {"url": queue_url(queue_of(request)), "label": _("Responses")},
        {"url": address_of(response, queue_of(request)), "label": response.reference},
    ]
    if template != "response":
        crumbs.append({"url": "", "label": title})
    furniture = {
        "breadcrumbs_items": crumbs,
        "header_title": f"{title} · {response.consultation}",
        "header_icon": "mail",
        "response": response,
        "query": with_queue("", queue_of(request)),
        "back": address_of(response, queue_of(request)),
    }
    answer = render(request, f"moderation/{template}.html", {**furniture, **context}, status=status)
    answer["Cache-Control"] = "private, no-store"
    return answer
