"""An answer as people read it, whatever its kind: on the check page, in print, in publication."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consultations.calls.questionnaires.printable import written
from consultations.calls.questionnaires.schema import OTHER, Kind, Question

PARAGRAPHS = re.compile(r"\n\s*\n")


def readable(question: Question, value: Any, *, files: Sequence[str] = ()) -> list[str]:
    """
    Return the value of an answer (its shape: `calls.questionnaire`) as plain lines or paragraphs.

    In the active language; `files` are what a file question's files are called, in order. Empty
    where nothing was answered. A value that does not fit the question is shown as it is, never
    dropped and never an error: answers outlive what was asked.
    """
    if value is None or value in ("", [], {}):
        return []
    match question.kind:
        case Kind.ONE_CHOICE if isinstance(value, Mapping):
            return _chosen(question, [value.get("choice")], value.get("other"))
        case Kind.MANY_CHOICES if isinstance(value, Mapping):
            return _chosen(question, value.get("choices") or (), value.get("other"))
        case Kind.RANKING if isinstance(value, list):
            return [f"{rank}. {question.label_of(str(key))}" for rank, key in enumerate(value, 1)]
        case Kind.MATRIX if isinstance(value, Mapping):
            return _rows(question, value)
        case Kind.SCALE:
            return [_step(question, value)]
        case Kind.NUMBER:
            return [_number(value)]
        case Kind.DATE:
            return [_day(value)]
        case Kind.YES_NO if isinstance(value, bool):
            return [_("Yes") if value else _("No")]
        case Kind.FILE:
            return list(files)
    return [text.strip() for text in PARAGRAPHS.split(str(value)) if text.strip()]


def _chosen(question: Question, keys: Sequence[Any], other: Any) -> list[str]:
    own = {option.key for option in question.options}
    lines = []
    for key in keys:
        if key == OTHER and OTHER not in own:
            lines.append(_("Other: %(text)s") % {"text": other} if other else _("Other"))
        elif key:
            lines.append(question.label_of(str(key)))
    return lines


def _rows(question: Question, value: Mapping[str, Any]) -> list[str]:
    """Keep the order of the rows, whatever that of the answers; add rows that are gone."""
    labels = {row.key: row.label for row in question.rows}
    keys = [key for key in labels if key in value] + [key for key in value if key not in labels]
    return [
        _("%(row)s: %(column)s")
        % {"row": labels.get(key, key), "column": question.label_of(str(value[key]))}
        for key in keys
    ]


def _step(question: Question, value: Any) -> str:
    """Write a step with the meaning of the ends, if they have one: "4 (1: Not clear, 5: Clear)"."""
    ends = [
        f"{written(end)}: {label}"
        for end, label in (
            (question.minimum, question.minimum_label),
            (question.maximum, question.maximum_label),
        )
        if end is not None and label
    ]
    return f"{value} ({', '.join(ends)})" if ends else str(value)


def _number(value: Any) -> str:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    # Nobody meant a number of a hundred digits; to write it out could take forever.
    plain = number.is_finite() and abs(number.adjusted()) < 30
    return written(number) if plain else str(value)


def _day(value: Any) -> str:
    try:
        return date_format(date.fromisoformat(str(value)), "j F Y")
    except ValueError:
        return str(value)
