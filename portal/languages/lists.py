"""Lists within a sentence, as each language writes them."""

from collections.abc import Iterable
from typing import Any, Literal

from babel.lists import format_list
from django.utils.translation import get_language, to_locale

# Our English is British: "A, B and C" has no comma before the last.
LOCALES = {"en": "en_GB"}


def in_words(items: Iterable[Any], kind: Literal["standard", "or"] = "standard") -> str:
    """Write a list in the active language: "A, B and C", or with `kind` "or" "A, B or C"."""
    locale = to_locale(get_language() or "en")
    return format_list([str(each) for each in items], kind, LOCALES.get(locale, locale))
