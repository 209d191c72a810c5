"""Figures of a catalogue, in words."""

import re

from babel.messages.catalog import Catalog, Message

from portal.catalogues.faults import PLACEHOLDER, TAG
from portal.catalogues.files import messages_in

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
NO_WORDS = re.compile(rf"{TAG.pattern}|{PLACEHOLDER.pattern}")


def counts(catalogue: Catalog) -> str:
    """Say how many messages, words and plurals there are: "3 messages, 20 words, 1 plurals"."""
    messages = messages_in(catalogue)
    words = sum(words_of(each) for each in messages)
    plurals = sum(each.pluralizable for each in messages)
    return f"{len(messages)} messages, {words} words, {plurals} plurals"


def words_of(message: Message) -> int:
    """Count the words of a message in the original, without placeholders and tags."""
    original = message.id[0] if isinstance(message.id, (list, tuple)) else message.id
    return len(WORD.findall(NO_WORDS.sub(" ", original)))


def progress(catalogue: Catalog) -> str:
    """Say how far a language is: "20 of 25 translated, 1 fuzzy, 4 missing"."""
    messages = messages_in(catalogue)
    fuzzy = sum(each.fuzzy for each in messages)
    missing = sum(not is_translated(each) for each in messages)
    done = len(messages) - missing - sum(each.fuzzy and is_translated(each) for each in messages)
    return f"{done} of {len(messages)} translated, {fuzzy} fuzzy, {missing} missing"


def is_translated(message: Message) -> bool:
    """Tell whether a message has a translation, in every form."""
    forms = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    return bool(forms) and all(forms)
