"""What stands above a guide's blocks: its title, terms, legal status and owner."""

from collections.abc import Iterator, Mapping

from knowledge.guides.kinds import KINDS
from portal.management.library.checking import shapes
from portal.management.library.checking.fault import Fault
from portal.management.library.checking.library import WRITTEN_IN, Library
from portal.management.library.checking.reading import Document, listed, said, texts
from portal.taxonomy import vocabularies
from portal.taxonomy.terms import Vocabulary

TITLE = shapes.within(1, 110)
SUMMARY = shapes.within(10, 300)
GUIDE = shapes.Shape(
    {
        "slug": shapes.text,
        "title": TITLE,
        "summary": SUMMARY,
        "document_type": shapes.text,
        "stages": shapes.some_texts,
        "level": shapes.text,
        "audiences": shapes.some_texts,
        # A guide may be of any technology, and of every right.
        "technologies": shapes.texts,
        "commitments": shapes.some_texts,
        "rights": shapes.texts,
        "legal_status": shapes.within(10, 300),
        "jurisdiction": shapes.within(1, 200),
        "owner": shapes.text,
        "sources": shapes.some_texts,
        "block": lambda value: "" if listed(value) else "must be tables [[block]].",
    },
    {
        "language": shapes.text,
        # The state whose own law or practice it is about, by ISO 3166.
        "state": shapes.within(2, 2),
        "entries": shapes.some_texts,
        "note": lambda value: "" if isinstance(value, list) else "must be tables [[note]].",
    },
)
VOCABULARIES: dict[str, Vocabulary] = {
    "document_type": vocabularies.DOCUMENT_TYPE,
    "stages": vocabularies.STAGE,
    "level": vocabularies.LEVEL,
    "audiences": vocabularies.AUDIENCE,
    "technologies": vocabularies.TECHNOLOGY,
    "commitments": vocabularies.COMMITMENT,
    "rights": vocabularies.RIGHT,
}


def faults(library: Library) -> Iterator[Fault]:
    for slug, languages in library.guides.items():
        for language, document in languages.items():
            for line, text in _of(document, slug, language, library.list_numbers):
                yield Fault(document.path, line, text, (slug,))


def _of(
    document: Document, slug: str, language: str, numbers: set[str]
) -> Iterator[tuple[int, str]]:
    entry, whole = document.entry, document.whole
    yield from lapses_above(document, GUIDE)
    yield from misnamed(document, slug, language)
    yield from unknown_terms(document, VOCABULARIES)
    for number in texts(entry.get("entries")):
        if number not in numbers:
            line = document.line_of("entries", whole)
            yield line, f"“{number}” is no entry of control_lists.toml: add it, or take one of it."
    kind = said(entry.get("document_type"))
    if kind in vocabularies.DOCUMENT_TYPE and kind not in KINDS:
        yield document.line_of("document_type", whole), f"“{kind}” is no kind of guide."


def lapses_above(document: Document, shape: shapes.Shape) -> Iterator[tuple[int, str]]:
    """Yield line and sentence of each lapse in the fields of a file as a whole."""
    for field, text in shape.lapses(document.entry):
        # A misspelt table stands further down.
        line = document.line_of(field, document.whole)
        heads = document.parts(field) if line == document.whole.line else []
        yield (heads[0].line if heads else line), text


def misnamed(document: Document, slug: str, language: str) -> Iterator[tuple[int, str]]:
    """Yield where a file says another slug or language than its name."""
    entry, whole = document.entry, document.whole
    if said(entry.get("slug")) not in ("", slug):
        line = document.line_of("slug", whole)
        yield line, f"“slug” must be the name of the file: “{slug}”."
    if said(entry.get("language")) not in ("", language) or (
        language != WRITTEN_IN and "language" not in entry
    ):
        line = document.line_of("language", whole)
        yield line, f"Write language = “{language}”, as the file is named."


def unknown_terms(
    document: Document, by_field: Mapping[str, Vocabulary]
) -> Iterator[tuple[int, str]]:
    """Yield each term that the vocabulary of its field has not."""
    for field, vocabulary in by_field.items():
        value = document.entry.get(field)
        for term in [value] if isinstance(value, str) else texts(value):
            if term and term not in vocabulary:
                known = ", ".join(vocabulary.keys)
                line = document.line_of(field, document.whole)
                yield line, f"“{term}” is no term of “{field}”; take one of {known}."
