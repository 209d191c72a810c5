"""A TOML file with the lines at which its tables and fields stand, which `tomllib` does not say."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeAlias

from portal.management.library.checking.fault import Fault

# What a TOML file holds.
Value: TypeAlias = "str | int | float | bool | date | list[Value] | dict[str, Value]"
Entry: TypeAlias = dict[str, Value]
AT_LINE = re.compile(r" ?\(at line (\d+), column (\d+)\)")
HEAD = re.compile(r"\s*\[{1,2}\s*[A-Za-z0-9_.-]+\s*\]{1,2}\s*(#.*)?$")


@dataclass(frozen=True)
class Part:
    """A table of a file: the line at which it begins, the last one, and what it holds."""

    line: int
    last: int
    entry: Entry


@dataclass(frozen=True)
class Document:
    """A file as it was read. Lines are counted from 1."""

    path: Path
    lines: list[str]
    entry: Entry
    # Lines that begin within a text of several lines, where nothing is a head or a field.
    inside: frozenset[int] = field(repr=False)

    @property
    def whole(self) -> Part:
        """Return what stands before the first table."""
        return Part(1, self._end(0), self.entry)

    def parts(self, name: str) -> list[Part]:
        """Return the tables [[name]]; with line 1 where they are written in another way."""
        return self._placed(rf"\[\[\s*{re.escape(name)}\s*\]\]", tables(self.entry.get(name)))

    def parts_in(self, name: str, inner: str) -> list[list[Part]]:
        """Return for each table [[name]] its tables [[name.inner]], as `parts` does."""
        groups = [tables(part.entry.get(inner)) for part in self.parts(name)]
        head = rf"\[\[\s*{re.escape(name)}\.{re.escape(inner)}\s*\]\]"
        placed = iter(self._placed(head, [entry for group in groups for entry in group]))
        return [[next(placed) for _entry in group] for group in groups]

    def strays(self, name: str) -> Iterator[tuple[int, str]]:
        """Yield line and sentence of what stands in a file that holds tables [[name]] only."""
        for other in self.entry:
            if other != name:
                heads = self.parts(other)
                line = heads[0].line if heads else self.line_of(other, self.whole)
                yield line, f"There is no table or field “{other}” here: did you mean [[{name}]]?"

    def part(self, name: str) -> Part:
        """Return the table [name]; an empty one at line 1 where there is none."""
        entry = self.entry.get(name)
        heads = self._heads(rf"\[\s*{re.escape(name)}\s*\]")
        line = heads[0] if heads else 1
        return Part(line, self._end(line), entry if isinstance(entry, dict) else {})

    def line_of(self, name: str, part: Part) -> int:
        """Return the line of a field in a part; the part's own where it lacks the field."""
        sought = re.compile(rf"\s*\"?{re.escape(name)}\"?\s*=")
        for number in range(part.line, part.last + 1):
            if number not in self.inside and sought.match(self.lines[number - 1]):
                return number
        return part.line

    def line_with(self, words: str, part: Part) -> int:
        """Return the first line of a part that has these words; the part's own where none has."""
        for number in range(part.line, part.last + 1):
            if words in self.lines[number - 1]:
                return number
        return part.line

    def _placed(self, pattern: str, entries: list[Entry]) -> list[Part]:
        heads = self._heads(pattern)
        if len(heads) != len(entries):
            heads = [1] * len(entries)
        return [
            Part(line, self._end(line), entry) for line, entry in zip(heads, entries, strict=True)
        ]

    def _heads(self, pattern: str) -> list[int]:
        head = re.compile(rf"\s*{pattern}\s*(#.*)?$")
        return [
            number
            for number, line in enumerate(self.lines, 1)
            if number not in self.inside and head.match(line)
        ]

    def _end(self, line: int) -> int:
        """Return the last line before the next head after a line."""
        for number in range(line + 1, len(self.lines) + 1):
            if number not in self.inside and HEAD.match(self.lines[number - 1]):
                return number - 1
        return max(len(self.lines), 1)


def read(path: Path) -> Document | Fault:
    """Return a file, or the fault for which it cannot be read."""
    try:
        text = path.read_bytes().decode("utf-8")
        entry = tomllib.loads(text)
    except FileNotFoundError:
        return Fault(path, 1, "This file is missing: write it.")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Fault(path, line, "This line is not UTF-8: save the file as UTF-8.")
    except tomllib.TOMLDecodeError as error:
        at = AT_LINE.search(str(error))
        said = AT_LINE.sub("", str(error)).replace(" (at end of document)", "")
        line = int(at[1]) if at else text.count("\n") + 1
        return Fault(path, line, f"This is not TOML; mend what stands here or just before: {said}.")
    # As TOML counts them: no other sign ends a line.
    lines = text.replace("\r\n", "\n").split("\n")
    return Document(path, lines, entry, frozenset(_inside(lines)))


def _inside(lines: list[str]) -> Iterator[int]:
    mark = ""
    for number, line in enumerate(lines, 1):
        if mark:
            yield number
        for found in re.findall(r'"""|\'\'\'', line):
            if not mark:
                mark = found
            elif found == mark:
                mark = ""


def listed(value: object) -> list[Value]:
    """Return a list as it is, and of anything else an empty one."""
    return value if isinstance(value, list) else []


def tables(value: object) -> list[Entry]:
    """Return the tables of a list."""
    return [each for each in listed(value) if isinstance(each, dict)]


def said(value: object) -> str:
    """Return a text as it is, and of anything else an empty one."""
    return value if isinstance(value, str) else ""


def texts(value: object) -> list[str]:
    """Return the texts of a list."""
    return [each for each in listed(value) if isinstance(each, str)]


def texts_within(value: object) -> Iterator[str]:
    """Yield every text in an entry, however deep, but no name of a field."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from texts_within(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts_within(each)
