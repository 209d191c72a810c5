"""
Text of people in either direction: codes keep their order where it runs right to left.

Each paragraph takes the direction of its own first letter (`[dir=auto]` in the stylesheets). Within
one that runs right to left, a browser would set "4.A.5" as "5.A.4": so a code is an element apart.
"""

import re

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
TAG = re.compile(r"(<[^>]*>)")


def runs_right_to_left(text: str) -> bool:
    """Say whether any letter of a text is written from right to left."""
    return not text.isascii() and RIGHT_TO_LEFT.search(text) is not None


def isolate_codes(text: object) -> Markup:
    """
    Return text as HTML, each code in it an element of its own if any of it runs right to left.

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
    for code in CODE.finditer(words):
        before = words[end : code.start()]
        pieces += [before if is_html else str(escape(before))]
        pieces += [f'<bdi dir="ltr">{code.group()}</bdi>']
        end = code.end()
    return [*pieces, words[end:] if is_html else str(escape(words[end:]))]
