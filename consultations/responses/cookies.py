"""
The code in the browser that began an answer, so that it goes on without typing it.

A session cookie that scripts cannot read, that no other site can have sent, and that is sent to the
pages of this one answer alone. It is signed: a guess put into a cookie is not even looked up.
"""

from collections.abc import Iterator

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from consultations.calls.models import ConsultationPage

_signer = Signer(salt="consultations.responses.code")


def code_in(request: HttpRequest) -> str:
    """The code that this browser holds for the consultation asked for; "" where it has none."""
    try:
        return _signer.unsign(request.COOKIES.get(_name(translation.get_language()), ""))
    except BadSignature:
        return ""


def give(response: HttpResponse, page: ConsultationPage, code: str) -> None:
    """Leave the code in the browser, until it is closed."""
    for name, path in _places(page):
        response.set_cookie(
            name,
            _signer.sign(code),
            path=path,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Strict",
        )


def forget(response: HttpResponse, page: ConsultationPage) -> None:
    """Take the code out of the browser."""
    for name, path in _places(page):
        response.delete_cookie(name, path=path, samesite="Strict")


def _name(language: str | None) -> str:
    return f"answer-{language}"


def _places(page: ConsultationPage) -> Iterator[tuple[str, str]]:
    """Name and path for each language: one path does not cover them, and a name has one path."""
    for language, _label in settings.LANGUAGES:
        with translation.override(language):
            yield _name(language), reverse("responses:start", args=[page.slug])
