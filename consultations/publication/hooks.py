"""What the page of a response that is published no more says of why: the room above knows it."""

from collections.abc import Callable
from typing import NamedTuple

from consultations.publication.models import PublicCopy


class Explanation(NamedTuple):
    """Words on why a response was removed, and whether a second person still looks at it."""

    reason: str
    meaning: str
    code: str
    is_waiting: bool


Explain = Callable[[PublicCopy], Explanation | None]
_explain: list[Explain] = []


def on_removed_page(explain: Explain) -> None:
    """
    Have `explain(copy)` asked on the page of a removed response; None where nothing can be said.

    Called in `AppConfig.ready()`; the same function twice counts once.
    """
    if explain not in _explain:
        _explain.append(explain)


def why_removed(copy: PublicCopy) -> Explanation | None:
    """Return why a response was removed, in the language of whoever reads."""
    found = (explain(copy) for explain in _explain)
    return next((each for each in found if each is not None), None)
