"""
What questions and answers are made of, as plain values. A kind of question is a class in `types`.

Answers are a mapping from a question's id to `Answer.kept`. A question that nobody answered has no
entry.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

Answers = Mapping[str, Mapping[str, Any]]
OTHER = "other"
PUBLIC, OFFICIALS = "public", "officials"
# Of an answer with files: what its author leaves out of each, by its id (`portal.files.passages`).
LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Answer:
    """
    Answer to one question. The shape of `value` depends on the question's kind; None is nothing.

    `public_version` is what the public reads of an answer for officials only; `left_out` is said at
    LEFT_OUT.
    """

    value: Any = None
    visibility: str = PUBLIC
    public_version: str | None = None
    left_out: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: Mapping[str, Any] | None) -> Self:
        """Return the answer that the database keeps; one that says nothing where it keeps none."""
        kept = kept or {}
        visibility, left_out = kept.get("visibility") or PUBLIC, kept.get(LEFT_OUT) or {}
        return cls(kept.get("value"), visibility, kept.get("public_version"), left_out)

    def kept(self) -> dict[str, Any]:
        """Return what the database keeps of it."""
        kept = {"value": self.value, "visibility": self.visibility}
        if self.public_version is not None:
            kept["public_version"] = self.public_version
        return {**kept, LEFT_OUT: {**self.left_out}} if self.left_out else kept

    @property
    def is_for_officials(self) -> bool:
        """Say whether it is to be read by officials only."""
        return self.visibility == OFFICIALS


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
    """Limit to the length of a text."""

    maximum: int
    unit: str = Unit.WORDS


@dataclass(frozen=True)
class Condition:
    """Holds where an earlier question was answered with one of `keys`, its `condition_options`."""

    question: str
    keys: frozenset[str]

    def holds(self, given: Mapping[str, Collection[str]]) -> bool:
        """Say whether it is met by the keys that were `given` so far, by question."""
        return not self.keys.isdisjoint(given.get(self.question, ()))
