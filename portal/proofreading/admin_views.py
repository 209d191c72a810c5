"""Which translations a native reader has read, in the Wagtail admin: a table, and one page each."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.proofreading.actions import take_back, tick
from portal.proofreading.digests import digest, sentences
from portal.proofreading.forms import ReviewForm
from portal.proofreading.permissions import user_can_review_translations
from portal.proofreading.registry import Text, text_of, texts
from portal.proofreading.reviews import all_reviews, is_original, is_read, standing
from portal.stakeholders.models import User
from portal.taxonomy.languages import direction_of, name_of
from portal.web.form_handling import take_in


@require_safe
def translations(request: HttpRequest) -> HttpResponse:
    """Show how each text about consent and risk stands in each language."""
    _require(request)
    reviews, codes = all_reviews(), _languages()
    rows = [
        {
            "text": text,
            "cells": [
                {
                    "code": code,
                    "language": name_of(code),
                    "standing": standing(text, code, reviews).name,
                    "review": reviews.get((code, text.key)),
                }
                for code in codes
            ],
        }
        for text in texts()
    ]
    context = {
        "rows": rows,
        "languages": [
            {"code": code, "name": name_of(code), "is_read": is_read(code, reviews)}
            for code in codes
        ],
        "is_demonstration": settings.DEMO,
        "header_title": _("Translations"),
        "header_icon": "globe",
        "breadcrumbs_items": _crumbs(),
    }
    return render(request, "proofreading/translations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, language: str, key: str) -> HttpResponse:
    """Show a text in a language, by sentences; take in that it was read, or that it was not."""
    _require(request)
    text = text_of(key)
    if text is None or language not in _languages():
        raise Http404
    if request.POST.get("act") == "take-back":
        take_back(text=text, language=language, by=cast(User, request.user))
        messages.success(request, _("It counts as not read by a native reader."))
        return redirect("translations")
    today = {"read_on": timezone.localdate()}
    form = ReviewForm(request.POST if request.method == "POST" else None, initial=today)

    def show(status: int) -> HttpResponse:
        context = _context(text, language, form)
        return render(request, "proofreading/review.html", context, status=status)

    return take_in(request, form, lambda: _tick(request, text, language, form), show)


def _tick(request: HttpRequest, text: Text, language: str, form: ReviewForm) -> HttpResponse:
    # Beside the form: it is what this page showed, and after a refusal what it shows then.
    seen = request.POST.get("seen", "")
    tick(text=text, language=language, seen=seen, by=cast(User, request.user), **form.cleaned_data)
    messages.success(request, _("It counts as read by a native reader, in this wording."))
    return redirect("translations")


def _context(text: Text, language: str, form: ReviewForm) -> dict[str, Any]:
    reviews = all_reviews()
    return {
        "text": text,
        "code": language,
        "original": settings.LANGUAGE_CODE,
        "language": name_of(language),
        "direction": direction_of(language),
        "standing": standing(text, language, reviews).name,
        "review": reviews.get((language, text.key)),
        "sentences": sentences(text, language),
        "seen": digest(text, language),
        "href": f"/{language}/{text.path}" if text.path else "",
        "form": form,
        "header_title": text.title,
        "page_subtitle": name_of(language),
        "header_icon": "globe",
        "breadcrumbs_items": _crumbs(f"{text.title}: {name_of(language)}"),
    }


def _languages() -> list[str]:
    """Return the languages of the portal in which texts are translations."""
    return [code for code, _name in settings.LANGUAGES if not is_original(code)]


def _crumbs(here: str = "") -> list[dict[str, str]]:
    table = {"url": reverse("translations") if here else "", "label": _("Translations")}
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    return [home, table, {"url": "", "label": here}] if here else [home, table]


def _require(request: HttpRequest) -> None:
    if not user_can_review_translations(request.user):
        raise PermissionDenied
