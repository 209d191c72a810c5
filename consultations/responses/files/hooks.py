"""What else happens when something about the files of a response changes: rooms above say so."""

from collections.abc import Callable
from datetime import datetime

from consultations.responses.models import Response

Callback = Callable[[Response, datetime], None]
_callbacks: list[Callback] = []


def on_change(callback: Callback) -> None:
    """
    Have `callback(response, at)` called inside the transaction of each change after sending.

    It finds the files as they are from then on. Called in `AppConfig.ready()`; the same callback
    twice counts once.
    """
    if callback not in _callbacks:
        _callbacks.append(callback)


def run(response: Response, at: datetime) -> None:
    """Tell every room that asked."""
    for callback in _callbacks:
        callback(response, at)
