"""The words in a stream of blocks: each found by a key that survives moving and rewording."""

import re
from collections.abc import Callable
from typing import Any

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock

from portal.cms.blocks import CitationBlock
from portal.cms.texts.segments import Segment

# The rich-text editor marks paragraphs for its own use, anew at each save.
EDITOR_MARKS = re.compile(r'\s+data-block-key="[^"]*"')
# What documents and sites are called stays as it is, to be found by it.
AS_IT_IS = (CitationBlock,)

# Given a segment, returns the words to put in its place.
Change = Callable[[Segment], str]


def changed(block: Any, raw: Any, key: str, change: Change) -> Any:
    """
    Return what a block keeps, with other words; `raw` is as the database has it.

    A child of a stream has the key of the stream's field and its own id, an entry of a list that of
    the list and its own id, a field of a structure its name.
    """
    if not raw or isinstance(block, AS_IT_IS):
        return raw
    if isinstance(block, blocks.RichTextBlock):
        return _in_place(Segment(key, without_marks(raw), is_rich=True), raw, change)
    if isinstance(block, blocks.CharBlock | blocks.TextBlock):
        most = getattr(block.field, "max_length", None) or 0
        return _in_place(Segment(key, raw, most=most), raw, change)
    if isinstance(block, blocks.StructBlock):
        return {
            name: changed(block.child_blocks[name], value, f"{key}.{name}", change)
            if name in block.child_blocks
            else value
            for name, value in raw.items()
        }
    if isinstance(block, blocks.ListBlock):
        return [_entry(block.child_block, each, key, change) for each in raw]
    if isinstance(block, BaseTypedTableBlock):
        return _table(block, raw, key, change)
    return raw


def changed_child(stream_block: Any, child: dict[str, Any], key: str, change: Change) -> Any:
    """Return one child of a stream, as the database has it, with other words."""
    block = stream_block.child_blocks.get(child["type"])
    if block is None or not child.get("id"):
        return child
    return {**child, "value": changed(block, child["value"], f"{key}.{child['id']}", change)}


def segments_in_child(stream_block: Any, child: dict[str, Any], key: str) -> list[Segment]:
    """List the segments in one child of a stream, as the database has it."""
    found: list[Segment] = []

    def seen(segment: Segment) -> str:
        found.append(segment)
        return segment.text

    changed_child(stream_block, child, key, seen)
    return found


def with_ids_of(original: Any, other: Any) -> Any:
    """
    Return a stream with the ids of another, where both have the same shape.

    So words that were not written beside their original are known by its keys. A stream of another
    shape stays as it is.
    """
    if isinstance(original, list) and isinstance(other, list):
        if [_type(each) for each in original] != [_type(each) for each in other]:
            return other
        return [with_ids_of(*pair) for pair in zip(original, other, strict=True)]
    if isinstance(original, dict) and isinstance(other, dict):
        named = {"id": original["id"]} if "id" in original and "id" in other else {}
        inside = {key: with_ids_of(original.get(key), value) for key, value in other.items()}
        return {**inside, **named}
    return other


def without_marks(html: str) -> str:
    """Return HTML without what the rich-text editor notes in it for itself."""
    return EDITOR_MARKS.sub("", html)


def _type(entry: Any) -> Any:
    return entry.get("type") if isinstance(entry, dict) else None


def _in_place(segment: Segment, raw: str, change: Change) -> str:
    """Ask for other words where there are any, not only marks."""
    return change(segment) if segment.says_something else raw


def _entry(block: Any, entry: Any, key: str, change: Change) -> Any:
    if not isinstance(entry, dict) or not entry.get("id"):  # kept before entries had ids
        return entry
    return {**entry, "value": changed(block, entry["value"], f"{key}.{entry['id']}", change)}


def _table(block: Any, raw: Any, key: str, change: Change) -> Any:
    columns = [
        {**each, "heading": changed(blocks.CharBlock(), each["heading"], f"{key}.{at}", change)}
        for at, each in enumerate(raw["columns"])
    ]
    kinds = [block.child_blocks.get(each["type"]) for each in raw["columns"]]
    rows = [
        {
            **row,
            "values": [
                changed(kind, value, f"{key}.{at}.{place}", change)
                for place, (kind, value) in enumerate(zip(kinds, row["values"], strict=False))
            ],
        }
        for at, row in enumerate(raw["rows"], 1)
    ]
    caption = changed(blocks.CharBlock(), raw.get("caption"), f"{key}.caption", change)
    return {**raw, "columns": columns, "rows": rows, "caption": caption}
