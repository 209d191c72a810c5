"""
Influences: which consultation changed what is published, told on both pages.

The wing of consultations registers what it asks, and what is published registers what a
consultation changed of it; neither knows the other.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Asked:
    """A consultation as a reader may see it; `language` is its title's."""

    title: str
    href: str
    language: str


@dataclass(frozen=True)
class Change:
    """
    One thing that a consultation changed: of which page, which part of it, and how.

    `part` is empty where it is the whole page; `language` is that of all these words.
    """

    title: str
    href: str
    part: str
    what: str
    language: str


@dataclass(frozen=True)
class Consultations:
    """
    Consultations as other features see them. Each is named by its `ref`, which never changes.

    `choices()` lists (ref, words) for editors; `shown(refs)` returns those that everybody may read.
    """

    choices: Callable[[], list[tuple[str, str]]]
    shown: Callable[[Collection[str]], Mapping[str, Asked]]


_consultations: list[Consultations] = []
_changes: dict[str, Callable[[str], Iterable[Change]]] = {}


def register_consultations(consultations: Consultations) -> None:
    """Say what asks the public; another replaces it."""
    _consultations[:] = [consultations]


def register_changes(key: str, read: Callable[[str], Iterable[Change]]) -> None:
    """Have a feature say what a consultation (its ref) changed; the same key replaces it."""
    _changes[key] = read


def choices() -> list[tuple[str, str]]:
    """Return what an editor may choose: (ref, words) of each consultation."""
    return [choice for each in _consultations for choice in each.choices()]


def shown(refs: Collection[str]) -> dict[str, Asked]:
    """Return by ref those consultations that everybody may read; no query without refs."""
    return {
        ref: asked for each in _consultations if refs for ref, asked in each.shown(refs).items()
    }


def changes_from(ref: str) -> list[Change]:
    """Return what a consultation changed, of what everybody may read."""
    return [change for read in _changes.values() for change in read(ref)]


class ConsultationField(models.CharField):
    """The ref of a consultation, chosen from those there are."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{"max_length": 24, "verbose_name": _("consultation"), "db_index": True, **kwargs}
        )

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.ChoiceField(
            choices=lambda: [("", _("Choose a consultation")), *choices()],
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
            initial=kwargs.get("initial"),
        )
