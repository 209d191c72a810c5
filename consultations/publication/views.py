"""The public pages of responses: the index, each response, its attachments, exports, the rules."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.http import StreamingHttpResponse as Streamed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.calls.models import ConsultationPage
from consultations.publication import page_context
from consultations.publication.export import FORMS, digest
from consultations.publication.hooks import why_removed
from consultations.publication.models import PublicCopy
from consultations.publication.presenters import attachments, files_of
from consultations.publication.recording import as_recorded_of
from consultations.publication.redaction import MEANINGS, RedactionReason
from consultations.publication.small_cells import FEWEST
from portal.confidential import confidential
from portal.files.downloads import download
from portal.open_data import open_data
from portal.web.downloads import saved_as
from portal.web.revalidation import revalidated, tag_of

FOLDER = "consultations/publication"


def kept_from_crawlers(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Keep the people who answered out of the open web's search engines, not the portal's own."""

    @wraps(view)
    def unlisted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return unlisted


@require_safe
@kept_from_crawlers
def index(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show every published response, or all public answers to one question."""
    page = page_context.consultation_or_404(slug).in_language()
    context = page_context.index_context(request, page)
    context |= page_context.frame(page, _("Responses"))
    template = "question" if context["asked"].question else "index"
    return render(request, f"{FOLDER}/{template}.html", context)


@require_safe
@kept_from_crawlers
def response(request: HttpRequest, slug: str, reference: str) -> HttpResponseBase:
    """Show one published response; one that is published no more says so, with status 410."""
    page = page_context.consultation_or_404(slug).in_language()
    copy = page_context.copy_of(page, reference)
    if copy is None:
        return not_published(request)
    if copy.is_published:
        context = page_context.response_context(request, copy)
        return render(request, f"{FOLDER}/response.html", context)
    context = page_context.frame(page, reference, page_context.index_crumb(page))
    context |= {"copy": copy, "why": why_removed(copy)}
    return render(request, f"{FOLDER}/retired.html", context, status=410)


@require_safe
@kept_from_crawlers
@revalidated
def attachment(request: HttpRequest, slug: str, reference: str, number: int) -> HttpResponseBase:
    """Send a file that stands in the public answers of a published response, and no other."""
    copy = _published_or_404(slug, reference)
    questionnaire = copy.consultation.questionnaire()
    files = files_of([copy], questionnaire)
    for each in attachments(copy, questionnaire, files):
        if each.number == number:
            return download(request, each.file, name=f"{reference}-attachment-{number}")
    raise Http404


@require_safe
@kept_from_crawlers
@confidential
@open_data
def as_recorded(request: HttpRequest, slug: str, reference: str) -> HttpResponseBase:
    """Send a published response just as the record's digest covers it, with what checks it."""
    recorded = as_recorded_of(_published_or_404(slug, reference))
    if recorded is None:
        raise Http404
    return JsonResponse(recorded, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
@kept_from_crawlers
@revalidated
@open_data
def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """Send every published response in one file."""
    page = page_context.consultation_or_404(slug)
    if form not in FORMS or not PublicCopy.objects.published().of(page).exists():
        raise Http404
    media_type, written = FORMS[form]
    name = f"{page.docket}-responses.{form}"
    return Streamed(
        written(page, request),
        content_type=media_type,
        headers={**saved_as(name), "ETag": tag_of(form, digest(page, request))},
    )


@require_safe
@kept_from_crawlers
def rules(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show how responses are published, and what the marks of redaction mean."""
    page = page_context.consultation_or_404(slug).in_language()
    context = {
        **page_context.frame(
            page, _("How responses are published"), page_context.index_crumb(page)
        ),
        "reasons": [(each, MEANINGS[each]) for each in RedactionReason],
        "fewest": FEWEST,
    }
    return render(request, f"{FOLDER}/rules.html", context)


@require_safe
def permalink(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Lead from a response's permanent address to its page."""
    known = PublicCopy.objects.ever_published().select_related("response")
    copy = known.filter(response__reference=reference.upper()).first()
    if copy is None:
        return not_published(request)
    page = get_object_or_404(
        ConsultationPage.objects.readable().select_related("locale"), pk=copy.consultation_id
    )
    with translation.override(page.locale.language_code):
        return redirect(reverse("publication:response", args=[page.slug, copy.response.reference]))


def not_published(request: HttpRequest) -> HttpResponseBase:
    """Say of a reference what is true whether there is such a response or not, with status 404."""
    return render(request, f"{FOLDER}/not_published.html", status=404)


def _published_or_404(slug: str, reference: str) -> PublicCopy:
    copy = page_context.copy_or_404(page_context.consultation_or_404(slug), reference)
    if not copy.is_published:
        raise Http404
    return copy
