"""How each text about consent and risk stands in a language: read by a native reader, or not."""

from collections.abc import Mapping
from enum import Enum

from django.conf import settings
from django.http import HttpRequest

from portal.proofreading.digests import digest
from portal.proofreading.models import Review
from portal.proofreading.registry import Text, texts

Reviews = Mapping[tuple[str, str], Review]


class Standing(Enum):
    """Standing of a text, as it is now, with native readers."""

    NOT_READ = "not read"
    READ = "read"
    CHANGED = "changed"  # after it was read


def all_reviews() -> Reviews:
    """Return every review by language and text: they are few. One query."""
    return {(each.language, each.text): each for each in Review.objects.all()}


def reviews_in(request: HttpRequest) -> Reviews:
    """Return the same, asked once a request."""
    known: Reviews | None = getattr(request, "_reviews", None)
    if known is None:
        known = all_reviews()
        request._reviews = known  # type: ignore[attr-defined]
    return known


def is_original(language: str) -> bool:
    """Say whether the texts were written in this language, so that nobody need read them again."""
    return language == settings.LANGUAGE_CODE


def standing(text: Text, language: str, reviews: Reviews) -> Standing:
    """Say how a text stands in a language."""
    if is_original(language):
        return Standing.READ
    if (review := reviews.get((language, text.key))) is None:
        return Standing.NOT_READ
    return Standing.READ if review.digest == digest(text, language) else Standing.CHANGED


def is_read(language: str, reviews: Reviews) -> bool:
    """Say whether all texts about consent and risk were read in a language, as they are now."""
    return all(standing(text, language, reviews) is Standing.READ for text in texts())


def languages_read(reviews: Reviews) -> list[str]:
    """Return the languages of the portal in which all of them were read; the original is first."""
    found = [code for code, _name in settings.LANGUAGES if is_read(code, reviews)]
    return sorted(found, key=lambda code: not is_original(code))
