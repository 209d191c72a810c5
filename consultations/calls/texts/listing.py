"""All segments of one consultation, in the order in which its page shows them."""

from collections.abc import Iterator
from typing import Any

from consultations.calls.texts.questions import words_of
from consultations.calls.texts.segments import Segment
from consultations.calls.texts.streams import changed_child

# Fields of plain words, by where they stand on the page, and of blocks.
BEFORE_STREAMS = ("title", "summary", "decided_already", "can_change", "who_decides")
AFTER_QUESTIONS = ("short_notice_reason", "privacy_note", "cancel_reason", "outcome_summary")
FIELDS = (*BEFORE_STREAMS, *AFTER_QUESTIONS)
STREAMS = ("background", "outcome_text", "dispositions")
EXTENSIONS, CORRIGENDA = "extensions", "corrigenda"


def segments_of(page: Any) -> list[Segment]:
    """List what can be translated of a ConsultationPage, whole as it was loaded. Two queries."""
    return [each for each in _all(page) if each.says_something]


def _all(page: Any) -> Iterator[Segment]:
    for name in BEFORE_STREAMS:
        yield Segment(name, getattr(page, name))
    yield from _in_stream(page, "background")
    yield from words_of(page.questionnaire())
    for name in AFTER_QUESTIONS:
        yield Segment(name, getattr(page, name))
    yield from _in_stream(page, "outcome_text")
    yield from _in_stream(page, "dispositions")
    if page.pk:
        for each in page.extensions.all():
            yield Segment(f"{EXTENSIONS}.{each.pk}", each.reason)
        for each in page.corrigenda.filter(language=""):
            yield Segment(f"{CORRIGENDA}.{each.pk}", each.reason)


def _in_stream(page: Any, name: str) -> Iterator[Segment]:
    stream = getattr(page, name)
    for child in stream.get_prep_value():
        yield from in_child(stream.stream_block, child, name)


def in_child(stream_block: Any, child: dict[str, Any], key: str) -> list[Segment]:
    """List the segments in one child of a stream, as the database has it."""
    found: list[Segment] = []

    def seen(segment: Segment) -> str:
        found.append(segment)
        return segment.text

    changed_child(stream_block, child, key, seen)
    return found
