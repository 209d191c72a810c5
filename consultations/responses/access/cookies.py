"""
The handle in the browser that began an answer, so that it goes on without typing the code.

A session cookie that scripts cannot read, that no other site can have sent, and that is sent to the
pages of this one answer alone. What it gives is in `consultations.responses.access.handles`.
"""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from portal.languages import easy_words

# What a handle was given for: an answer, or what was typed and opened nothing.
ANSWER, TYPED = "handle", "typed"
# Stands for a slug where the entry for all consultations is meant.
EVERYWHERE = ""


def handle_in(request: HttpRequest, kind: str = ANSWER) -> str:
    """Return the handle this browser sends for the consultation asked for; "" for none."""
    return request.COOKIES.get(_name(kind), "")


def give(response: HttpResponse, slug: str, handle: str, kind: str = ANSWER) -> None:
    """Leave a handle in the browser, until it is closed, for the consultation with this slug."""
    for name, path in _places(slug, kind):
        response.set_cookie(
            name,
            handle,
            path=path,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Strict",
        )


def forget(response: HttpResponse, slug: str, kind: str = ANSWER) -> None:
    """Take the handle out of the browser."""
    for name, path in _places(slug, kind):
        response.delete_cookie(name, path=path, samesite="Strict")


def _name(kind: str) -> str:
    language = translation.get_language() or ""
    return f"{kind}-{easy_words.tag_of(language) if easy_words.are_asked() else language}"


def _places(slug: str, kind: str) -> Iterator[tuple[str, str]]:
    """
    Name and path for each language, and its easy words: one path does not cover them, and a name
    has one path.
    """
    for language, _label in settings.LANGUAGES:
        for are_easy in (False, True) if slug else (False,):
            with translation.override(language), easy_words.asked(are_easy):
                place = reverse("responses:start", args=[slug]) if slug else reverse("resume")
                yield _name(kind), place
