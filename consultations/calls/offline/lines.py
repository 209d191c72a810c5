"""The lines of an offline form, as it comes back from whatever editor it was filled in with."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from consultations.questionnaires.paper import flat
from portal.text import digits, plain

CHANGED = "zzz"
FRAGMENT = 3  # so many words in a row are the form's own, where an editor broke its lines


@dataclass
class Parsed:
    """
    A form as it was read; `docket` and `digest` are its first line's, "" where it is gone.

    `unread` holds, by question, what was written there and not understood, and the problem's words;
    `remarks`, by question that was read, what of its lines was passed over, in a sentence.
    `officials` are the ids of the questions whose answers are for officials only,
    `named_for_officials` those of them that were named one by one; `further` are the lines at the
    names that were asked for beside, `outside` those at no name.
    """

    details: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    unread: dict[str, tuple[str, str]] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)
    officials: set[str] = field(default_factory=set)
    named_for_officials: set[str] = field(default_factory=set)
    further: dict[str, list[str]] = field(default_factory=dict)
    outside: list[str] = field(default_factory=list)
    docket: str = ""
    digest: str = ""


def plain_lines(text: str) -> list[str]:
    """Lines without their ends, composed (NFC), without what no database keeps."""
    return plain(text).split("\n")


@dataclass
class Regions:
    """
    The lines of a form: by the name whose two marks they stand between, and those outside.

    `broken` are the names of which one mark is gone: without it an answer cannot be told from the
    guidance that follows, so that their lines are outside.
    """

    found: dict[str, list[str]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


def regions(lines: Iterable[str], names: Collection[str]) -> Regions:
    """Take a form apart at the marks of `names`. A name met again adds to what was read."""
    found: dict[str, list[str]] = {}
    broken: dict[str, None] = {}
    placed: list[tuple[str, str]] = []
    current = ""
    for line in lines:
        name = _mark(line)
        if name.removeprefix("/") not in names:
            if current:
                found[current].append(line)
            placed.append((current, line))
            continue
        if current and name != f"/{current}":
            broken[current] = None
        if name.startswith("/") and name != f"/{current}":
            broken[name.removeprefix("/")] = None
        current = "" if name.startswith("/") else name
        if current:
            found.setdefault(current, [])
    if current:
        broken[current] = None
    whole = {name: found[name] for name in found if name not in broken}
    return Regions(whole, list(broken), [line for name, line in placed if name not in whole])


class Printed:
    """The lines that a form has before anybody writes in it, in every language it is made in."""

    def __init__(self, forms: Iterable[str], changing: Iterable[str] = ()) -> None:
        """Take forms apart. In lines of `changing` CHANGED stands for what was otherwise before."""
        self.lines = {_words(line) for form in forms for line in plain_lines(form)} - {""}
        self.text = " ".join(self.lines)
        self.changing = [
            re.compile(re.escape(_words(line)).replace(CHANGED, ".{1,100}")) for line in changing
        ]

    def strange(self, lines: Iterable[str]) -> list[str]:
        """Return those lines that are not the form's, in whole or as an editor broke them."""
        return [line.strip() for line in lines if not self._has(_words(line))]

    def _has(self, words: str) -> bool:
        if words in self.lines or not any(each.isalnum() for each in words):
            return True
        if any(pattern.fullmatch(words) for pattern in self.changing):
            return True
        if len(words.split()) >= FRAGMENT and words in self.text:
            return True
        return any(one.startswith(f"{words} ") or one.endswith(f" {words}") for one in self.lines)


def _words(line: str) -> str:
    """Return a line to compare; the address of the page depends on how its reader came."""
    words = flat(line).casefold().lstrip("> ").split()
    return " ".join(word for word in words if "://" not in word)


def _mark(line: str) -> str:
    """Return the name in a line `[[name]]` or `[[/name]]`, as "name" or "/name"; else ""."""
    bare = flat(line)
    if len(bare) > 60 or not (bare.startswith("[[") and bare.endswith("]]")):
        return ""
    inner = "".join(bare[2:-2].split()).lower()
    # A number may come back in the digits of another script.
    return digits(inner)
