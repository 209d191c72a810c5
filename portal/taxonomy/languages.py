"""
Languages: every one that the CLDR names by a code of ISO 639, and what it is called.

Names are the CLDR's, through Babel, in the reader's language. The languages of the United Nations
come first and stand under their own names, as their readers look for them; all others stand in the
order of the reader's alphabet. A code is what `lang` takes. No database is asked.
"""

from functools import cache
from typing import Any

from babel import Locale, localedata
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.languages.sorting import sort_key
from portal.text import folded

# The order is that of the letters on forms that were printed before the sixth was here.
OWN_NAMES = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "ru": "Русский",
    "ar": "العربية",
    "zh": "中文",
}
# Unknown, several, none: these are codes, and no languages.
NO_LANGUAGE = {"und", "mul", "zxx"}
Choice = tuple[str, str]


@cache
def codes() -> tuple[str, ...]:
    """Return the codes of two or three letters: those of the United Nations, then by alphabet."""
    known = map(str, Locale("en").languages)
    named = {code for code in known if code.isalpha() and len(code) < 4}
    return (*OWN_NAMES, *sorted(named - NO_LANGUAGE - OWN_NAMES.keys()))


def name_of(code: str) -> str:
    """Return the name of a language in the active one; a code that is none of ours as it is."""
    return OWN_NAMES.get(code) or _names_in(_short(get_language())).get(code, code)


def language_of_name(code: str) -> str:
    """Return the language that `name_of` names another in: its own, or "" for the active one."""
    return code if code in OWN_NAMES else ""


def translated_name_of(code: str) -> str:
    """Return the name of a language as sentences in the active one have it: "anglais"."""
    return _names_in(_short(get_language())).get(code, code)


def choices(without: str = "") -> list[Any]:
    """
    Return what a form offers: nothing chosen, then the page's language and those of the portal and
    the United Nations, then all others by name. The language `without` is not offered.
    """
    spoken = (_short(get_language()), *map(_short, dict(settings.LANGUAGES)))
    first = [code for code in dict.fromkeys((*spoken[:1], *OWN_NAMES, *spoken[1:])) if code]
    others = [each for each in _in_order(_short(get_language())) if each[0] not in first]
    return [
        ("", _("Choose a language")),
        (_("Often used here"), [(c, name_of(c)) for c in first if c != without]),
        (_("All other languages"), [each for each in others if each[0] != without]),
    ]


def codes_named(text: str) -> list[str]:
    """Return the languages that somebody names: by code, in a language of ours, or in itself."""
    wanted = _folded(text)
    names = [_names_in(language) for language in OWN_NAMES]
    found = [
        code
        for code in codes()
        if wanted in {code, _folded(name_of(code)), *(_folded(each[code]) for each in names)}
    ]
    return found or [code for code, name in _own_names().items() if wanted == _folded(name)]


@cache
def direction_of(code: str) -> str:
    """Return "ltr" or "rtl" as a language is written; "auto" where the CLDR does not say."""
    if not localedata.exists(code):
        return "auto"
    return "rtl" if Locale.parse(code).character_order == "right-to-left" else "ltr"


lazy_name = lazy(name_of, str)


def _short(language: str | None) -> str:
    return (language or "en").partition("-")[0]


@cache
def _names_in(language: str) -> dict[str, str]:
    english = Locale("en").languages
    own = Locale(language).languages if localedata.exists(language) else english
    return {code: own.get(code) or english[code] for code in codes()}


@cache
def _in_order(language: str) -> list[Choice]:
    return sorted(_names_in(language).items(), key=lambda pair: sort_key(pair[1], language))


@cache
def _own_names() -> dict[str, str]:
    """Return what languages call themselves; a second's work, needed by forms on paper alone."""
    own = {code: Locale(code).languages.get(code) for code in codes() if localedata.exists(code)}
    return {code: name for code, name in own.items() if name}


def _folded(text: str) -> str:
    """Return a name without case, accents and outer blanks."""
    return folded(text.strip())
