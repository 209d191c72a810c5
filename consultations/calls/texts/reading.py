"""A consultation as it is read in another language: its texts there, and the original beside."""

from collections.abc import Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from consultations.calls.texts.listing import FIELDS, STREAMS
from consultations.calls.texts.questions import in_other_words, words_of
from consultations.calls.texts.units import unit_of
from portal.cms.texts.segments import Segment, digest_of
from portal.cms.texts.streams import changed_child, segments_in_child

QUESTIONNAIRE = "questionnaire_parts"
Published = Mapping[str, Mapping[str, str]]


@dataclass
class Reading:
    """
    The words of one language for one page, `original`: of whole `units` that are public and up to
    date there. The rest is read in the original.
    """

    original: Any
    language: str
    published: Published
    words: dict[str, str] = field(default_factory=dict)
    units: set[str] = field(default_factory=set)

    def take(self, segments: list[Segment]) -> bool:
        """Take over the words of one unit, if they are all there and translate what stands now."""
        said = [each for each in segments if each.says_something]
        found = {each.key: self.published.get(each.key) for each in said}
        if not said or any(told is None for told in found.values()):
            return False
        if any(found[each.key]["of"] != each.digest for each in said):  # type: ignore[index]
            return False
        self.words |= {key: told["text"] for key, told in found.items() if told}
        self.units.update(unit_of(each.key) for each in said)
        return True

    def word(self, segment: Segment) -> str:
        """Return the words of a segment of a unit that was taken over."""
        return self.words[segment.key]

    def put_into(self, page: Any, fields: Collection[str]) -> None:
        """Put the words of the fields that are named into a page that has the original's."""
        for name in FIELDS:
            if name in fields and self.take([Segment(name, getattr(page, name))]):
                setattr(page, name, self.words[name])
        # What editors wrote for search engines is there in the original alone.
        for name, of in {"seo_title": "title", "search_description": "summary"}.items():
            if name in fields and of in self.units:
                setattr(page, name, "")
        for name in STREAMS:
            if name in fields and (stream := getattr(page, name)):
                setattr(page, name, self._stream(stream, name))
        if QUESTIONNAIRE in fields:
            self._put_questionnaire(page)

    def _stream(self, stream: Any, name: str) -> Any:
        block, told = stream.stream_block, []
        for child in stream.get_prep_value():
            is_there = self.take(segments_in_child(block, child, name))
            told.append(changed_child(block, child, name, self.word) if is_there else child)
        return block.to_python(told)

    def _put_questionnaire(self, page: Any) -> None:
        asked = page.questionnaire()
        by_unit: dict[str, list[Segment]] = {}
        for segment in words_of(asked):
            by_unit.setdefault(unit_of(segment.key), []).append(segment)
        there = {unit for unit, segments in by_unit.items() if self.take(segments)}
        page.show_questionnaire(
            in_other_words(asked, self.words, there, original=page.original_language)
        )


def in_words(page: Any, language: str, published: Published) -> Any:
    """
    Return a copy of a ConsultationPage in which the words are those of a language.

    A unit of which a text is missing, or translates words that have changed since, stays as it is;
    fields that were not loaded are put into words when they are. The copy is to be read, and
    refuses to be saved.
    """
    shown = copy(page)
    shown.reading = Reading(page, language, published)
    loaded = {each.attname for each in page._meta.concrete_fields} - page.get_deferred_fields()
    shown.reading.put_into(shown, loaded)
    return shown


def own_words(page: Any, area: str, rows: Iterable[Any]) -> list[Any]:
    """
    Return copies of rows of a page, such as its extensions, that give their reason in the language
    in which it is read; `language_of_reason` says which one that is.
    """
    return [_own_words(page, area, copy(row)) for row in rows]


def _own_words(page: Any, area: str, row: Any) -> Any:
    reading = page.reading
    told = reading.published.get(f"{area}.{row.pk}") if reading else None
    row.language_of_reason = page.original_language
    if told is not None and told["of"] == digest_of(row.reason):
        row.reason, row.language_of_reason = told["text"], reading.language
    return row
