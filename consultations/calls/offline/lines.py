"""The lines of an offline form, as it comes back from whatever editor it was filled in with."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from consultations.questionnaires.paper import flat
from portal.text import digits, plain


@dataclass
class Parsed:
    """
    A form as it was read; `docket` and `digest` are its first line's, "" where it is gone.

    `unread` holds, by question, what was written there and not understood, and the problem's words;
    `officials` the ids of the questions whose answers are for officials only.
    """

    details: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    unread: dict[str, tuple[str, str]] = field(default_factory=dict)
    officials: set[str] = field(default_factory=set)
    docket: str = ""
    digest: str = ""


def plain_lines(text: str) -> list[str]:
    """Lines without their ends, composed (NFC), without what no database keeps."""
    return plain(text).split("\n")


def regions(lines: Iterable[str], names: Collection[str]) -> tuple[dict[str, list[str]], list[str]]:
    """
    Return the lines between the two marks of each name, and the names of which one is gone.

    Without its closing mark an answer cannot be told from the guidance that follows. A name met
    again adds to what was read.
    """
    found: dict[str, list[str]] = {}
    broken: dict[str, None] = {}
    current = ""
    for line in lines:
        name = _mark(line)
        if name.removeprefix("/") not in names:
            if current:
                found[current].append(line)
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
    return {name: found[name] for name in found if name not in broken}, list(broken)


def _mark(line: str) -> str:
    """Return the name in a line `[[name]]` or `[[/name]]`, as "name" or "/name"; else ""."""
    bare = flat(line)
    if len(bare) > 60 or not (bare.startswith("[[") and bare.endswith("]]")):
        return ""
    inner = "".join(bare[2:-2].split()).lower()
    # A number may come back in the digits of another script.
    return digits(inner)
