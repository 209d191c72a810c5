"""The least that loading asks of the check: which guides have faults."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.sources.marks import unknown_in_file

MUST_SAY = ("slug", "title", "summary", "document_type", "stages", "level", "owner", "sources")


@dataclass(frozen=True)
class Fault:
    """Something in a file, and at which line."""

    path: Path
    line: int
    text: str


def faults_of(folder: Path) -> list[Fault]:
    """Return what keeps guides from being loaded."""
    text = (folder / "sources.toml").read_text(encoding="utf-8")
    known = {each["key"] for each in tomllib.loads(text)["source"]}
    return [
        fault
        for path in sorted((folder / "guides").glob("*.toml"))
        for fault in _faults_in(path, known, folder)
    ]


def guides_with_faults(folder: Path) -> set[str]:
    """Return the slugs of the guides that have any."""
    guides = folder / "guides"
    return {
        each.path.name.split(".")[0] for each in faults_of(folder) if each.path.parent == guides
    }


def _faults_in(path: Path, known: set[str], folder: Path) -> list[Fault]:
    text = path.read_text(encoding="utf-8")
    try:
        entry: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return [Fault(path, 1, str(error))]
    told = [(1, f"There is no {name}.") for name in MUST_SAY if not entry.get(name)]
    told += [(line, f"There is no source “{key}”.") for line, key in unknown_in_file(text, known)]
    told += [
        (1, f"There is no figure “{block['figure']}”.")
        for block in entry.get("block", [])
        if "figure" in block and not (folder / "figures" / f"{block['figure']}.svg").exists()
    ]
    return [Fault(path, line, words) for line, words in told]
