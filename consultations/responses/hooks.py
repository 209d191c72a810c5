"""What else happens when a submitter withdraws: rooms above this one say so."""

from collections.abc import Callable
from datetime import datetime

from consultations.responses.models import Response

Callback = Callable[[Response, datetime], None]
_callbacks: list[Callback] = []


def on_withdrawal(callback: Callback) -> None:
    """
    Have `callback(response, at)` called inside the transaction of every withdrawal.

    It comes before anything is erased; the response still has the status it had. What was not
    published is to be erased (a prepared copy, private notes), what was is to be retired. Called in
    `AppConfig.ready()`; the same callback twice counts once.
    """
    if callback not in _callbacks:
        _callbacks.append(callback)


def run(response: Response, at: datetime) -> None:
    """Tell every room that asked."""
    for callback in _callbacks:
        callback(response, at)
