"""
The language in an address: `/en/guides/` and `/fr/guides/` are one page in two languages.

Addresses of pages begin with a language. The record's, and files', do not: they are cited and kept.
There a reader's choice is a parameter, `?lang=fr`, and without one the browser's languages decide.
"""

from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

PARAMETER = "lang"
# What is read, and has no language in its address; what else has none is for programs.
WITHOUT_LANGUAGE = ("/record/", "/feeds/consultations/")


def is_language(code: str) -> bool:
    """Tell whether the interface speaks a language."""
    return code in dict(settings.LANGUAGES)


def language_of(path: str) -> str:
    """Return the language that a path begins with; "" for none of the interface's."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return first if is_language(first) else ""


def in_language(address: str, language: str | None = None) -> str:
    """
    Return an address of the portal, whole or a path, under a language: the active one if none is
    named. An address without a language stays as it is.
    """
    parts = urlsplit(address)
    if not (had := language_of(parts.path)):
        return address
    wanted = language or get_language() or settings.LANGUAGE_CODE
    return urlunsplit(parts._replace(path=f"/{wanted}{parts.path[len(had) + 1 :]}"))


def keeping_language(path: str) -> str:
    """
    Return the path of a page that has no language in it so that it is shown in the active one.

    In the portal's first language nothing is added: the address is as it is cited.
    """
    language = get_language()
    is_page = path.startswith(WITHOUT_LANGUAGE)
    if not is_page or language == settings.LANGUAGE_CODE or not is_language(language or ""):
        return path
    before, hash_sign, fragment = path.partition("#")
    joined = "&" if "?" in before else "?"
    return f"{before}{joined}{urlencode({PARAMETER: language})}{hash_sign}{fragment}"


def asked_language(request: HttpRequest) -> str:
    """Return the language that `?lang=` asks for; "" for none, or one that is not there."""
    asked = request.GET.get(PARAMETER, "")
    return asked if is_language(asked) else ""


def same_in(request: HttpRequest, language: str) -> str:
    """
    Return the address of what was asked for in another language, with its query.

    Of what is no page to read, as an address that nobody has, it is the first page.
    """
    if language_of(request.path):
        return in_language(request.get_full_path(), language)
    if not request.path.startswith(WITHOUT_LANGUAGE):
        return f"/{language}/"
    query = request.GET.copy()
    query[PARAMETER] = language
    return f"{request.path}?{query.urlencode()}"
