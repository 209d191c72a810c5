"""Other words in a questionnaire, with everything that answers depend on left as it is."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

WORDS = ("text", "help", "introduction")


def words_of(stream: Any, subject: str) -> dict[str, str] | None:
    """
    Return what may be reworded of the question or section `subject`; None where none has that id.

    A question has `text` and `help`, a section `introduction` (HTML).
    """
    for value in _values(stream.get_prep_value(), subject):
        return {name: value.get(name) or "" for name in WORDS if name in value}
    return None


def reworded(stream: Any, subject: str, words: dict[str, str]) -> Any:
    """Return a copy of the stream in which the question or section `subject` has these words."""
    raw = deepcopy(stream.get_prep_value())
    for value in _values(raw, subject):
        value.update(words)
    return stream.stream_block.to_python(raw)


def _values(raw: list[dict[str, Any]], subject: str) -> Iterator[dict[str, Any]]:
    for section in raw:
        for block in (section, *section["value"]["questions"]):
            if block["id"] == subject:
                yield block["value"]
