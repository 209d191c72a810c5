"""
The words of a page and of its translation, beside each other.

A translation is a page of its own. What stands in it is known by the keys of the original: ids of
blocks are copied with a page, and stay. What is no text (terms, dates, addresses) is the original's
in every language.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from portal.cms.texts.segments import Segment, digest_of
from portal.cms.texts.streams import (
    changed_child,
    segments_in_child,
    with_ids_of,
    without_marks,
)
from portal.taxonomy.fields import TermField

OF_EVERY_PAGE = ("title", "seo_title", "search_description")
NO_WORDS = (models.URLField, models.EmailField, models.SlugField, TermField)
# What each version has for itself.
OWN = ("content_language", "modules_language", "change_note", "is_minor_change")


def text_fields(model: type[Page]) -> list[Any]:
    """List the fields of a page type that hold words, in the order in which they stand in it."""
    fields = model._meta.concrete_fields
    return [field for field in fields if _has_words(field)]


def shared_fields(model: type[Page]) -> list[Any]:
    """List the fields of a page type's own that say the same in every language."""
    own = [field for field in model._meta.local_fields if field.editable and field.name not in OWN]
    return [field for field in own if not _has_words(field) and not field.primary_key]


def segment_in(field: Any, text: str) -> Segment:
    """Return what a field of words says, as a segment."""
    if isinstance(field, RichTextField):
        return Segment(field.name, without_marks(text), is_rich=True)
    return Segment(field.name, text, most=field.max_length or 0)


def segments_of(page: Any) -> list[Segment]:
    """List what there is to translate of a page, whole as it was loaded. No query."""
    found: list[Segment] = []
    for field in text_fields(type(page)):
        if isinstance(field, StreamField):
            stream = getattr(page, field.name)
            for child in stream.get_prep_value():
                found += segments_in_child(stream.stream_block, child, field.name)
        else:
            found.append(segment_in(field, getattr(page, field.name)))
    return [each for each in found if each.says_something]


def words_in(translation: Any, original: Any) -> dict[str, str]:
    """Return what a translation says by the keys of its original. No query."""
    words: dict[str, str] = {}
    for field in text_fields(type(original)):
        if isinstance(field, StreamField):
            block = getattr(original, field.name).stream_block
            for child in _children(translation, original, field.name):
                changed_child(block, child, field.name, lambda each: words.setdefault(*_pair(each)))
        else:
            segment = segment_in(field, getattr(translation, field.name))
            words[segment.key] = segment.text
    return words


def put_words(
    translation: Any, original: Any, words: Mapping[str, str], known: Mapping[str, str]
) -> None:
    """
    Put words into a translation, in the shape that the original has now.

    Of what `words` does not name the original's words stand there. A block that the original does
    not have, nor had (`known` are the keys that were translated), is the translation's own, and
    stays behind the block before it.
    """
    for field in text_fields(type(original)):
        if isinstance(field, StreamField):
            stream = getattr(original, field.name)
            told = [
                changed_child(
                    stream.stream_block,
                    child,
                    field.name,
                    lambda segment: words.get(segment.key) or segment.text,
                )
                for child in stream.get_prep_value()
            ]
            own = _own_blocks(translation, original, field.name, known)
            setattr(translation, field.name, stream.stream_block.to_python(_joined(told, own)))
        else:
            text = words.get(field.name) or getattr(original, field.name)
            setattr(translation, field.name, text)
    for field in shared_fields(type(original)):
        setattr(translation, field.attname, getattr(original, field.attname))


def untranslated(translation: Any, original: Any, known: Mapping[str, str]) -> list[Segment]:
    """List what a translation says in the words of the original, unless these were translated."""
    words = words_in(translation, original)
    return [
        each
        for each in segments_of(original)
        if each.key not in known and digest_of(words.get(each.key, "")) == each.digest
    ]


def _has_words(field: Any) -> bool:
    if field.model is Page:
        return field.name in OF_EVERY_PAGE
    is_own = field.name in OWN
    if is_own or not field.editable or field.choices or isinstance(field, NO_WORDS):
        return False
    return isinstance(field, models.CharField | models.TextField | StreamField)


def _pair(segment: Segment) -> tuple[str, str]:
    return segment.key, segment.text


def _children(translation: Any, original: Any, name: str) -> list[Any]:
    """Return the blocks of a translation, by the ids of the original where none is alike."""
    theirs = getattr(original, name).get_prep_value()
    ours = getattr(translation, name).get_prep_value()
    if {each["id"] for each in theirs} & {each["id"] for each in ours}:
        return list(ours)
    return list(with_ids_of(theirs, ours))


def _own_blocks(
    translation: Any, original: Any, name: str, known: Mapping[str, str]
) -> Iterator[tuple[str, Any]]:
    """Yield the blocks that only the translation has, each after the id of the one before it."""
    there = {each["id"] for each in getattr(original, name).get_prep_value()}
    once = {key.split(".")[1] for key in known if key.startswith(f"{name}.")}
    before = ""
    for child in _children(translation, original, name):
        if child["id"] not in there | once:
            yield before, child
        before = child["id"]


def _joined(told: list[Any], own: Iterator[tuple[str, Any]]) -> list[Any]:
    joined = list(told)
    for before, child in own:
        ids = [each["id"] for each in joined]
        joined.insert(ids.index(before) + 1 if before in ids else len(joined), child)
    return joined
