"""Questions with a choice of answers that narrow a list by its address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Select:
    """A question of the form above a list; `options` are (value, label, is it chosen)."""

    name: str
    label: str | Promise
    options: Sequence[tuple[str, str, bool]]

    @classmethod
    def of(
        cls, name: str, label: str | Promise, choices: Iterable[tuple[str, object]], chosen: str
    ) -> "Select":
        """Return the question with its choices, each a value and what it is called."""
        return cls(name, label, [(value, str(said), value == chosen) for value, said in choices])
