"""What every page about disputing a published response has."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from consultations.publication.models import PublicCopy
from consultations.publication.page_context import (
    consultation_or_404,
    copy_or_404,
    frame,
    index_crumb,
)

FOLDER = "consultations/moderation"


def published_or_404(slug: str, reference: str) -> PublicCopy:
    copy = copy_or_404(consultation_or_404(slug), reference)
    if not copy.is_published:
        raise Http404
    return copy


def page_of(
    request: HttpRequest,
    copy: PublicCopy,
    template: str,
    form: forms.Form | None = None,
    status: int = 200,
    **extra: Any,
) -> HttpResponse:
    """Return a page about disputing a response, for whoever disputes it."""
    page = copy.consultation
    of_response = {"text": copy.title, "href": copy.get_absolute_url()}
    title = _("Report a response sent in a false name")
    context = {
        **frame(page, title, index_crumb(page), of_response),
        "copy": copy,
        "form": form,
        "page_has_errors": status != 200,
        **extra,
    }
    answer = render(request, f"{FOLDER}/{template}.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer
