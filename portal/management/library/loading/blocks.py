"""
The blocks of a guide, made of the `[[block]]` entries of a content file, in their order.

Each has a `type` and its texts, which are plain: blank lines part paragraphs, lines of "- " are a
list, `**bold**`, an https address is a link, `{{E1: Art. 5(1)}}` cites a source.

    heading      text                       heading2   text (a part of a section)
    text         text
    steps        title?, items = [{title, text}]
    checklist    title, items = ["a line" or {text, hint}]
    decision     title, items = [{question, yes, no}]
    case         title, text, question?, follows?, origin? ("invented" or "real"; where it is not
                 said, a title or text that says "invented" or "fictional" is invented)
    table        caption, head = ["…"], rows = [["…"]], row_heads? (the first cell names its row)
    figure       figure (the name of a drawing of the library), and nothing else; or
                 title, text (what it shows), image (the title of one in the library), source?;
                 without an image the text is folded under the title
    quote        text, cite? ("E1: Art. 5(1)"), attribution?, source? (an address)
    template     title, text: a model text, whose lines stay lines
    document     document (the title of one in the library), title?, language?
    slides       title?, items = [{title, minutes?, points = ["…"], notes}]
    exercise     title?, minutes?, question, answer
    outcomes     items = ["…"]: what one can do afterwards
    not-settled  items = ["…"]

Raises KeyError for an unknown type or a text that is missing.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from portal.management.page_text import linked, rich_text

Entry = dict[str, Any]
Block = tuple[str, Any]
SAYS_INVENTED = re.compile(r"\b(invented|fictional)\b", re.IGNORECASE)


def blocks_from(entries: Iterable[Entry]) -> list[Block]:
    """Return the blocks of a `GuideBodyBlock`, one or more for each entry."""
    return [block for entry in entries for block in MAKERS[entry["type"]](entry)]


def _heading(entry: Entry) -> list[Block]:
    level = "h3" if entry["type"] == "heading2" else "h2"
    return [("heading", {"text": entry["text"], "level": level})]


def _text(entry: Entry) -> list[Block]:
    return [("paragraph", rich_text(entry["text"]))]


def _steps(entry: Entry) -> list[Block]:
    steps = [{"title": each["title"], "text": rich_text(each["text"])} for each in entry["items"]]
    return [("steps", {"title": entry.get("title", ""), "steps": steps})]


def _checklist(entry: Entry) -> list[Block]:
    items = [{"text": each} if isinstance(each, str) else each for each in entry["items"]]
    lines = [{"text": _line(each["text"]), "hint": _line(each.get("hint", ""))} for each in items]
    return [("checklist", {"title": entry["title"], "entries": lines})]


def _decision(entry: Entry) -> list[Block]:
    questions = [
        {name: _line(each[name]) for name in ("question", "yes", "no")} for each in entry["items"]
    ]
    return [("decision", {"title": entry["title"], "entries": questions})]


def _case(entry: Entry) -> list[Block]:
    says = SAYS_INVENTED.search(f"{entry['title']} {entry['text']}")
    value = {
        "title": entry["title"],
        "origin": entry.get("origin", "invented" if says else ""),
        "facts": rich_text(entry["text"]),
        "question": rich_text(entry.get("question", "")),
        "follows": rich_text(entry.get("follows", "")),
    }
    return [("case", value)]


def _table(entry: Entry) -> list[Block]:
    kinds = ["rich_text"] * len(entry["head"])
    if entry.get("row_heads"):
        kinds[0] = "row_heading"
    columns = [
        {"type": kind, "heading": head} for kind, head in zip(kinds, entry["head"], strict=True)
    ]
    rows = [{"values": [_line(cell) for cell in row]} for row in entry["rows"]]
    return [("table", {"columns": columns, "rows": rows, "caption": entry["caption"]})]


def _figure(entry: Entry) -> list[Block]:
    if "figure" in entry:
        return [("drawing", {"drawing": entry["figure"]})]
    if "image" not in entry:
        return [("details", {"title": entry["title"], "text": rich_text(entry["text"])})]
    image = get_image_model().objects.get(title=entry["image"])
    value = {
        "image": {"image": image, "alt_text": entry["text"], "decorative": False},
        "caption": entry["title"],
        "crop": "whole",
        "source": _line(entry.get("source", "")),
    }
    return [("figure", value)]


def _quote(entry: Entry) -> list[Block]:
    value = {
        "text": entry["text"].strip(),
        "attribution": entry.get("attribution", ""),
        "source": entry.get("source", ""),
        "cited": _line(f"{{{{{entry['cite']}}}}}") if "cite" in entry else "",
    }
    return [("quote", value)]


def _model_text(entry: Entry) -> list[Block]:
    """Return a model text: a letter's lines stay lines."""
    paragraphs = re.split(r"\n\s*\n", entry["text"].strip())
    lines = [[linked(line.strip()) for line in each.splitlines()] for each in paragraphs]
    html = "".join(f"<p>{'<br/>'.join(each)}</p>" for each in lines)
    return [("model_text", {"title": entry["title"], "text": html})]


def _document(entry: Entry) -> list[Block]:
    value = {
        "document": get_document_model().objects.get(title=entry["document"]),
        "title": entry.get("title", ""),
        "language": entry.get("language", ""),
    }
    return [("document", value)]


def _slides(entry: Entry) -> list[Block]:
    slides = [
        {
            "title": each["title"],
            "minutes": each.get("minutes"),
            "points": rich_text("\n".join(f"- {point}" for point in each["points"])),
            "notes": rich_text(each.get("notes", "")),
        }
        for each in entry["items"]
    ]
    return [("slides", {"title": entry.get("title", ""), "entries": slides})]


def _exercise(entry: Entry) -> list[Block]:
    value = {
        "title": entry.get("title", ""),
        "minutes": entry.get("minutes"),
        "question": rich_text(entry["question"]),
        "answer": rich_text(entry["answer"]),
    }
    return [("exercise", value)]


def _points(entry: Entry) -> list[Block]:
    points = [_line(each) for each in entry["items"]]
    return [(entry["type"].replace("-", "_"), {"entries": points})]


def _line(plain: str) -> str:
    """Return the HTML of a sentence or two, "" for none."""
    return f"<p>{linked(' '.join(plain.split()))}</p>" if plain.strip() else ""


MAKERS: dict[str, Callable[[Entry], list[Block]]] = {
    "heading": _heading,
    "heading2": _heading,
    "text": _text,
    "steps": _steps,
    "checklist": _checklist,
    "decision": _decision,
    "case": _case,
    "table": _table,
    "figure": _figure,
    "quote": _quote,
    "template": _model_text,
    "document": _document,
    "slides": _slides,
    "exercise": _exercise,
    "outcomes": _points,
    "not-settled": _points,
}
