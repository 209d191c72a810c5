"""What readers of a text are told where no native reader has checked the translation."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import translate_url
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from jinja2 import pass_context
from jinja2.runtime import Context

from portal.proofreading.registry import text_of
from portal.proofreading.reviews import Standing, is_original, reviews_in, standing

WORDS: dict[Standing, Promise] = {
    Standing.NOT_READ: _(
        "This translation was not checked by a native reader. Where it matters, read it in English "
        "too."
    ),
    Standing.CHANGED: _("Parts of this translation changed after a native reader checked it."),
}


@dataclass(frozen=True)
class ReviewNotice:
    """Words on a translation, and the address of the same page in the original `language`."""

    words: str | Promise
    href: str
    language: str


@pass_context
def review_notice(context: Context, key: str) -> ReviewNotice | None:
    """
    Return what a page says of its translation of a text; None where there is nothing to say.

    One query a request, and none in the original. For templates, at the top of a page.
    """
    text, language = text_of(key), get_language() or settings.LANGUAGE_CODE
    if text is None or is_original(language):
        return None
    request = context["request"]
    words = WORDS.get(standing(text, language, reviews_in(request)))
    if words is None:
        return None
    original = settings.LANGUAGE_CODE
    return ReviewNotice(words, translate_url(request.path, original), original)
