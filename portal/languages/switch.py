"""The switch of languages on every page, and what machines are told of the same page in others."""

from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from portal.confidential import is_confidential
from portal.languages import easy_words
from portal.languages.addresses import language_of, same_in
from portal.onion import is_onion, on_the_open_web


class Choice(TypedDict):
    """A language by its own name, and where what was asked for is in it."""

    code: str
    name: str
    href: str
    current: bool


def choices(request: HttpRequest) -> list[Choice]:
    """List the languages of the interface in the order of the settings."""
    return [
        {
            "code": code,
            "name": str(name),
            "href": same_in(request, code),
            "current": code == get_language(),
        }
        for code, name in settings.LANGUAGES
    ]


def alternates(request: HttpRequest) -> list[tuple[str, str]]:
    """
    List the languages of a public page that no editor wrote, with its addresses (hreflang).

    Pages of editors say for themselves in which languages they are there (`BasePage.alternates`).
    """
    if not language_of(request.path) or is_confidential(request.path) or is_onion(request):
        return []
    return [
        (code, on_the_open_web(easy_words.without(same_in(request, code))))
        for code, _name in settings.LANGUAGES
    ]
