"""Simple counts of the public answers to one question. A consultation is no vote."""

from collections import Counter
from typing import Any, NamedTuple

from django.db.models.fields.json import KeyTransform

from consultations.publication.queries import PublicCopyQuerySet
from consultations.questionnaires.types import Question


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
    labels = question.tally_labels()
    if not labels:
        return []
    answer = KeyTransform(question.id, "answers")
    # What stands for an answer to officials is a text, and what was left out has no value.
    values = copies.order_by().values_list(KeyTransform("value", answer))
    counts: Counter[Any] = Counter()
    total = 0
    for (value,) in values.iterator(chunk_size=500):
        keys = list(question.tally_keys(value))
        counts.update(keys)
        total += bool(keys)
    return [
        Tally(label, counts[key], round(100 * counts[key] / total))
        for key, label in labels
        if total
    ]
