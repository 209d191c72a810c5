"""
Notes on a consultation's page: what other rooms have to tell every reader of it.

A room registers where its notes come from in `AppConfig.ready()`; the page knows no room above it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Note:
    """`text` is what staff wrote, in whatever language; `link` the words that lead to `href`."""

    title: str
    text: str
    advice: str = ""
    href: str = ""
    link: str = ""


# From a ConsultationPage and an aware instant to the notes of a room.
Source = Callable[[Any, datetime], Iterable[Note]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Have the page show what `source(page, at)` returns; the same source twice counts once."""
    if source not in _sources:
        _sources.append(source)


def notes(page: Any, at: datetime) -> list[Note]:
    """Return all notes on a consultation at an aware instant, in the active language."""
    return [note for source in _sources for note in source(page, at)]
