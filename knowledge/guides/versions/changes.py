"""What two lists of words share, and what only one of them has."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "added", "removed"]


def changes(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[Kind, slice]]:
    """
    Yield in order which part is the same, removed or added.

    A part that is removed is one of `before`, each other one of `after`.
    """
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for tag, a, a_end, b, b_end in matcher.get_opcodes():
        if tag == "equal":
            yield "same", slice(b, b_end)
            continue
        if a < a_end:
            yield "removed", slice(a, a_end)
        if b < b_end:
            yield "added", slice(b, b_end)
