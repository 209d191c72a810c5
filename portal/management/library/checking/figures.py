"""Figures: each a drawing with its text in every language, shown by the guides that carry it."""

import re
from collections.abc import Iterator

from portal.management.library.checking import shapes
from portal.management.library.checking.fault import Fault
from portal.management.library.checking.library import LANGUAGES, Library
from portal.management.library.checking.reading import Document, Part, said, texts

FIGURE = shapes.Shape(
    {
        "right_to_left": shapes.text,
        "room": shapes.table,
        **dict.fromkeys(LANGUAGES, shapes.table),
    },
    {
        "guides": shapes.texts,
        "related": shapes.texts,
        "pages": shapes.texts,
        "source": shapes.text,
    },
)
TEXT = shapes.Shape(
    {"title": shapes.text, "caption": shapes.text, "desc": shapes.text, "words": shapes.table}
)
PLACE = re.compile(r"\{\{([^{}]*)\}\}")
KNOWN_PLACE = re.compile(r"title|desc|mirror|direction|x\.[\d.]+|words\.(\w+)\.(\d+)")


def faults(library: Library) -> Iterator[Fault]:
    yield from _shown(library)
    for name, document in library.figures.items():
        slugs = library.showing.get(name, ())
        drawn = document.path.with_suffix(".svg")
        for line, text in (*_of(document), *_of_guides(library, name, document)):
            yield Fault(document.path, line, text, slugs)
        if not drawn.exists():
            text = f"This drawing is missing, and {document.path.name} has its text: draw it."
            yield Fault(drawn, 1, text, slugs)
            continue
        drawing = drawn.read_text(encoding="utf-8", errors="replace")
        for line, text in _drawing(drawing, document):
            yield Fault(drawn, line, text, slugs)
        for line, text in _not_drawn(drawing, document):
            yield Fault(document.path, line, text, slugs)
    for path in sorted((library.folder / "figures").glob("*.svg")):
        if not path.with_suffix(".toml").exists():
            text = f"This drawing has no text: write {path.stem}.toml."
            yield Fault(path, 1, text, library.showing.get(path.stem, ()))


def _shown(library: Library) -> Iterator[Fault]:
    """Yield where a guide shows a figure that is not there, or does not know the guide."""
    for slug, languages in library.guides.items():
        for document in languages.values():
            for part in document.parts("block"):
                name = said(part.entry.get("figure"))
                if not name:
                    continue
                line = document.line_of("figure", part)
                if not (library.folder / "figures" / f"{name}.toml").exists():
                    text = f"There is no figure “{name}”: mend the name, or draw it."
                    yield Fault(document.path, line, text, (slug,))
                elif name in library.figures and slug not in _guides(library.figures[name]):
                    text = f"figures/{name}.toml does not list this guide: add it to its “guides”."
                    yield Fault(document.path, line, text, (slug,))


def _guides(document: Document) -> list[str]:
    return texts(document.entry.get("guides"))


def _of(document: Document) -> Iterator[tuple[int, str]]:
    for field, text in FIGURE.lapses(document.entry):
        part = document.part(field)
        line = part.line if part.entry else document.line_of(field, document.whole)
        yield line, text
    room = document.part("room")
    for key, lines in room.entry.items():
        if wrong := shapes.number(lines):
            yield document.line_of(key, room), f"“{key}” {wrong}"
    for language in LANGUAGES:
        part = document.part(language)
        if not part.entry:
            continue
        for field, text in TEXT.lapses(part.entry):
            yield document.line_of(field, part), f"In “{language}”: {text}"
        if isinstance(part.entry.get("words"), dict):
            yield from _words(document, room, language)


def _words(document: Document, room: Part, language: str) -> Iterator[tuple[int, str]]:
    whole = document.part(language)
    entry = whole.entry["words"]
    head = f"[{language}.words]"
    start = document.line_with(head, Part(1, len(document.lines), {}))
    ends = [n for n, line in enumerate(document.lines, 1) if n > start and line.startswith("[")]
    last = ends[0] - 1 if ends else len(document.lines)
    part = Part(start, last, entry if isinstance(entry, dict) else {})
    for key in room.entry:
        if key not in part.entry:
            yield start, f"In “{language}” the words “{key}” are missing: write them."
    for key, value in part.entry.items():
        line = document.line_of(key, part)
        most = room.entry.get(key)
        if wrong := shapes.texts(value):
            yield line, f"In “{language}”: “{key}” {wrong}"
        elif most is None:
            yield line, f"[room] has no place “{key}”: mend the name, or give it room."
        elif isinstance(most, int) and len(texts(value)) > most:
            many = len(texts(value))
            yield line, f"In “{language}” “{key}” has {many} lines and room for {most}: shorten it."


def _of_guides(library: Library, name: str, document: Document) -> Iterator[tuple[int, str]]:
    showing = library.showing.get(name, ())
    line = document.line_of("guides", document.whole)
    for slug in _guides(document):
        if slug not in library.slugs:
            yield line, f"“guides” names “{slug}”, which is no guide: mend the name."
        elif slug not in showing:
            yield (
                line,
                f"“guides” names “{slug}”, which does not show it: show it there, or not here.",
            )
    if not _guides(document) and "pages" not in document.entry:
        yield 1, "It says neither in “guides” nor in “pages” where it is shown: write one."
    related = document.line_of("related", document.whole)
    for slug in texts(document.entry.get("related")):
        if slug not in library.slugs:
            yield related, f"“related” names “{slug}”, which is no guide: mend the name."


def _drawing(drawing: str, document: Document) -> Iterator[tuple[int, str]]:
    for field in ("title", "desc"):
        place = f"{{{{{field}}}}}"
        if place not in drawing:
            yield 1, f"The drawing has no place for its text: write <{field}>{place}</{field}>."
    room = document.part("room").entry
    for number, line in enumerate(drawing.split("\n"), 1):
        for found in PLACE.finditer(line):
            place_found = KNOWN_PLACE.fullmatch(found[1])
            if not place_found:
                yield number, f"“{found[0]}” is no place that is filled: mend it."
            elif key := place_found[1]:
                most = room.get(key, 0)
                if isinstance(most, int) and int(place_found[2]) > most:
                    name = document.path.name
                    yield (
                        number,
                        f"[room] of {name} has no line {place_found[2]} of “{key}”: add it.",
                    )


def _not_drawn(drawing: str, document: Document) -> Iterator[tuple[int, str]]:
    """Yield what has room by the text, and no place in the drawing: those words would be lost."""
    room = document.part("room")
    for key, most in room.entry.items():
        for number in range(1, most + 1 if isinstance(most, int) else 1):
            if f"{{{{words.{key}.{number}}}}}" not in drawing:
                line = document.line_of(key, room)
                yield line, f"The drawing has no place {{{{words.{key}.{number}}}}}: add it there."
