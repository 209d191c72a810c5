"""What a vocabulary is: an ordered set of terms, each with a stable key and a translated label."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.functional import Promise


@dataclass(frozen=True)
class Term:
    """
    One entry of a vocabulary.

    `key` is stored and stands in addresses, so it never changes; `label` is what people read;
    `note` explains it; `codes` are the control-list entries or other references it stands for.
    """

    key: str
    label: str | Promise
    note: str | Promise = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """An ordered set of terms under a name; `key` is also the facet's name in addresses."""

    key: str
    label: str | Promise
    terms: tuple[Term, ...]
    _by_key: dict[str, Term] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_key.update({term.key: term for term in self.terms})

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def __getitem__(self, key: str) -> Term:
        """Return the term with this key; raises KeyError where there is none."""
        return self._by_key[key]

    def label_of(self, key: str) -> str:
        """Return the translated label of a key; the key itself where the vocabulary lacks it."""
        return str(self._by_key[key].label) if key in self._by_key else key

    @property
    def keys(self) -> list[str]:
        return list(self._by_key)

    @property
    def choices(self) -> list[tuple[str, str | Promise]]:
        """Pairs as Django's form and model fields take them."""
        return [(term.key, term.label) for term in self.terms]
