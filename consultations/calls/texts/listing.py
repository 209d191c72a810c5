"""All segments of one consultation, in the order in which its page shows them."""

from collections.abc import Iterator
from typing import Any

from consultations.calls.texts.questions import words_of
from portal.cms.texts.pages import segment_in
from portal.cms.texts.segments import Segment
from portal.cms.texts.streams import segments_in_child

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
        yield _in_field(page, name)
    yield from _in_stream(page, "background")
    yield from words_of(page.questionnaire())
    for name in AFTER_QUESTIONS:
        yield _in_field(page, name)
    yield from _in_stream(page, "outcome_text")
    yield from _in_stream(page, "dispositions")
    if page.pk:
        for each in page.extensions.all():
            yield Segment(f"{EXTENSIONS}.{each.pk}", each.reason)
        for each in page.corrigenda.filter(language=""):
            yield Segment(f"{CORRIGENDA}.{each.pk}", each.reason)


def _in_field(page: Any, name: str) -> Segment:
    return segment_in(page._meta.get_field(name), getattr(page, name))


def _in_stream(page: Any, name: str) -> Iterator[Segment]:
    stream = getattr(page, name)
    for child in stream.get_prep_value():
        yield from segments_in_child(stream.stream_block, child, name)
