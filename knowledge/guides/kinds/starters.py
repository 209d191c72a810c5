"""
The blocks that a guide of each kind starts from, with hints in the place of its words.

A hint begins with a pen. No guide is submitted as long as one is in it, in whatever language.
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext as _

PEN = "✎"
TAG = re.compile(r"<[^>]*>")
SHOWN = 60  # signs of a hint that are told

# What the stream of a text takes: kinds of block with their values.
Blocks = list[tuple[str, Any]]


def hints_in(raw: Any) -> Iterator[str]:
    """Yield the hints that are left in what a stream keeps, from top to bottom."""
    if isinstance(raw, str):
        if PEN in raw:
            yield unescape(TAG.sub("", raw[raw.index(PEN) :])).strip()[:SHOWN]
    elif isinstance(raw, Mapping):
        for each in raw.values():
            yield from hints_in(each)
    elif isinstance(raw, list | tuple):
        for each in raw:
            yield from hints_in(each)


def law() -> Blocks:
    return [
        _heading(_("What it is")),
        _text(_("Name the law, who made it, since when it is in force. Cite it.")),
        _heading(_("Whom it binds")),
        _text(_("Say who must follow it, and where. Cite the article.")),
        _heading(_("What this law asks")),
        _steps(_("What somebody has to do first. Cite the article.")),
    ]


def guidance() -> Blocks:
    return [
        _heading(_("For whom, and on what it rests")),
        _text(_("Say who does this job, and which texts this rests on. Cite them.")),
        _heading(_("What to do")),
        _steps(_("What to do, in one or two sentences.")),
        _not_settled(),
    ]


def best_practice() -> Blocks:
    return [
        _heading(_("What others do")),
        _text(_("Say who does it, since when, and what came of it. Cite each.")),
        _heading(_("How to begin")),
        _steps(_("What to do, in one or two sentences.")),
        _not_settled(),
    ]


def checklist() -> Blocks:
    lines = [
        {"text": _html(_("One thing that is so or is not so.")), "hint": ""},
        {"text": _html(_("One more.")), "hint": _html(_("How to find out. Or leave it empty."))},
    ]
    return [
        _heading(_("When to use it")),
        _text(_("Say who uses it, at which moment, and with which papers.")),
        ("checklist", {"title": _hint(_("What is ticked")), "entries": lines}),
        _not_settled(),
    ]


def template() -> Blocks:
    model = _html(_("The text to take over. Blanks stand in square brackets: [date]."))
    return [
        _heading(_("When to use it")),
        _text(_("Say who writes it, to whom, and under which law.")),
        ("model_text", {"title": _hint(_("What it is")), "text": model}),
        _heading(_("How to fill it")),
        _steps(_("Which part to write first, and why.")),
        _not_settled(),
    ]


def case_study() -> Blocks:
    case = {
        "title": _hint(_("What it is about")),
        "origin": "",
        "facts": _html(_("Who wants to export what, to whom. Only what was known then.")),
        "question": _html(_("What the reader decides before reading on.")),
        "follows": _html(_("What was decided, and what came of it.")),
    }
    return [
        ("case", case),
        _heading(_("What to take away")),
        _text(_("Two or three things that hold for other cases too.")),
    ]


def training() -> Blocks:
    exercise = {
        "title": "",
        "minutes": None,
        "question": _html(_("A task that somebody can do alone, with what is on this page.")),
        "answer": _html(_("A good answer, and why.")),
    }
    can = [_html(_("Something that somebody can do, and others can see.")), _html(_("One more."))]
    return [
        ("outcomes", {"entries": can}),
        _heading(_("For whom")),
        _text(_("Say what people know already, how long it takes, what they need.")),
        _heading(_("The lesson")),
        _text(_("Explain one thing, with an example.")),
        ("exercise", exercise),
    ]


def report() -> Blocks:
    table = {
        "columns": [
            {"type": "row_heading", "heading": _hint(_("What is counted"))},
            {"type": "text", "heading": _hint(_("How many"))},
        ],
        "rows": [{"values": [_html(_("A kind")), _hint(_("A number"))]}],
        "caption": _hint(_("What the table shows, and for which year")),
    }
    return [
        _heading(_("What was looked at")),
        _text(_("Say what, by whom, and over which time. Cite it.")),
        _heading(_("What was found")),
        ("table", table),
        _not_settled(),
    ]


def _hint(words: str) -> str:
    return f"{PEN} {words}"


def _html(words: str) -> str:
    return f"<p>{escape(_hint(words))}</p>"


def _heading(words: str) -> tuple[str, Any]:
    return "heading", {"text": words, "level": "h2"}


def _text(words: str) -> tuple[str, Any]:
    return "paragraph", _html(words)


def _steps(words: str) -> tuple[str, Any]:
    first = {"title": _hint(_("The first step")), "text": _html(words)}
    second = {"title": _hint(_("The next step")), "text": ""}
    return "steps", {"title": "", "steps": [first, second]}


def _not_settled() -> tuple[str, Any]:
    return "not_settled", {
        "entries": [_html(_("What the reader must find out elsewhere, and where."))]
    }
