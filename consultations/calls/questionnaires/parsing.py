"""A questionnaire as plain values, read from the blocks that editors made. No queries."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from consultations.calls.questionnaires.conditions import resolve
from consultations.calls.questionnaires.schema import (
    Condition,
    Kind,
    Limit,
    Option,
    Part,
    Question,
    Questionnaire,
)

# The rich-text editor marks paragraphs for its own use, anew at each save.
EDITOR_MARKS = re.compile(r'\s+data-block-key="[^"]*"')


def questionnaire_of(stream: Any) -> Questionnaire:
    """
    Return the questionnaire in a stream of section blocks.

    Questions are numbered through all sections. A condition that cannot be understood (the editor
    refuses it) counts as none: rather ask too much than hide a question.
    """
    earlier: list[Question] = []
    return Questionnaire(
        tuple(
            part_of(section.id or f"section-{number}", number, section.value, earlier)
            for number, section in enumerate(stream or (), start=1)
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
    source = EDITOR_MARKS.sub("", introduction.source if introduction else "")
    return source if re.sub(r"<[^>]*>", "", source).strip() else ""


def question_of(
    block_type: str, id_: str, number: str, value: Any, condition: Condition | None = None
) -> Question:
    """Return one question from the value of its block."""
    limit = value.get("limit")
    return Question(
        id=id_,
        number=number,
        kind=Kind(block_type.replace("_", "-")).value,
        text=value.get("text") or "",
        help=value.get("help") or "",
        required=bool(value.get("required")),
        limit=Limit(limit, value.get("unit") or Limit.unit) if limit else None,
        options=tuple(_labels(value.get("options"))),
        rows=tuple(_labels(value.get("rows"))),
        allow_other=bool(value.get("allow_other")),
        minimum=_decimal(value.get("minimum")),
        maximum=_decimal(value.get("maximum")),
        minimum_label=value.get("minimum_label") or "",
        maximum_label=value.get("maximum_label") or "",
        condition=condition,
    )


def _labels(values: Any) -> Iterator[Option]:
    for child in getattr(values, "bound_blocks", ()):
        yield Option(child.id, child.value or "")


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


def _condition(value: Any, earlier: Sequence[Question]) -> Condition | None:
    typed = value.get("condition") or {}
    try:
        return resolve(typed.get("question") or "", typed.get("answers") or "", earlier)
    except ValidationError:
        return None
