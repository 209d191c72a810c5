"""Who hears what became of a file that waited: rooms say so in their `AppConfig.ready()`."""

from collections.abc import Callable

from portal.files.models import StoredFile

Callback = Callable[[StoredFile], None]
_callbacks: list[Callback] = []


def on_outcome(callback: Callback) -> None:
    """
    Have `callback(stored)` called inside the transaction in which a file stops waiting.

    It is ready, waits for the virus scanner, or was refused. Its row is held: a callback waits for
    nothing that others hold, and may raise DatabaseError, upon which all of it is tried again. The
    same callback twice counts once.
    """
    if callback not in _callbacks:
        _callbacks.append(callback)


def run(stored: StoredFile) -> None:
    """Tell every room that asked."""
    for callback in _callbacks:
        callback(stored)
