"""
Check the guides of the library against its sources and the words that were read.

Each citation of each guide names a source, has a note, and the note's words are those of a point. A
translation without notes of its own is checked against those of the English guide.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
MOST_WORDS = 25
CITED = re.compile(r"\{\{\s*([A-Za-z0-9-]+)\s*(?::\s*([^{}\n]*?)\s*)?\}\}")
QUOTED = re.compile(r'cite\s*=\s*"([^"]+)"')
OF_KEYS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
KINDS = {
    *("law", "soft-law", "guidance", "decision", "report", "scholarship", "civil-society", "tool"),
}
QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
LIMITS = {
    "title": 400,
    "short_name": 120,
    "issuer": 200,
    "binds": 300,
    "dated": 60,
    "number": 120,
    "address": 500,
    "archive_address": 500,
    "status_note": 300,
}


class Told:
    """What was found: the file, the line, the fault."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def add(self, path: Path, line: int, fault: str) -> None:
        name = path.relative_to(FOLDER)
        self.faults.append(f"{name}:{line}: {fault}")


def words_in(text: str) -> int:
    """Return how many words a text has; what stands between two blanks is one."""
    return len(text.split())


def plain(text: str) -> str:
    """Return words as they are compared: one kind of quotation mark, single blanks."""
    return " ".join(text.translate(QUOTES).split())


def lines_of(text: str, table: str) -> list[int]:
    """Return the lines at which tables such as [[source]] begin."""
    return [n for n, line in enumerate(text.splitlines(), 1) if line.strip() == f"[[{table}]]"]


def tables(path: Path, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield line and entry of each table of a file."""
    text = path.read_text(encoding="utf-8")
    yield from zip(lines_of(text, name), tomllib.loads(text).get(name, []), strict=True)


def checked_sources(told: Told) -> dict[str, int]:
    """Return the key of each source with its line; each stands once, and within its limits."""
    path, keys = FOLDER / "sources.toml", {}
    addresses: dict[str, str] = {}
    for line, entry in tables(path, "source"):
        key = entry["key"]
        if key in keys:
            told.add(path, line, f"“{key}” stands twice")
        keys[key] = line
        if not OF_KEYS.fullmatch(key):
            told.add(path, line, f"“{key}” is no key")
        if entry.get("kind") not in KINDS:
            told.add(path, line, f"“{key}” has no kind that is known")
        for field, most in LIMITS.items():
            if len(entry.get(field, "")) > most:
                told.add(path, line, f"“{key}”: {field} has more than {most} characters")
        for field in ("address", "archive_address"):
            at = re.sub(r"^https?://(www\.)?", "", entry.get(field, "")).rstrip("/")
            if at and addresses.setdefault(at, key) != key:
                told.add(path, line, f"“{key}” has the address of “{addresses[at]}”")
        if "read_on" in entry and not entry.get("address"):
            told.add(path, line, f"“{key}” was read at no address")
    return keys


def checked_points(told: Told, sources: dict[str, int]) -> dict[str, list[str]]:
    """Return the words of the points by source; each has a source, and at most 25 words."""
    path, points = FOLDER / "points.toml", {}
    for line, entry in tables(path, "point"):
        key, said = entry["source"], plain(entry["words"])
        if key not in sources:
            told.add(path, line, f"there is no source “{key}”")
        if said in points.setdefault(key, []):
            told.add(path, line, f"these words of “{key}” stand twice")
        if not 0 < words_in(said) <= MOST_WORDS:
            told.add(path, line, f"a point of “{key}” has {words_in(said)} words")
        for field in ("at", "read_at", "read_on"):
            if not entry.get(field):
                told.add(path, line, f"a point of “{key}” has no {field}")
        points[key].append(said)
    return points


def citation(text: str) -> tuple[str, str]:
    """Return key and place of "e1: Art. 5(1)"."""
    key, _colon, place = text.partition(":")
    return key.strip(), place.strip()


class Guide:
    """A guide's file in one language, with the notes that belong to it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text(encoding="utf-8")
        self.entry = tomllib.loads(self.text)
        self.language = path.name.split(".")[-2]
        self.notes_path = path
        if not self.entry.get("note"):
            self.notes_path = path.with_name(f"{path.name.split('.')[0]}.en.toml")

    def citations(self) -> Iterator[tuple[int, tuple[str, str]]]:
        """Yield line, key and place of each citation at a word, and of each quotation."""
        body = self.text.split("[[note]]")[0]
        for number, line in enumerate(self.text.splitlines(), 1):
            for found in CITED.finditer(line):
                yield number, (found[1], found[2] or "")
            if number <= body.count("\n") and (quoted := QUOTED.match(line)):
                yield number, citation(quoted[1])

    def notes(self) -> list[tuple[int, dict[str, Any]]]:
        return list(tables(self.notes_path, "note")) if self.notes_path.exists() else []


def check_guide(
    guide: Guide, told: Told, sources: dict[str, int], points: dict[str, list[str]]
) -> None:
    path, notes = guide.path, guide.notes()
    noted = {citation(note["cite"]) for _line, note in notes}
    cited: set[tuple[str, str]] = set()
    for line, (key, place) in guide.citations():
        cited.add((key, place))
        if key not in sources:
            told.add(path, line, f"there is no source “{key}”")
        if (key, place) not in noted:
            told.add(path, line, f"“{key}: {place}” has no note")
    listed = guide.entry.get("sources", [])
    for key in dict.fromkeys([*listed, *sorted({key for key, _place in cited})]):
        if key not in sources:
            told.add(path, 1, f"its list names “{key}”, which is no source")
        elif key not in listed:
            told.add(path, 1, f"its list lacks “{key}”, which it cites")
        elif key not in {each for each, _place in cited}:
            told.add(path, 1, f"its list names “{key}”, which it does not cite")
    if guide.notes_path != path:
        return
    for line, note in notes:
        key, place = citation(note["cite"])
        said = plain(note["words"])
        if (key, place) not in cited:
            told.add(path, line, f"“{key}: {place}” is noted and not cited")
        if not 0 < words_in(said) <= MOST_WORDS:
            told.add(path, line, f"the note on “{key}: {place}” has {words_in(said)} words")
        if not any(said in each for each in points.get(key, [])):
            told.add(path, line, f"no point of “{key}” has the words of this note")


def faults() -> list[str]:
    """Return every fault of the library, each with its file and line."""
    told = Told()
    sources = checked_sources(told)
    points = checked_points(told, sources)
    used: set[str] = set()
    for path in sorted((FOLDER / "guides").glob("*.toml")):
        guide = Guide(path)
        used |= {key for _line, (key, _place) in guide.citations()}
        check_guide(guide, told, sources, points)
    for key, line in sources.items():
        if key not in used:
            told.add(FOLDER / "sources.toml", line, f"no guide cites “{key}”")
        if key not in points:
            told.add(FOLDER / "sources.toml", line, f"“{key}” has no point")
    return told.faults


def main() -> int:
    """Print what was found; 1 where there is any."""
    found = faults()
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
