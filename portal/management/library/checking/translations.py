"""Languages: titles and summaries of every guide, and the whole of the path, in all of them."""

from collections import Counter
from collections.abc import Iterator

from portal.management.library.checking import shapes
from portal.management.library.checking.citations import citations_of
from portal.management.library.checking.fault import Fault
from portal.management.library.checking.guides import SUMMARY, TITLE, VOCABULARIES
from portal.management.library.checking.library import TRANSLATIONS, WRITTEN_IN, Library
from portal.management.library.checking.reading import Document, Part, listed, said

TITLES = shapes.Shape({"title": TITLE, "summary": SUMMARY})
FIELDS = (*VOCABULARIES, "entries", "sources")


def faults(library: Library) -> Iterator[Fault]:
    for language, document in library.titles.items():
        if document:
            yield from _titles(library, language, document)
    for slug in library.in_all_languages:
        yield from _missing(library, slug)
    for slug, languages in library.guides.items():
        english = languages.get(WRITTEN_IN)
        if not english:
            yield from _without_english(library, slug)
            continue
        for language, document in languages.items():
            if language != WRITTEN_IN:
                found = [*_same_head(document, english), *_same_blocks(document, english)]
                found += _same_title(document, library.titles[language], slug)
                for line, text in found:
                    yield Fault(document.path, line, text, (slug,))


def _without_english(library: Library, slug: str) -> Iterator[Fault]:
    """Yield that the English is missing; one that cannot be read is told apart."""
    document = next(iter(library.guides[slug].values()))
    english = f"{slug}.{WRITTEN_IN}.toml"
    if not document.path.with_name(english).exists():
        text = f"There is no {english}, of which this is a translation: write it."
        yield Fault(document.path, 1, text, (slug,))


def _titles(library: Library, language: str, document: Document) -> Iterator[Fault]:
    for slug, entry in document.entry.items():
        part = document.part(slug)
        if slug not in library.slugs:
            text = f"There is no guide “{slug}”: mend the name, or take this out."
            yield Fault(document.path, part.line, text)
        elif not isinstance(entry, dict):
            line = document.line_of(slug, document.whole)
            text = f"“{slug}” must be a table: write [{slug}] with title and summary."
            yield Fault(document.path, line, text, (slug,))
        else:
            for field, text in TITLES.lapses(entry):
                sentence = f"“{slug}”: {text}"
                yield Fault(document.path, document.line_of(field, part), sentence, (slug,))
    for slug in sorted(library.slugs - document.entry.keys()):
        text = f"“{slug}” has no title and summary in “{language}”: write [{slug}] with both."
        yield Fault(document.path, len(document.lines), text, (slug,))


def _missing(library: Library, slug: str) -> Iterator[Fault]:
    """Yield the languages that a guide of the path lacks; one that cannot be read is told apart."""
    folder = library.folder / "guides"
    for language in (WRITTEN_IN, *TRANSLATIONS):
        path = folder / f"{slug}.{language}.toml"
        if not path.exists() and library.plan:
            line = library.plan.line_with(f'"{slug}"', library.plan.whole)
            text = f"“{slug}” stands in all languages and lacks “{language}”"
            told = f"{text}: write guides/{path.name}."
            yield Fault(library.plan.path, line, told, (slug,))


def _same_head(document: Document, english: Document) -> Iterator[tuple[int, str]]:
    for field in FIELDS:
        if document.entry.get(field) != english.entry.get(field):
            line = document.line_of(field, document.whole)
            yield line, f"“{field}” differs from the English: make it the same."


def _same_title(
    document: Document, titles: Document | None, slug: str
) -> Iterator[tuple[int, str]]:
    entry = titles.part(slug).entry if titles else {}
    for field in ("title", "summary"):
        if field in entry and document.entry.get(field, entry[field]) != entry[field]:
            line = document.line_of(field, document.whole)
            name = titles.path.name if titles else ""
            yield line, f"“{field}” differs from the one in {name}: make them the same."


def _same_blocks(document: Document, english: Document) -> Iterator[tuple[int, str]]:
    here, there = document.parts("block"), english.parts("block")
    for number, (part, original) in enumerate(zip(here, there, strict=False), 1):
        kind = said(original.entry.get("type"))
        if part.entry.get("type") != kind:
            line = document.line_of("type", part)
            yield line, f"Block {number} is “{kind}” in English: put the same blocks in its order."
            return
        yield from _same_size(document, part, original)
        yield from _same_citations(document, part, english, original)
    if len(here) != len(there):
        last = here[-1].line if here else 1
        yield last, f"It has {len(here)} blocks and the English {len(there)}: make them the same."


def _same_size(document: Document, part: Part, original: Part) -> Iterator[tuple[int, str]]:
    for field in ("items", "rows", "head"):
        many, wanted = (len(listed(each.entry.get(field))) for each in (part, original))
        if many != wanted:
            line = document.line_of(field, part)
            text = f"“{field}” has {many} entries and the English {wanted}"
            yield line, f"{text}: make them the same."
    for field in ("figure", "origin"):
        if field in original.entry and part.entry.get(field) != original.entry[field]:
            line = document.line_of(field, part)
            yield line, f"“{field}” differs from the English: make it the same."


def _same_citations(
    document: Document, part: Part, english: Document, original: Part
) -> Iterator[tuple[int, str]]:
    here = Counter(each._replace(line=0) for each in citations_of(document, part))
    there = Counter(each._replace(line=0) for each in citations_of(english, original))
    for each in there - here:
        yield part.line, f"This block lacks “{each.name}”, which the English cites: cite it too."
    for each in here - there:
        line = document.line_with(each.name, part)
        yield line, f"“{each.name}” is not cited in this block in English: take it out."
