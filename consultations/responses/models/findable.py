"""
By what staff may find a response: kept beside each version, in letters that compare.

It is a copy of what the version says, and is erased with it. The search of the public pages has
another (`portal.search`), which knows nothing of what is not published.
"""

import uuid
from collections.abc import Iterator
from typing import Any

from consultations.questionnaires.schema import Answer
from portal.text import folded


def words_to_find(answers: dict[str, Any]) -> str:
    """
    Return the words by which staff may find a response: what nobody must be cleared to read.

    Of an answer for officials only it is the public version. Keys of what was chosen say nothing.
    """
    kept = map(Answer.of, answers.values())
    said = [each.public_version or "" if each.is_for_officials else each.value for each in kept]
    return folded("\n".join(_texts(said)))


def names_to_find(*names: str) -> str:
    """Return the names by which staff may find a response that is not without a name."""
    return folded("\n".join(filter(None, names)))


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in a value, but what is the key of an option or a file."""
    if isinstance(value, str):
        if not _is_key(value):
            yield value
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _is_key(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
