"""Addresses of guides that left: each leads to a guide that is here."""

from collections.abc import Iterator

from portal.management.library.checking import shapes
from portal.management.library.checking.fault import Fault
from portal.management.library.checking.library import Library
from portal.management.library.checking.reading import said

MOVED = shapes.Shape({"from": shapes.text, "to": shapes.text})


def faults(library: Library) -> Iterator[Fault]:
    document = library.moved
    if not document:
        return
    for line, text in document.strays("moved"):
        yield Fault(document.path, line, text)
    seen: set[str] = set()
    for part in document.parts("moved"):
        left, leads_to = said(part.entry.get("from")), said(part.entry.get("to"))
        told = list(MOVED.lapses(part.entry))
        if left in library.slugs:
            told.append(("from", f"“{left}” is a guide of the library: take this out."))
        if left in seen:
            told.append(("from", f"“{left}” stands twice: keep one."))
        if leads_to and leads_to not in library.slugs:
            told.append(("to", f"“{leads_to}” is no guide of the library: name one that is."))
        seen.add(left)
        for field, text in told:
            yield Fault(document.path, document.line_of(field, part), text)
