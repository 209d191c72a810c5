"""A questionnaire as plain values, read from the blocks that editors made. No queries."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder

from consultations.questionnaires.conditions import Kept, resolve
from consultations.questionnaires.parts import Part, Questionnaire
from consultations.questionnaires.schema import Condition
from consultations.questionnaires.types import Question, type_of
from portal.cms.texts.streams import without_marks

NOTHING = Questionnaire()


def questionnaire_of(stream: Any) -> Questionnaire:
    """
    Return the questionnaire in a stream of section blocks.

    Questions are numbered through all sections. A condition that cannot be understood (the editor
    refuses it) counts as none: rather ask too much than hide a question.

    The same words, as the database has them, are read once: every request of those who answer asks
    for them, and what was read nobody changes.
    """
    if not stream:
        return NOTHING
    return _read(_Words(json.dumps(stream.get_prep_value(), cls=DjangoJSONEncoder), stream))


@dataclass(frozen=True)
class _Words:
    """Words of a stream, as the database has them: by these alone two are compared."""

    kept: str
    stream: Any = field(compare=False)


@lru_cache(maxsize=64)
def _read(words: _Words) -> Questionnaire:
    earlier: list[Question] = []
    return Questionnaire(
        tuple(
            part_of(section.id or f"section-{number}", number, section.value, earlier)
            for number, section in enumerate(words.stream, start=1)
        )
    )


def part_of(id_: str, number: int, section: Any, earlier: list[Question]) -> Part:
    """Return one section from the value of its block; its questions are added to `earlier`."""
    condition = _condition(section, earlier)
    questions = []
    for child in section["questions"] or ():
        place = str(len(earlier) + 1)
        question = question_of(
            child.block_type,
            child.id or f"question-{place}",
            place,
            child.value,
            _condition(child.value, earlier),
        )
        questions.append(question)
        earlier.append(question)
    return Part(
        id=id_,
        number=number,
        title=section["title"] or "",
        introduction=introduction_of(section),
        condition=condition,
        questions=tuple(questions),
    )


def introduction_of(section: Any) -> str:
    """Return the rich text (HTML as the editor keeps it) over a section, "" where there is none."""
    introduction = section.get("introduction")
    source = without_marks(introduction.source if introduction else "")
    return source if re.sub(r"<[^>]*>", "", source).strip() else ""


def question_of(
    block_type: str, id_: str, number: str, value: Any, condition: Condition | None = None
) -> Question:
    """Build one question from the value of its block."""
    return type_of(block_type.replace("_", "-")).from_block(id_, number, value, condition)


def kept_in(value: Any) -> Kept:
    """Return what the block of a question or a section has in its condition, as it stands."""
    said = value.get("condition") or {}
    return Kept(*(said.get(name) or "" for name in Kept._fields))


def _condition(value: Any, earlier: Sequence[Question]) -> Condition | None:
    try:
        return resolve(kept_in(value), earlier)
    except ValidationError:
        return None
