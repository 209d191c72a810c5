"""The lines of an offline form, as it comes back from whatever editor it was filled in with."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

LINE_END = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
FULL_WIDTH = str.maketrans("［］【】（）：．／", "[][]():./")
EMPTY = frozenset(" _.-–—…")  # what stands in brackets that nobody marked


@dataclass
class Parsed:
    """
    A form as it was read; `docket` and `digest` are its first line's, "" where it is gone.

    `unread` holds, by question, what was written there and not understood, and the problem's words.
    """

    details: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    unread: dict[str, tuple[str, str]] = field(default_factory=dict)
    docket: str = ""
    digest: str = ""


class Mark(NamedTuple):
    """An option's line: what stands in its brackets ("" where nothing does) and what follows."""

    mark: str
    rest: str


def plain_lines(text: str) -> list[str]:
    """Lines without their ends, composed (NFC), without what no database keeps."""
    text = LINE_END.sub("\n", text.replace("\ufeff", ""))
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", "".join(kept)).split("\n")


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
    return "".join(str(unicodedata.decimal(c, c)) for c in inner)


def flat(line: str) -> str:
    """Write a line as a machine compares it: plain brackets, no outer blanks or direction marks."""
    visible = "".join(c for c in line if unicodedata.category(c) != "Cf")
    return visible.translate(FULL_WIDTH).strip()


def marks(lines: Iterable[str]) -> list[Mark]:
    """Return the lines that are options, in order; bullets before the brackets are passed over."""
    found = []
    for line in lines:
        bare = flat(line).lstrip("-*•· \t")
        if not bare.startswith("[") or "]" not in bare:
            continue
        inside, _bracket, rest = bare[1:].partition("]")
        found.append(Mark("" if EMPTY.issuperset(inside) else inside.strip(), rest.strip()))
    return found
