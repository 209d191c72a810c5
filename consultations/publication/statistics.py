"""Simple counts of the public answers to one question. A consultation is no vote."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext as _

from consultations.calls.questionnaires.schema import OTHER, Kind, Question
from consultations.publication.queries import PublicCopyQuerySet

# Kinds whose value counts as it is, and its type: true is no whole number here.
PLAIN: dict[str, type] = {Kind.YES_NO: bool, Kind.SCALE: int}
COUNTED = (Kind.ONE_CHOICE, Kind.MANY_CHOICES, Kind.SCALE, Kind.YES_NO)


class Tally(NamedTuple):
    """A count: how often one answer was `given`; `share` of all who answered, in whole per cent."""

    label: str
    given: int
    share: int


def tallies(question: Question, copies: PublicCopyQuerySet) -> list[Tally]:
    """
    Count each answer among these copies; empty for kinds that are not counted.

    Counted is what stands on public pages and nothing else, so no count tells what they do not.
    One query.
    """
    if question.kind not in COUNTED:
        return []
    answer = KeyTransform(question.id, "answers")
    # What stands for an answer to officials is a text, and what was left out has no value.
    values = copies.order_by().values_list(KeyTransform("value", answer))
    counts: Counter[Any] = Counter()
    total = 0
    for (value,) in values.iterator(chunk_size=500):
        keys = list(_keys(question, value))
        counts.update(keys)
        total += bool(keys)
    return [
        Tally(label, counts[key], round(100 * counts[key] / total))
        for key, label in _labels(question, counts)
        if total
    ]


def _keys(question: Question, value: Any) -> Iterator[Any]:
    if question.kind == Kind.ONE_CHOICE and isinstance(value, dict):
        yield value.get("choice")
    elif question.kind == Kind.MANY_CHOICES and isinstance(value, dict):
        yield from dict.fromkeys(value.get("choices") or ())
    elif type(value) is PLAIN.get(question.kind):
        yield value


def _labels(question: Question, counts: Counter[Any]) -> Iterable[tuple[Any, str]]:
    if question.kind == Kind.YES_NO:
        return [(True, _("Yes")), (False, _("No"))]
    if question.kind == Kind.SCALE:
        low, high = int(question.minimum or 1), int(question.maximum or 5)
        ends = {low: question.minimum_label, high: question.maximum_label}
        return [
            (each, f"{each} – {ends[each]}" if ends.get(each) else str(each))
            for each in range(low, high + 1)
        ]
    labels = [(option.key, option.label) for option in question.options]
    return [*labels, (OTHER, _("Other"))] if question.allow_other else labels
