"""What is made here: rooms above say how, in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True)
class Made:
    """A file that was made: its bytes, the name that it is saved under, and its type."""

    content: bytes = field(repr=False)
    name: str
    content_type: str


Make = Callable[[dict], Made]
Printable = Callable[[HttpRequest, dict], HttpResponse]


@dataclass(frozen=True)
class Maker:
    """Way to make a kind of file, and to show the same as a page to print, where there is one."""

    make: Make
    printable: Printable | None


_makers: dict[str, Maker] = {}


def register(name: str, make: Make, printable: Printable | None = None) -> None:
    """
    Add a kind of file.

    `make(data)` runs in a thread of its own, in the language of whoever asked; it may raise
    PdfUnavailableError where this installation cannot make it. `printable(request, data)` answers
    at once. Both get what was given to `ask_for`, as JSON holds it.
    """
    _makers[name] = Maker(make, printable)


def maker(name: str) -> Maker:
    """Return the maker of a kind of file. Raises KeyError."""
    return _makers[name]
