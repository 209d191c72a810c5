"""A guide's text cut into sections for experts, its digest, and what differs from another text."""

import difflib
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any, NamedTuple, TypedDict

from knowledge.guides.versions.changes import changes
from knowledge.guides.versions.content import without_keys

# What a block keeps beside its words: names of its look, and keys of pages and files.
NO_WORDS = {"id", "type", "level", "tone", "crop", "image", "document", "page", "columns"}
TAG = re.compile(r"<[a-zA-Z/][^>]*>")
ENDS_A_PARAGRAPH = re.compile(r"</(?:p|li|h[1-6]|blockquote)>|<br\s*/?>", re.IGNORECASE)


class Section(TypedDict):
    """A heading ("" for what stands before the first) and the paragraphs under it, plain text."""

    title: str
    paragraphs: list[str]


class Run(NamedTuple):
    """Words of a text in one piece; `kind` is "same", "added" or "removed"."""

    kind: str
    text: str


def sections_of(summary: str, body: Sequence[dict[str, Any]]) -> list[Section]:
    """
    Cut a text at its headings of the second level; `body` is the raw value of its stream.

    The summary leads what stands before the first heading. Sections without a word are left out.
    """
    found: list[Section] = [{"title": "", "paragraphs": [summary] if summary else []}]
    for block in body:
        value = block["value"]
        if block["type"] == "heading" and value.get("level") != "h3":
            found.append({"title": value["text"], "paragraphs": []})
        else:
            found[-1]["paragraphs"] += paragraphs_in(value)
    return [each for each in found if each["title"] or each["paragraphs"]]


def paragraphs_in(value: Any) -> Iterator[str]:
    """Yield the words of a block's raw value, one paragraph at a time; a row of a table is one."""
    if isinstance(value, dict):
        if isinstance(value.get("columns"), list):
            heads = [each.get("heading", "") for each in value["columns"]]
            if any(heads):
                yield " · ".join(filter(None, heads))
        if "values" in value:
            cells = (" ".join(paragraphs_in(each)) for each in value["values"])
            if row := " · ".join(filter(None, cells)):
                yield row
            return
        for key, each in value.items():
            if key not in NO_WORDS:
                yield from paragraphs_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from paragraphs_in(each)
    elif isinstance(value, str):
        pieces = ENDS_A_PARAGRAPH.split(value) if TAG.search(value) else [value]
        plain = (unescape(TAG.sub("", piece)) if piece is not value else value for piece in pieces)
        yield from filter(None, (" ".join(each.split()) for each in plain))
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def digest_of(summary: str, body: Sequence[dict[str, Any]]) -> str:
    """Return the SHA-256 of a text; the keys of its blocks, new at each copy, change nothing."""
    text = json.dumps([summary, without_keys(list(body))], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def differences(before: Sequence[str], after: Sequence[str]) -> list[list[Run]]:
    """
    Return the paragraphs of `after` with the words that it adds to `before`, and those it removes.

    A paragraph that is gone stands where it stood, removed as a whole.
    """
    found: list[list[Run]] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for _tag, low, high, first, last in matcher.get_opcodes():
        old, new = before[low:high], after[first:last]
        for number in range(max(len(old), len(new))):
            one = old[number] if number < len(old) else ""
            other = new[number] if number < len(new) else ""
            found.append(words_changed(one, other))
    return found


def words_changed(before: str, after: str) -> list[Run]:
    """Return the runs of words that two paragraphs share, or that only one of them has."""
    old, new = before.split(), after.split()
    return [
        Run(kind, " ".join((old if kind == "removed" else new)[part]))
        for kind, part in changes(old, new)
    ]


def beside(published: Sequence[Section], checked: Sequence[Section]) -> list[list[list[Run]]]:
    """
    Return for each checked section how its paragraphs differ from the published section.

    Sections belong together by their heading, the first of that name; an unknown heading is new.
    """
    known: dict[str, list[str]] = {}
    for each in published:
        known.setdefault(each["title"], each["paragraphs"])
    return [differences(known.get(each["title"], []), each["paragraphs"]) for each in checked]


def gone(published: Sequence[Section], checked: Sequence[Section]) -> list[Section]:
    """Return the published sections whose heading the checked text has no more."""
    kept = {each["title"] for each in checked}
    return [each for each in published if each["title"] not in kept]
