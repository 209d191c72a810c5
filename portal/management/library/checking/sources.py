"""Sources and points: each document once, and what was read of it, where and when."""

import re
from collections.abc import Iterator

from knowledge.sources.kinds import Kind
from portal.management.library.checking import shapes
from portal.management.library.checking.addresses import bare
from portal.management.library.checking.citations import MOST_WORDS, citations_in, plain
from portal.management.library.checking.fault import Fault
from portal.management.library.checking.library import Library
from portal.management.library.checking.reading import Document, Part, said

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
VERSION = shapes.Shape(
    {"language": shapes.within(2, 3), "address": shapes.within(1, 500)},
    {"title": shapes.within(1, 400)},
)
SOURCE = shapes.Shape(
    {
        "key": shapes.text,
        "title": shapes.within(1, 400),
        "issuer": shapes.within(1, 200),
        "kind": shapes.text,
    },
    {
        "short_name": shapes.within(1, 120),
        "binds": shapes.within(1, 300),
        "dated": shapes.within(1, 60),
        "year": shapes.number,
        "number": shapes.within(1, 120),
        "version": shapes.some(VERSION),
        "language": shapes.within(2, 3),
        "address": shapes.within(1, 500),
        "archive_address": shapes.within(1, 500),
        "read_on": shapes.day,
        "status_note": shapes.within(1, 300),
    },
)
POINT = shapes.Shape(
    {
        "source": shapes.text,
        "at": shapes.text,
        "words": shapes.text,
        "read_at": shapes.text,
        "read_on": shapes.day,
    }
)


def faults(library: Library) -> Iterator[Fault]:
    for document, name in ((library.sources, "source"), (library.points, "point")):
        if document:
            for line, text in document.strays(name):
                yield Fault(document.path, line, text)
    if library.sources:
        yield from _sources(library, library.sources)
    if library.points:
        yield from _points(library, library.points)
    if library.sources and library.points:
        yield from _unused(library, library.sources, library.points)


def _sources(library: Library, document: Document) -> Iterator[Fault]:
    keys: set[str] = set()
    addresses: dict[str, str] = {}
    citing = _citing(library)
    for part in document.parts("source"):
        key = said(part.entry.get("key"))
        slugs = citing.get(key, ())
        for line, text in _source(document, part, keys, addresses):
            yield Fault(document.path, line, f"Source “{key}”: {text}", slugs)
        keys.add(key)


def _source(
    document: Document, part: Part, keys: set[str], addresses: dict[str, str]
) -> Iterator[tuple[int, str]]:
    entry, key = part.entry, said(part.entry.get("key"))
    for field, text in SOURCE.lapses(entry):
        yield document.line_of(field, part), text
    if key in keys:
        yield document.line_of("key", part), "this key stands twice; take another."
    if key and not KEY.fullmatch(key):
        yield document.line_of("key", part), "a key has small letters, digits and hyphens only."
    kind = said(entry.get("kind"))
    if kind and kind not in Kind.values:
        known = ", ".join(Kind.values)
        yield document.line_of("kind", part), f"“{kind}” is no kind; take one of {known}."
    for field in ("address", "archive_address"):
        address = said(entry.get(field))
        line = document.line_of(field, part)
        if address and not re.match(r"https?://[^\s/]+\.", address):
            yield line, f"“{field}” must begin with https:// or http://."
        if address and addresses.setdefault(bare(address), key) != key:
            yield line, f"“{addresses[bare(address)]}” has this address too; keep one of them."
    if "read_on" in entry and not entry.get("address"):
        yield document.line_of("read_on", part), "it was read on a day, but has no address."


def _points(library: Library, document: Document) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    for part in document.parts("point"):
        key, words = said(part.entry.get("source")), plain(said(part.entry.get("words")))
        for field, text in POINT.lapses(part.entry):
            yield Fault(document.path, document.line_of(field, part), f"Point of “{key}”: {text}")
        if key and library.sources and key not in library.source_parts:
            line = document.line_of("source", part)
            yield Fault(
                document.path, line, f"There is no source “{key}”: add it, or mend the key."
            )
        line = document.line_of("words", part)
        if (key, words) in seen:
            yield Fault(document.path, line, f"These words of “{key}” stand twice: keep one.")
        if (many := len(words.split())) > MOST_WORDS:
            text = f"A point of “{key}” has {many} words: keep at most {MOST_WORDS}."
            yield Fault(document.path, line, text)
        seen.add((key, words))


def _unused(library: Library, document: Document, points: Document) -> Iterator[Fault]:
    cited = _citing(library)
    read = {said(part.entry.get("source")) for part in points.parts("point")}
    for key, part in library.source_parts.items():
        line = document.line_of("key", part)
        if key not in cited:
            text = f"No guide cites “{key}”: cite it, or move it to not_cited.toml."
            yield Fault(document.path, line, text)
        if key not in read:
            text = f"“{key}” has no point: write in points.toml what was read of it."
            yield Fault(document.path, line, text, cited.get(key, ()))


def _citing(library: Library) -> dict[str, tuple[str, ...]]:
    """Return the slugs of the guides that cite each source."""
    found: dict[str, set[str]] = {}
    for slug, languages in library.guides.items():
        for document in languages.values():
            for citation in citations_in(document):
                found.setdefault(citation.key, set()).add(slug)
    return {key: tuple(sorted(slugs)) for key, slugs in found.items()}
