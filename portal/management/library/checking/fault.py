"""What is found: where it stands, and what to do about it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Fault:
    """
    A lapse at a line of a file, in a sentence that says what to do.

    `slugs` are the guides that are not whole because of it; none where it is one of the library.
    """

    path: Path
    line: int
    text: str
    slugs: tuple[str, ...] = ()
