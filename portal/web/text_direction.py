"""
Text of people in either direction: codes keep their order where it runs right to left.

Each paragraph takes the direction of its own first letter (`[dir=auto]` in the stylesheets). Within
one that runs right to left, a browser would set "4.A.5" as "5.A.4": so a code is an element apart,
together with the Latin words around it, since "Category 4.A.5" would else be turned round.
"""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

# Letters that are written from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko, Adlam, …
RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
# Latin letters and digits with single signs between, of which one at least is a digit and one is
# none: 4.A.5, 5A001.j.2, ML11, 8543.70, ECHRI-2026-01, 2026-11-30. Not part of an entity of HTML.
CODE = re.compile(
    r"(?<![\w.&#])(?=[a-z.\-/]*[0-9])(?=[0-9]*[a-z.\-/])"
    r"[a-z0-9]+(?:[.\-/][a-z0-9]+)*(?![\w])",
    re.IGNORECASE | re.ASCII,
)
# Latin words, numbers and codes on one line, some of them in brackets: Category 4.A.5, Annex I
# 4A005, Regulation (EU) 2021/821. It begins with no number: one before belongs to the Arabic.
LATIN = "a-zA-Z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
WORD = rf"[{LATIN}0-9]+(?:[.\-/'\u2019][{LATIN}0-9]+)*(?![{LATIN}0-9_])"
BLANK = "[ \t\u00a0]+"
RUN = re.compile(
    rf"(?<![{LATIN}0-9_.&#])(?![0-9]+(?![{LATIN}0-9.\-/])){WORD}"
    rf"(?:(?:[.,:;]|{BLANK}[\-\u2013\u2014])?{BLANK}(?:{WORD}|\({WORD}(?:{BLANK}{WORD})*\)))*"
)
LATIN_WORD = re.compile(rf"(?<![{LATIN}0-9.\-/])[{LATIN}]+(?![{LATIN}0-9.\-/][{LATIN}0-9])")
TAG = re.compile(r"(<[^>]*>)")


def runs_right_to_left(text: str) -> bool:
    """Say whether any letter of a text is written from right to left."""
    return not text.isascii() and RIGHT_TO_LEFT.search(text) is not None


def isolated(name: object) -> Markup:
    """Return a name as HTML that runs in its own direction within any sentence; empty for none."""
    return Markup("<bdi>{}</bdi>").format(name) if name else Markup("")


def isolate_codes(text: object) -> Markup:
    """
    Return text as HTML, each code in it an element of its own if any of it runs right to left.

    Latin words, other codes and numbers on the line beside it are in the same element.

    Plain text is escaped; of what is Markup the tags stay as they are.
    """
    is_html = hasattr(text, "__html__")
    words = str(text)
    if not runs_right_to_left(words):
        return Markup(words) if is_html else escape(words)  # noqa: S704 - it was Markup
    parts = TAG.split(words) if is_html else [words]
    marked = [
        each if place % 2 else "".join(_marked(each, is_html)) for place, each in enumerate(parts)
    ]
    return Markup("".join(marked))  # noqa: S704 - tags that were Markup, and escaped text


def _marked(words: str, is_html: bool) -> list[str]:
    """Return the pieces of text between tags, of which codes are marked."""
    pieces, end = [], 0
    for start, after in _left_to_right(words):
        before, run = words[end:start], words[start:after]
        pieces += [before if is_html else str(escape(before))]
        pieces += [f'<bdi dir="ltr">{run if is_html else escape(run)}</bdi>']
        end = after
    return [*pieces, words[end:] if is_html else str(escape(words[end:]))]


def _left_to_right(words: str) -> Iterator[tuple[int, int]]:
    """Yield where runs with a code begin and end; without words, each code stands apart."""
    for run in RUN.finditer(words):
        codes = [code.span() for code in CODE.finditer(words, *run.span())]
        if codes and LATIN_WORD.search(words, *run.span()):
            yield run.span()
        else:
            yield from codes
