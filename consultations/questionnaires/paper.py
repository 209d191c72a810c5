"""One place of a form on paper: options with letters, and what was marked or typed there."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.text import shown

FULL_WIDTH = str.maketrans("［］【】（）：．／", "[][]():./")
EMPTY = frozenset(" _.-–—…")  # what stands in brackets that nobody marked
LETTERED = re.compile(r"([A-Za-z]{1,2})\s?[.):](.*)", re.S)
# A mark that stands behind an option instead of in its brackets.
LOOSE_MARK = re.compile(r"\s[xх×✓✔✗✘☑☒]$")
OFF = ("", "Off", "/Off")  # a box of a PDF that nobody ticked


@dataclass(frozen=True)
class Lettered:
    """An option with the letter it is called by; `is_other` where people add their own words."""

    letter: str
    key: str
    label: str
    is_other: bool = False

    def __str__(self) -> str:
        """Return its line as it is printed in the form as plain text."""
        return f"[ ] {self.letter}. {self.label}{': ' if self.is_other else ''}"


class Mark(NamedTuple):
    """An option's line: what stands in its brackets ("" where nothing does) and what follows."""

    mark: str
    rest: str


def letter(place: int) -> str:
    """Return the letter on paper of the option at a place (from 0): a, b, … z, aa, ab, …"""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = ascii_lowercase[rest] + letters
    return letters


def flat(line: str) -> str:
    """Return a line to compare: no marks of direction, plain brackets, no outer blanks."""
    return shown(line).translate(FULL_WIDTH)


def marks(lines: Iterable[str]) -> list[Mark]:
    """List the lines that are options, in order; bullets before the brackets are passed over."""
    found = []
    for line in lines:
        bare = flat(line).lstrip("-*•· \t")
        if not bare.startswith("[") or "]" not in bare:
            continue
        inside, _bracket, rest = bare[1:].partition("]")
        found.append(Mark("" if EMPTY.issuperset(inside) else inside.strip(), rest.strip()))
    return found


def passed_over(lines: Sequence[str], printed: Sequence[str]) -> list[str]:
    """
    Return what was written at options beside what `marks` reads: words on lines of their own, and
    behind an option. `printed` are the lines as the form has them; none where the answer is text.

    A form in another language has other words behind the same letters: those are not told. Where an
    editor broke a line of the form in two, the rest is the form's.
    """
    own = [mark.rest.casefold() for mark in marks(printed)]
    left: list[str] = []
    open_end = ""
    for line in filter(None, map(flat, lines) if own else ()):
        said = marks([line])
        rest = " ".join((said[0].rest if said else f"{open_end} {line}").casefold().split())
        begun = [one for one in own if one.startswith(rest)] if said or open_end else []
        open_end = rest if begun and rest not in own else ""
        if begun:
            continue
        if not said:
            left.append(line)
            continue
        begun = [one for one in own if rest.startswith(one) and not rest[len(one)].isalnum()]
        whole = max(begun, key=len, default=None)
        added = rest.removeprefix(whole).strip(" :;.,_") if whole else ""
        is_longer = bool(added) and not str(whole).endswith(":")
        if is_longer or (whole is None and not said[0].mark and LOOSE_MARK.search(rest)):
            left.append(line)
    return left


def meant(mark: Mark, options: Sequence[Lettered]) -> Lettered | None:
    """Return the option that a mark means, by its letter; where that is gone, by its words."""
    if lettered := LETTERED.match(mark.rest):
        for option in options:
            if option.letter == lettered[1].lower():
                return option
    said = mark.rest.casefold()
    return next((option for option in options if flat(option.label).casefold() == said), None)


def chosen(options: Sequence[Lettered], lines: Sequence[str]) -> tuple[list[str], str]:
    """
    Return the keys of the options that were marked, in their order, and the text of "other".

    Raises ValidationError where something else is marked.
    """
    keys, words = set(), ""
    for mark in marks(lines):
        option = meant(mark, options)
        if option is None:
            if mark.mark:
                raise none_of_the_options(mark)
            continue
        said = mark.rest.partition(":")[2].strip() if option.is_other else ""
        words = words or said
        if mark.mark or said:
            keys.add(option.key)
    return [option.key for option in options if option.key in keys], words


def none_of_the_options(mark: Mark) -> ValidationError:
    return ValidationError(_("“%(line)s” is not an option.") % {"line": mark.rest[:80]})


def only(keys: Sequence[str]) -> str | None:
    """Return the one option that was marked. Raises ValidationError where there are several."""
    if len(keys) > 1:
        raise ValidationError(_("more than one option is marked; choose one."))
    return keys[0] if keys else None


# -- the PDF: its fields, written as the lines of the form as plain text ---------------------------


def is_ticked(fields: Mapping[str, str], name: str) -> bool:
    return fields.get(name, "") not in OFF


def typed_lines(fields: Mapping[str, str], name: str) -> list[str]:
    """Return the lines that were typed into a field; none where it holds nothing."""
    value = fields.get(name, "")
    return value.replace("\r\n", "\n").replace("\r", "\n").split("\n") if value.strip() else []


def ticked_lines(fields: Mapping[str, str], name: str, options: Sequence[Lettered]) -> list[str]:
    """Write a marked line for each option whose box was ticked, or whose text was written."""
    lines = []
    for option in options:
        said = " ".join(fields.get(f"{name}-other", "").split()) if option.is_other else ""
        if said or is_ticked(fields, f"{name}-{option.letter}"):
            lines.append(f"[x] {option.letter}. {option.label}: {said}")
    return lines
