"""Signs in a text that are more than words: citations and bold, each begun and ended."""

from collections.abc import Iterator

from knowledge.sources.marks import TYPED
from portal.management.library.checking.fault import Fault
from portal.management.library.checking.library import Library
from portal.management.library.checking.reading import Document, Part, texts_within


def faults(library: Library) -> Iterator[Fault]:
    for slug, languages in library.guides.items():
        for document in languages.values():
            for part in document.parts("block"):
                for line, text in _in_block(document, part):
                    yield Fault(document.path, line, text, (slug,))
            head = {
                name: value
                for name, value in document.entry.items()
                if name not in ("block", "note")
            }
            for text in texts_within(head):
                if "{{" in text or "**" in text:
                    line = document.line_with(text[:40], document.whole)
                    told = "Above the blocks nothing is cited or bold: write plain words."
                    yield Fault(document.path, line, told, (slug,))


def _in_block(document: Document, part: Part) -> Iterator[tuple[int, str]]:
    for text in texts_within(part.entry):
        for line_of_text in text.split("\n"):
            plain = TYPED.sub("", line_of_text)
            line = document.line_with(line_of_text[:40], part)
            if "{{" in plain or "}}" in plain:
                yield line, "This is no citation: write {{key: place}}, with two braces each."
            if plain.count("**") % 2:
                yield line, "A bold word is not ended here: write two stars before it and after."
