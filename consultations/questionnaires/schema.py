"""
What questions are made of, as plain values. What a kind of question is, its class in `types` says.

Answers are a mapping from a question's id to `{"value": …}`; what stands in `value` depends on the
question's kind. A question that nobody answered has no entry.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

Answers = Mapping[str, Mapping[str, Any]]
OTHER = "other"


class Unit(models.TextChoices):
    WORDS = "words", _("words")
    CHARACTERS = "characters", _("characters")


@dataclass(frozen=True)
class Option:
    """One thing to choose, or one row or column of a matrix. `key` is stored and never shown."""

    key: str
    label: str


@dataclass(frozen=True)
class Limit:
    """How long a text may be."""

    maximum: int
    unit: str = Unit.WORDS


@dataclass(frozen=True)
class Condition:
    """Holds where an earlier question was answered with one of `keys`, its `condition_options`."""

    question: str
    keys: frozenset[str]

    def holds(self, given: Mapping[str, Collection[str]]) -> bool:
        """Whether it is met by the keys that were `given` so far, by question."""
        return not self.keys.isdisjoint(given.get(self.question, ()))
