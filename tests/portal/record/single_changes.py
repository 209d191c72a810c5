"""
One thing changed in what a verifier is given, as somebody who forges would, two hundred times.

`Given` is a folder with an export and what belongs to it; its arguments are those of `verify.py`.
"""

import copy
import itertools
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OPTIONS = ("receipt", "answers", "proof", "consistency")
DIGITS = str.maketrans("0123456789abcdef", "123456789abcdef0")


@dataclass(frozen=True)
class Given:
    """`checkpoints.json` and `leaves.jsonl` in the folder, and other files named for options."""

    folder: Path

    def write(self, name: str, value: Any) -> None:
        """Write a file: `export/…`, `public-….json`, or an option's."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")

    def arguments(self) -> list[str]:
        """What a verifier is called with."""
        named = [name for name in OPTIONS if (self.folder / f"{name}.json").exists()]
        shown = sorted(map(str, self.folder.glob("public-*.json")))
        return [
            str(self.folder / "export"),
            *(each for name in named for each in (f"--{name}", str(self.folder / f"{name}.json"))),
            *(["--public", *shown] if shown else []),
        ]


@dataclass(frozen=True)
class Change:
    """A file's name, its text with one thing changed, and what that is."""

    name: str
    text: str
    what: str


def changes(given: Given, count: int, seed: int = 1) -> list[Change]:
    """Return as many different changes, the same each time; small files have all that they can."""
    chance = random.Random(seed)
    names = sorted(
        str(path.relative_to(given.folder))
        for path in given.folder.rglob("*.json*")
        if path.suffix in (".json", ".jsonl")
    )
    found: dict[tuple[str, str], Change] = {}
    for name in itertools.cycle(names):
        if len(found) == count:
            break
        before = (given.folder / name).read_text(encoding="utf-8")
        change = _in_lines if name.endswith(".jsonl") else _in_object
        text, what = change(before, chance)
        if text != before:
            found.setdefault((name, text), Change(name, text, what))
    return list(found.values())


def _in_object(text: str, chance: random.Random) -> tuple[str, str]:
    value = json.loads(text)
    what = _change(value, chance)
    return json.dumps(value), what


def _in_lines(text: str, chance: random.Random) -> tuple[str, str]:
    lines = text.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    way = chance.choice(["drop", "double", "swap", "within", "within", "within", "within"])
    if way == "drop":
        del lines[at]
    elif way == "double":
        lines.insert(at, lines[at])
    elif way == "swap":
        other = chance.randrange(len(lines))
        lines[at], lines[other] = lines[other], lines[at]
    else:
        changed, way = _in_object(lines[at], chance)
        lines[at] = changed + "\n"
    return "".join(lines), f"line {at}: {way}"


def _change(value: Any, chance: random.Random) -> str:
    """Change one thing somewhere in an object; returns what."""
    path, holder, key = chance.choice(list(_places(value)))
    ways: list[tuple[str, Callable[[], None]]] = [("another value", lambda: _alter(holder, key))]
    if isinstance(holder, dict):
        ways += [
            ("no such member", lambda: holder.pop(key)),
            ("renamed", lambda: holder.__setitem__(f"{key}s", holder.pop(key))),
        ]
    else:
        ways += [
            ("dropped", lambda: holder.pop(key)),
            ("doubled", lambda: holder.insert(key, copy.deepcopy(holder[key]))),
        ]
    what, act = chance.choice(ways)
    act()
    return f"{path}: {what}"


def _places(value: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(pairs):
        yield f"{path}/{key}", value, key
        if isinstance(inner, (dict, list)):
            yield from _places(inner, f"{path}/{key}")


def _alter(holder: Any, key: Any) -> None:
    value = holder[key]
    if isinstance(value, bool):
        holder[key] = not value
    elif isinstance(value, int):
        holder[key] = value + 1
    elif isinstance(value, str):
        holder[key] = value[:-1] + value[-1:].translate(DIGITS)
        if holder[key] == value:
            holder[key] = f"{value}x"
    elif value is None:
        holder[key] = "x"
    elif isinstance(value, list):
        holder[key] = [*value, "x"]
    else:
        holder[key] = {**value, "x": "x"}
