"""The plain text of content files, made into the rich text and the blocks of pages."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext

from knowledge.sources.marks import elements_from

ADDRESS = re.compile(r"https://[^\s<>]*[^\s<>.,;:)]")
BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
ITALIC = re.compile(r"(^|[^*])\*([^*\s][^*\n]*)\*(?!\*)")
NUMBER = re.compile(r"^\[\d+\]\s*")


def rich_text(plain: str) -> str:
    """
    HTML of a plain text: paragraphs apart by blank lines, lines of "- " as a list.

    Everything is escaped; an https address becomes a link, and `{{E1: Art. 5(1)}}` the citation of
    a source; `**bold**` and `*italic*`. A list may follow its paragraph with no blank line between.
    """
    html: list[str] = []
    for chunk in re.split(r"\n\s*\n", plain.strip()):
        lines = chunk.strip().splitlines()
        items = [line[2:] for line in lines if line.startswith("- ")]
        words = " ".join(line.strip() for line in lines if not line.startswith("- "))
        if words:
            html.append(f"<p>{linked(words)}</p>")
        if items:
            html.append(f"<ul>{''.join(f'<li>{linked(item)}</li>' for item in items)}</ul>")
    return "".join(html)


def body(
    *,
    text: str = "",
    sections: Iterable[dict[str, str]] = (),
    citations: Iterable[dict[str, Any]] = (),
) -> list[tuple[str, Any]]:
    """
    Return the blocks of a `BodyBlock`: a text without heading, then sections, then sources.

    `sections` have `heading` and `body`; `citations` have `title`, `url` and, where known,
    `accessed` (a date or its ISO form). A number before a title, "[1] …", is dropped: the list
    numbers itself.
    """
    blocks: list[tuple[str, Any]] = []
    if text.strip():
        blocks.append(("paragraph", rich_text(text)))
    for section in sections:
        blocks.append(("heading", {"text": section["heading"], "level": "h2"}))
        blocks.append(("paragraph", rich_text(section["body"])))
    if sources := [{**source, "title": NUMBER.sub("", source["title"])} for source in citations]:
        blocks.append(("citations", {"title": gettext("Sources"), "citations": sources}))
    return blocks


def linked(words: str) -> str:
    """Return HTML of words within a line: links, citations, and `**bold**` ones."""
    html = ADDRESS.sub(lambda match: f'<a href="{match[0]}">{match[0]}</a>', str(escape(words)))
    return BOLD.sub(r"<b>\1</b>", ITALIC.sub(r"\1<i>\2</i>", elements_from(html)))
