"""Which fields an entry has, and what stands in each: a misspelt field is found."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import TypeAlias

from portal.management.library.checking.reading import Entry, Value

# Says what is wrong with a value, "" where nothing is.
Test: TypeAlias = Callable[[Value], str]


@dataclass(frozen=True)
class Shape:
    """The fields that an entry must have, those it may have, and the test of each."""

    must: dict[str, Test]
    may: dict[str, Test] = field(default_factory=dict)

    def lapses(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """Yield field and sentence of each lapse."""
        tests = self.must | self.may
        for name in self.must:
            if name not in entry:
                yield name, f"“{name}” is missing: write it."
        for name, value in entry.items():
            if name not in tests:
                yield name, _unknown(name, list(tests))
            elif wrong := tests[name](value):
                yield name, f"“{name}” {wrong}"


def _unknown(name: str, known: list[str]) -> str:
    meant = get_close_matches(name, known, 1)
    if meant:
        return f"There is no field “{name}”: did you mean “{meant[0]}”?"
    return f"There is no field “{name}”: take it out."


def text(value: Value) -> str:
    if not isinstance(value, str):
        return "must be a text in quotation marks."
    return "" if value.strip() else "is empty: write it."


def within(least: int, most: int) -> Test:
    """Return a test of how many characters a text has."""

    def test(value: Value) -> str:
        if wrong := text(value):
            return wrong
        size = len(str(value))
        if least <= size <= most:
            return ""
        return f"has {size} characters: write from {least} to {most}."

    return test


def number(value: Value) -> str:
    is_number = isinstance(value, int) and not isinstance(value, bool) and value > 0
    return "" if is_number else "must be a whole number above 0, without quotation marks."


def truth(value: Value) -> str:
    return "" if isinstance(value, bool) else "must be true or false, without quotation marks."


def day(value: Value) -> str:
    return "" if isinstance(value, date) else "must be a day such as 2026-12-01, without marks."


def texts(value: Value) -> str:
    """Say what is wrong with a list that may be empty."""
    if not isinstance(value, list):
        return "must be a list in square brackets."
    return next((f"has an entry that {wrong}" for each in value if (wrong := text(each))), "")


def some_texts(value: Value) -> str:
    return texts(value) or ("" if value else "is empty: write at least one.")


def table(value: Value) -> str:
    return "" if isinstance(value, dict) else "must be a table of its own."


def cells(value: Value) -> str:
    """Say what is wrong with the cells of a row, which may be empty."""
    if isinstance(value, list) and value and all(isinstance(cell, str) for cell in value):
        return ""
    return "must be a list of texts."


def rows(value: Value) -> str:
    """Say what is wrong with the rows of a table, whose cells may be empty."""
    if not isinstance(value, list) or not value:
        return "must be a list of rows, with at least one."
    for row in value:
        if cells(row):
            return "has a row that is not a list of texts."
    return ""


def some(shape: Shape) -> Test:
    """Return a test of a list of entries of a shape, with at least one."""

    def test(value: Value) -> str:
        if not isinstance(value, list) or not value:
            return "must be a list with at least one entry."
        for place, each in enumerate(value, 1):
            if not isinstance(each, dict):
                return f"has an entry, number {place}, that is not a table in braces."
            for _name, sentence in shape.lapses(each):
                return f"has a fault in its entry number {place}: {sentence}"
        return ""

    return test


def lines_to_tick(value: Value) -> str:
    """Say what is wrong with the lines of a checklist: texts, or a text with a hint."""
    if not isinstance(value, list) or not value:
        return "must be a list with at least one line."
    with_hint = some(Shape({"text": text}, {"hint": text}))
    for each in value:
        if wrong := with_hint([each]) if isinstance(each, dict) else text(each):
            return f"has a line that {wrong}"
    return ""
