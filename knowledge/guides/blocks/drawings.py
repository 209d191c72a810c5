"""
Drawings of the library: an SVG with places for words, and the words by language beside it.

`<name>.svg` has `{{title}}`, `{{words.key.2}}`, `{{x.40}}`, `{{mirror}}` and `{{direction}}`; the
README beside them says what becomes of each. In a language that a drawing lacks it is in English.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.html import escape

from portal.taxonomy.languages import direction_of

# Beside the guides whose text says what they show: both are checked and edited together.
FOLDER = Path(__file__).resolve().parents[3] / "portal" / "management" / "library" / "figures"
FIRST_LANGUAGE = "en"
WIDTH = 360
PLACE = re.compile(r"\{\{([a-z0-9._-]+)\}\}")


class Drawing(NamedTuple):
    """A drawing in a language: `svg` is safe; `description` says in words all that it shows."""

    svg: str
    title: str
    caption: str
    description: str
    language: str


def choices() -> list[tuple[str, str]]:
    """Return each drawing by its name, with its title in English."""
    return [(name, _words(name)[FIRST_LANGUAGE]["title"]) for name in names()]


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.svg"))


def drawing(name: str, language: str) -> Drawing | None:
    """Return a drawing in a language, or in English; None where there is none of that name."""
    return _drawn(name, language) if name in names() else None


@cache
def _drawn(name: str, language: str) -> Drawing:
    spoken = language if language in _words(name) else FIRST_LANGUAGE
    said = _words(name)[spoken]
    is_mirrored = direction_of(spoken) == "rtl"

    def filled(place: re.Match[str]) -> str:
        kind, *rest = place[1].split(".")
        if kind == "words":
            lines = said["words"][rest[0]]
            number = int(rest[1])
            return str(escape(lines[number - 1])) if number <= len(lines) else ""
        if kind == "x":
            at = float(".".join(rest))
            return f"{WIDTH - at if is_mirrored else at:g}"
        if kind == "mirror":
            return f"translate({WIDTH} 0) scale(-1 1)" if is_mirrored else ""
        return direction_of(spoken) if kind == "direction" else str(escape(said[kind]))

    svg = PLACE.sub(filled, (FOLDER / f"{name}.svg").read_text(encoding="utf-8"))
    svg = svg.replace(' transform=""', "")
    return Drawing(svg, said["title"], said.get("caption", ""), said["desc"], spoken)


@cache
def _words(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
