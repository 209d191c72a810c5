"""Faults of a translated catalogue, each in words with its line."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Message

from portal.catalogues.files import NotACatalogueError, messages_in, read
from portal.catalogues.plurals import forms_of, misplaced

# %(name)s and %s; {name} and {0}. Doubled signs stand for themselves.
PLACEHOLDER = re.compile(r"%%|\{\{|\}\}|%\(\w+\)[a-z]|%[sdifr]|\{[\w.]*(?:![rsa])?(?::[^{}]*)?\}")
DOUBLED = {"%%", "{{", "}}"}
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


@dataclass(frozen=True)
class Fault:
    """A fault in one line of a catalogue."""

    line: int
    words: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.words}"


def faults_of(file: Path) -> list[Fault]:
    """
    Return the faults of the catalogue of a language, in the order of its lines.

    The plural forms are the language's own, as the CLDR has them, whatever the file says.
    """
    try:
        catalogue = read(file)
    except NotACatalogueError as error:
        return [Fault(error.line, error.words)]
    forms = len(forms_of(catalogue.locale))
    found = [
        Fault(message.lineno or 1, words)
        for message in messages_in(catalogue)
        for words in _faults(message, forms)
    ]
    if catalogue.num_plurals != forms:
        words = f"Plural-Forms says {catalogue.num_plurals}, but the language has {forms} forms"
        found.insert(0, Fault(1, words))
    elif (number := misplaced(catalogue)) is not None:
        names = ", ".join(forms_of(catalogue.locale))
        words = f"Plural-Forms gives {number} the wrong form; their order is {names}"
        found.insert(0, Fault(1, words))
    return found


def _faults(message: Message, forms: int) -> Iterator[str]:
    """Yield each fault of a message whose translation should have so many forms."""
    originals = _texts(message.id)
    translations = _texts(message.string)
    if message.fuzzy:
        yield "marked fuzzy"
    if not any(each.strip() for each in translations):
        yield "no translation"
        return
    if not message.pluralizable:
        yield from _differences(originals[0], translations[0])
        return
    if len(translations) != forms or not all(each.strip() for each in translations):
        given = sum(bool(each.strip()) for each in translations)
        yield f"{given} plural forms instead of {forms}"
    for number, translation in enumerate(translations):
        if translation.strip():
            for words in _plural_differences(originals, translation):
                yield f"form {number}: {words}"


def _plural_differences(originals: list[str], translation: str) -> list[str]:
    """Return the differences from the plural, unless the form agrees with the singular."""
    from_plural = list(_differences(originals[-1], translation))
    return from_plural if from_plural and list(_differences(originals[0], translation)) else []


def _differences(original: str, translation: str) -> Iterator[str]:
    """Yield what a translation has otherwise than it must."""
    if _placeholders(original) != _placeholders(translation):
        yield f"placeholders differ: {_named(_placeholders(original), _placeholders(translation))}"
    elif _lone_percent(translation) and not _lone_percent(original):
        yield "a % that is no placeholder: write %%"
    if _tags(original) != _tags(translation):
        yield f"tags differ: {_named(_tags(original), _tags(translation))}"
    if _edges(original) != _edges(translation):
        yield "begins or ends with other white space than the original"


def _texts(string: Any) -> list[str]:
    """Return the forms of a message or translation."""
    return [each or "" for each in (string if isinstance(string, (list, tuple)) else [string])]


def _placeholders(text: str) -> Counter[str]:
    return Counter(each for each in PLACEHOLDER.findall(text) if each not in DOUBLED)


def _lone_percent(text: str) -> bool:
    """Tell whether a text has a % that stands for nothing: a page that fills it in would fail."""
    return "%" in PLACEHOLDER.sub("", text)


def _tags(text: str) -> Counter[str]:
    return Counter(TAG.findall(text))


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _named(original: Counter[str], translation: Counter[str]) -> str:
    """Name what is missing and what is too much."""
    missing = ", ".join((original - translation).elements())
    added = ", ".join((translation - original).elements())
    parts = [f"without {missing}" if missing else "", f"with {added}" if added else ""]
    return " and ".join(filter(None, parts))
