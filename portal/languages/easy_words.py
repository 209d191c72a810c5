"""
Easy words: a text said once more for who finds the standard one hard, in the same language.

Where such a text is kept or told to machines, its language is the tag of BCP 47 with the registered
variant: "en-simple". Readers find it below the address of the standard text, under `easy/`; so a
link to it can be handed on, and nothing is remembered of who reads what.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.urls.converters import SlugConverter

VARIANT = "-simple"
PATH = "easy"
# After the language, the section and the slug of a page.
OF_A_PAGE = re.compile(r"^(/[a-z]{2,3}/[^/]+/[^/]+)/")
IN_EASY_WORDS = re.compile(rf"^(/[a-z]{{2,3}}/[^/]+/[^/]+)/{PATH}(?=/|$)")
_asked: ContextVar[bool] = ContextVar("easy_words", default=False)


def are_asked() -> bool:
    """Say whether easy words are asked for where we are."""
    return _asked.get()


@contextmanager
def asked(are_asked: bool = True) -> Iterator[None]:
    """Have texts be read in easy words, or in standard ones, and addresses lead to the same."""
    token = _asked.set(are_asked)
    try:
        yield
    finally:
        _asked.reset(token)


def tag_of(language: str) -> str:
    """Return what the easy words of a language are kept under."""
    return f"{language}{VARIANT}"


def is_tag(tag: str) -> bool:
    """Tell the tag of easy words from the code of a language."""
    return tag.endswith(VARIANT)


def language_of(tag: str) -> str:
    """Return the code of the language that a tag is of; that of a language is itself."""
    return tag.removesuffix(VARIANT)


def are_in(path: str) -> bool:
    """Tell whether a path asks for easy words."""
    return IN_EASY_WORDS.match(path) is not None


def without(path: str) -> str:
    """Return the path of the same in standard words."""
    return IN_EASY_WORDS.sub(r"\1", path)


def within(path: str) -> str:
    """Return the path of the same in easy words."""
    return path if are_in(path) else OF_A_PAGE.sub(rf"\1/{PATH}/", path)


class SlugInWords(SlugConverter):
    """A slug in an address, and what asks for easy words behind it: as the reader asks."""

    regex = rf"{SlugConverter.regex}(?:/{PATH})?"

    def to_python(self, value: str) -> str:
        return value.removesuffix(f"/{PATH}")

    def to_url(self, value: str) -> str:
        return f"{value}/{PATH}" if are_asked() else f"{value}"
