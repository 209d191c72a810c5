"""Citations: each has a source, a note, and words that were read of that source."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from knowledge.sources.marks import TYPED
from portal.management.library.checking import shapes
from portal.management.library.checking.fault import Fault
from portal.management.library.checking.library import WRITTEN_IN, Library
from portal.management.library.checking.reading import Document, Part, said, texts

MOST_WORDS = 25
LEAST, LEAST_PRIMARY = 3, 2
PRIMARY = ("law", "soft-law", "guidance", "decision")
# How the place of a point says that somebody else's words were read, and not the document.
SECOND_HAND = re.compile(r"\(quoted by\b", re.IGNORECASE)
QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
NOTE = shapes.Shape(
    {"cite": shapes.text, "words": shapes.text, "read_at": shapes.text, "claim": shapes.text}
)


class Citation(NamedTuple):
    """A source cited at a line, with its pinpoint, which may be empty."""

    line: int
    key: str
    place: str

    @property
    def name(self) -> str:
        return f"{self.key}: {self.place}" if self.place else self.key


def plain(text: str) -> str:
    """Return words as they are compared: one kind of quotation mark, single blanks."""
    return " ".join(text.translate(QUOTES).split())


def key_and_place(text: str) -> tuple[str, str]:
    """Return the two halves of "e1: Art. 5(1)"."""
    key, _colon, place = text.partition(":")
    return key.strip(), place.strip()


def citations_in(document: Document) -> Iterator[Citation]:
    """Yield the citations in the blocks of a guide: at a word, and of a quotation."""
    for part in document.parts("block"):
        yield from citations_of(document, part)


def citations_of(document: Document, part: Part) -> Iterator[Citation]:
    for number in range(part.line, part.last + 1):
        for found in TYPED.finditer(document.lines[number - 1]):
            yield Citation(number, found[1], found[2] or "")
    if cite := said(part.entry.get("cite")):
        yield Citation(document.line_of("cite", part), *key_and_place(cite))


def faults(library: Library) -> Iterator[Fault]:
    words = _words_read(library)
    for slug, languages in library.guides.items():
        english = languages.get(WRITTEN_IN)
        notes = {
            key_and_place(said(part.entry.get("cite")))
            for part in (english.parts("note") if english else ())
        }
        for language, document in languages.items():
            found = list(_of_guide(library, document, notes if english else None))
            if language == WRITTEN_IN:
                found += [*_enough(library, document), *_notes(document, words)]
                found += _alone(document, words)
            elif notes_here := document.parts("note"):
                text = "Notes stand in the English file only: take them out of this one."
                found.append((notes_here[0].line, text))
            for line, text in found:
                yield Fault(document.path, line, text, (slug,))


def _words_read(library: Library) -> dict[str, list[tuple[str, bool]]] | None:
    """Return the words of the points by source, and whether another quoted them."""
    if not library.points:
        return None
    found: dict[str, list[tuple[str, bool]]] = {}
    for part in library.points.parts("point"):
        point = part.entry
        read = (plain(said(point.get("words"))), bool(SECOND_HAND.search(said(point.get("at")))))
        found.setdefault(said(point.get("source")), []).append(read)
    return found


def _of_guide(
    library: Library, document: Document, notes: set[tuple[str, str]] | None
) -> Iterator[tuple[int, str]]:
    listed = texts(document.entry.get("sources"))
    line_of_list = document.line_of("sources", document.whole)
    cited = list(citations_in(document))
    for each in cited:
        if library.sources and each.key not in library.source_parts:
            text = f"There is no source “{each.key}”: add it to sources.toml, or mend the key."
            yield each.line, text
        if notes is not None and (each.key, each.place) not in notes:
            yield each.line, f"“{each.name}” has no note: write one with the words it rests on."
    keys = {each.key for each in cited}
    for key in listed:
        if key not in keys:
            yield line_of_list, f"“sources” lists “{key}”, which no sentence cites: take it out."
    for key in sorted(keys - set(listed)):
        yield line_of_list, f"“sources” lacks “{key}”, which is cited: add it."


def _enough(library: Library, document: Document) -> Iterator[tuple[int, str]]:
    cited = {(each.key, each.place) for each in citations_in(document)}
    line = document.line_of("sources", document.whole)
    if len(cited) < LEAST:
        yield line, f"It has {len(cited)} different citations: at least {LEAST} are needed."
    if not library.sources:
        return
    kinds = {key: part.entry.get("kind") for key, part in library.source_parts.items()}
    primary = [key for key, place in cited if place and kinds.get(key) in PRIMARY]
    if len(primary) < LEAST_PRIMARY:
        kinds_said = ", ".join(PRIMARY)
        text = f"{len(primary)} of its citations give the place in a primary document"
        yield line, f"{text} ({kinds_said}): at least {LEAST_PRIMARY} are needed."


def _notes(
    document: Document, words: dict[str, list[tuple[str, bool]]] | None
) -> Iterator[tuple[int, str]]:
    cited = {(each.key, each.place) for each in citations_in(document)}
    for part in document.parts("note"):
        for field, text in NOTE.lapses(part.entry):
            yield document.line_of(field, part), f"Note: {text}"
        key, place = key_and_place(said(part.entry.get("cite")))
        noted = plain(said(part.entry.get("words")))
        name = f"{key}: {place}" if place else key
        if key and (key, place) not in cited:
            text = f"“{name}” has a note, and no sentence cites it: take the note out."
            yield document.line_of("cite", part), text
        line = document.line_of("words", part)
        if (many := len(noted.split())) > MOST_WORDS:
            yield line, f"The note on “{name}” has {many} words: keep at most {MOST_WORDS}."
        if noted and words is not None and not _read(words, key, noted):
            yield line, f"No point of “{key}” has these words: write the point, or mend the words."


def _read(words: dict[str, list[tuple[str, bool]]], key: str, noted: str) -> list[bool]:
    """Return for each point that has these words whether another quoted them."""
    return [second for each, second in words.get(key, []) if noted in each]


def _alone(
    document: Document, words: dict[str, list[tuple[str, bool]]] | None
) -> Iterator[tuple[int, str]]:
    """Yield the lines where all that is cited was read in somebody else's words."""
    weak = set()
    for part in document.parts("note"):
        key, place = key_and_place(said(part.entry.get("cite")))
        read = _read(words or {}, key, plain(said(part.entry.get("words"))))
        if read and all(read):
            weak.add((key, place))
    lines: dict[int, list[Citation]] = {}
    for each in citations_in(document):
        lines.setdefault(each.line, []).append(each)
    for line, cited in lines.items():
        if all((each.key, each.place) in weak for each in cited):
            text = f"“{cited[0].name}” was read only where others quote it, and stands alone here"
            yield line, f"{text}: cite beside it what was read, or take the fact out."
