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
from portal.languages import easy_words

QUESTIONNAIRE = "questionnaire_parts"
Published = Mapping[str, Mapping[str, str]]


@dataclass
class Reading:
    """
    The words in which one page, `original`, is read in a language.

    `layers` are what is public by the tag of its words, what is preferred first: easy words before
    the standard ones of the language. A whole unit that is up to date there is taken from the first
    that has it; `units` says from which. The rest is read in the original. `in_standard_words` are
    the units that stand so amid easy ones.
    """

    original: Any
    language: str
    layers: Mapping[str, Published]
    words: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    in_standard_words: set[str] = field(default_factory=set)

    @property
    def has_easy_words(self) -> bool:
        """Say whether any of it is there in easy words."""
        return any(easy_words.is_tag(tag) for tag in self.layers)

    def take(self, segments: list[Segment]) -> bool:
        """Take over the words of one unit, if they are all there and translate what stands now."""
        said = [each for each in segments if each.says_something]
        if not said:
            return False
        units = {unit_of(each.key) for each in said}
        for tag, published in self.layers.items():
            if all(_is_there(published.get(each.key), each) for each in said):
                self.words |= {each.key: published[each.key]["text"] for each in said}
                self.units |= dict.fromkeys(units, tag)
                break
        if self.has_easy_words and not easy_words.is_tag(self.units.get(min(units), "")):
            self.in_standard_words |= units
        return units <= self.units.keys()

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
        original = page.original_language
        page.show_questionnaire(
            in_other_words(
                asked,
                self.words,
                there,
                original="" if original == self.language else original,
                in_standard_words=self.in_standard_words,
            )
        )


def _is_there(told: Mapping[str, str] | None, segment: Segment) -> bool:
    return told is not None and told["of"] == segment.digest


def in_words(page: Any, language: str, layers: Mapping[str, Published]) -> Any:
    """
    Return a copy of a ConsultationPage in which the words are those of a language (`layers` as of a
    Reading).

    A unit of which a text is missing, or translates words that have changed since, stays as it is;
    fields that were not loaded are put into words when they are. The copy is to be read, and
    refuses to be saved.
    """
    shown = copy(page)
    shown.reading = Reading(page, language, layers)
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
    row.language_of_reason = page.original_language
    for published in page.reading.layers.values() if page.reading else ():
        told = published.get(f"{area}.{row.pk}")
        if told is not None and told["of"] == digest_of(row.reason):
            row.reason, row.language_of_reason = told["text"], page.reading.language
            break
    return row
