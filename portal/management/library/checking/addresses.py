"""Addresses in what readers see: none of a mirror's, and in a guide none that is no source."""

import re
from collections.abc import Iterator
from dataclasses import replace

from portal.management.library.checking.fault import Fault
from portal.management.library.checking.library import Library
from portal.management.library.checking.reading import (
    Document,
    Entry,
    Part,
    listed,
    said,
    texts_within,
)

# Sites that hold copies of what others issued: working evidence, and never on a page.
MIRRORS = (
    *("scribd.com", "docslib.org", "paperzz.com", "fdocuments", "vdocument", "documents.pub"),
    *("slidelegend.com", "slideblast.com", "9dok.", "businessdocbox.com", "globalsecurity.org"),
    *("derechos.org", "docplayer", "yumpu.com", "dokumen.", "pdfslide", "silo.tips", "vsip.info"),
    *("studylib", "coursehero.com", "pdfcoffee.com", "epdf.", "studocu.com", "issuu.com"),
)
MIRROR = re.compile(rf"(?<![a-z0-9])({'|'.join(map(re.escape, MIRRORS))})", re.IGNORECASE)
ADDRESS = re.compile(r"https?://[^\s<>\"”»)\]}|]+")


def bare(address: str) -> str:
    """Return an address as it is compared."""
    return re.sub(r"^https?://(www\.)?", "", address).rstrip("/.,;:")


def faults(library: Library) -> Iterator[Fault]:
    sources = {
        address for part in library.source_parts.values() for address in _addresses(part.entry)
    }
    for slug, languages in library.guides.items():
        for document in languages.values():
            for part in (document.whole, *document.parts("block")):
                for line, text in _in_guide(document, part, sources if library.sources else None):
                    yield Fault(document.path, line, text, (slug,))
    yield from _elsewhere(library)


def _addresses(source: Entry) -> Iterator[str]:
    for field in ("address", "archive_address"):
        yield bare(said(source.get(field)))
    for version in listed(source.get("version")):
        if isinstance(version, dict):
            yield bare(said(version.get("address")))


def _in_guide(
    document: Document, part: Part, sources: set[str] | None
) -> Iterator[tuple[int, str]]:
    entry = {name: each for name, each in part.entry.items() if name not in ("block", "note")}
    yield from mirrors(document, replace(part, entry=entry))
    for text in texts_within(entry):
        for found in ADDRESS.finditer(text):
            if sources is not None and bare(found[0]) not in sources:
                line = document.line_with(found[0], part)
                yield line, f"“{found[0]}” is the address of no source: cite a source instead."


def _elsewhere(library: Library) -> Iterator[Fault]:
    parts: list[tuple[Document, Part, tuple[str, ...]]] = []
    if library.sources:
        parts += [(library.sources, part, ()) for part in library.sources.parts("source")]
    for document in library.titles.values():
        if document:
            parts += [(document, document.part(slug), (slug,)) for slug in document.entry]
    for name, document in library.figures.items():
        last = len(document.lines)
        parts.append((document, Part(1, last, document.entry), library.showing.get(name, ())))
    for document, part, slugs in parts:
        for line, text in mirrors(document, part):
            yield Fault(document.path, line, text, slugs)


def mirrors(document: Document, part: Part) -> Iterator[tuple[int, str]]:
    """Yield line and sentence of each address of a mirror in a part."""
    for text in texts_within(part.entry):
        for found in MIRROR.finditer(text):
            line = document.line_with(found[0], part)
            yield line, f"“{found[0]}” is a mirror: give the issuer's address, or none."
