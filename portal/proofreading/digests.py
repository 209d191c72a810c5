"""
What the sentences of a text are in a language, and a digest that tells whether they changed.

They are read from the catalogue, which names the files that each message stands in. A catalogue is
read once, and anew when its file has changed.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel.messages.catalog import Message
from django.utils.translation import to_locale

from portal.catalogues.files import NotACatalogueError, folder, messages_in, read
from portal.proofreading.registry import Text

# As many catalogues as there are languages, and some of them as they were a moment ago.
CATALOGUES = 16


@dataclass(frozen=True)
class Sentence:
    """
    A message in the `original` and in its `translation`: several forms where it counts something.

    Where the translation is empty, readers have the original.
    """

    context: str
    original: tuple[str, ...]
    translation: tuple[str, ...]

    @property
    def is_translated(self) -> bool:
        return all(self.translation)


def sentences(text: Text, language: str) -> list[Sentence]:
    """Return the sentences of a text in the catalogue's order; [] where it cannot be read."""
    file = folder() / to_locale(language) / "LC_MESSAGES" / "django.po"
    try:
        known = file.stat()
        catalogue = _read(file, known.st_mtime_ns, known.st_size)
    except (FileNotFoundError, NotACatalogueError):
        return []
    return [sentence for sentence, files in catalogue if not files.isdisjoint(text.files)]


def digest(text: Text, language: str) -> str:
    """Return what is another value as soon as one sentence is another; "" where there is none."""
    found = sentences(text, language)
    if not found:
        return ""
    said = sorted([each.context, each.original, each.translation] for each in found)
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


@lru_cache(maxsize=CATALOGUES)
def _read(file: Path, changed_at: int, size: int) -> list[tuple[Sentence, frozenset[str]]]:
    """Return each message of a catalogue with the files that it stands in."""
    return [
        (_sentence(message), frozenset(path for path, _line in message.locations))
        for message in messages_in(read(file))
    ]


def _sentence(message: Message) -> Sentence:
    # What is in doubt is not compiled, so nobody is shown it.
    translation = "" if message.fuzzy else message.string or ""
    return Sentence(message.context or "", _forms(message.id), _forms(translation))


def _forms(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)
