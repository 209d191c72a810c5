"""The blocks of a guide: each of a known type with its fields, and those that every guide needs."""

import re
from collections.abc import Iterator

from knowledge.guides.kinds import KINDS
from portal.management.library.checking import shapes
from portal.management.library.checking.fault import Fault
from portal.management.library.checking.library import WRITTEN_IN, Library
from portal.management.library.checking.reading import Document, Part, listed, said, texts
from portal.management.library.checking.shapes import Shape, number, some, text

POINTS = Shape({"items": shapes.some_texts})
SHAPES = {
    "heading": Shape({"text": text}),
    "heading2": Shape({"text": text}),
    "text": Shape({"text": text}),
    "steps": Shape({"items": some(Shape({"title": text, "text": text}))}, {"title": text}),
    "checklist": Shape({"title": text, "items": shapes.lines_to_tick}),
    "decision": Shape(
        {"title": text, "items": some(Shape({"question": text, "yes": text, "no": text}))}
    ),
    "case": Shape(
        {"title": text, "text": text}, {"question": text, "follows": text, "origin": text}
    ),
    "table": Shape(
        {"caption": text, "head": shapes.cells, "rows": shapes.rows},
        {"row_heads": shapes.truth},
    ),
    "figure": Shape({"figure": text}),
    "quote": Shape({"text": text}, {"cite": text, "attribution": text, "source": text}),
    "template": Shape({"title": text, "text": text}),
    "slides": Shape(
        {
            "items": some(
                Shape(
                    {"title": text, "points": shapes.some_texts, "notes": text},
                    {"minutes": number},
                )
            )
        },
        {"title": text, "minutes": number},
    ),
    "exercise": Shape({"question": text, "answer": text}, {"title": text, "minutes": number}),
    "outcomes": POINTS,
    "not-settled": POINTS,
}
STRUCTURED = ("steps", "checklist", "decision", "table", "case", "template", "slides")
# What a block is called where guides are kept, if not as here.
KEPT_AS = {
    "text": "paragraph",
    "template": "model_text",
    "heading2": "heading",
    "not-settled": "not_settled",
}
ORIGINS = ("invented", "real")
# Of a case in English; in other languages only the origin tells.
SAYS_INVENTED = re.compile(r"\b(invented|fictional)\b", re.IGNORECASE)


def faults(library: Library) -> Iterator[Fault]:
    for slug, languages in library.guides.items():
        english = languages.get(WRITTEN_IN)
        for language, document in languages.items():
            for part in document.parts("block"):
                for line, sentence in _of_block(document, part):
                    yield Fault(document.path, line, sentence, (slug,))
            if language == WRITTEN_IN or not english:
                for sentence in _lacking(document):
                    yield Fault(document.path, len(document.lines), sentence, (slug,))


def _of_block(document: Document, part: Part) -> Iterator[tuple[int, str]]:
    kind = said(part.entry.get("type"))
    if kind not in SHAPES:
        known = ", ".join(SHAPES)
        yield document.line_of("type", part), f"“{kind}” is no type of block; take one of {known}."
        return
    entry = {name: value for name, value in part.entry.items() if name != "type"}
    lapses = list(SHAPES[kind].lapses(entry))
    for field, sentence in lapses:
        yield document.line_of(field, part), f"Block “{kind}”: {sentence}"
    if lapses:
        return
    if kind == "table":
        yield from _table(document, part)
    if kind == "case":
        yield from _case(document, part)


def _table(document: Document, part: Part) -> Iterator[tuple[int, str]]:
    columns = len(texts(part.entry["head"]))
    for place, row in enumerate(listed(part.entry["rows"]), 1):
        cells = texts(row)
        if len(cells) != columns:
            line = document.line_with(cells[0], part) if cells else document.line_of("rows", part)
            text = f"Row {place} of this table has {len(cells)} cells, its head {columns}"
            yield line, f"{text}: make them equal."
        elif part.entry.get("row_heads") and not cells[0].strip():
            line = document.line_with(cells[1], part) if columns > 1 else part.line
            yield line, f"Row {place} of this table has an empty first cell: name the row."


def _case(document: Document, part: Part) -> Iterator[tuple[int, str]]:
    origin = said(part.entry.get("origin"))
    if origin and origin not in ORIGINS:
        yield document.line_of("origin", part), f"“origin” must be one of {', '.join(ORIGINS)}."
    says = f"{said(part.entry['title'])} {said(part.entry['text'])}"
    if not origin and not SAYS_INVENTED.search(says):
        yield part.line, "Say whether this case is invented: write origin = “invented” or “real”."


def _lacking(document: Document) -> Iterator[str]:
    """Say which blocks a guide has not that it needs; a translation has those of the English."""
    types = {said(part.entry.get("type")) for part in document.parts("block")}
    if types.isdisjoint(STRUCTURED):
        yield f"It has no structured block: write one of {', '.join(STRUCTURED)}."
    if "exercise" not in types:
        yield "It has no exercise: write a block “exercise” with its answer."
    if "not-settled" not in types:
        yield "It does not say what it leaves open: write a block “not-settled”."
    if said(document.entry.get("document_type")) == "training" and "slides" not in types:
        yield "It is a lesson and has no slides, of which its file is made: write a block “slides”."
    kind = KINDS.get(said(document.entry.get("document_type")))
    kept = {KEPT_AS.get(each, each) for each in types} | {"not_settled", "exercise"}
    for need in kind.needs if kind else ():
        if kept.isdisjoint(need.any_of):
            yield str(need.told)
