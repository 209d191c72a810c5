"""
What rooms above this one add: to what happens when somebody takes something back, and to the status
page of a response.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from consultations.responses.models import Response, Signatory

Callback = Callable[[Response, datetime], None]
NameCallback = Callable[[Response, Signatory, datetime], None]


class StatusSection(NamedTuple):
    """
    A section of the status page.

    `context` is given the `Answering` and the response; its template is included with what that
    returns, as `added`, and not at all for None.
    """

    template: str
    context: Callable[[Any, Response], Any]


_callbacks: list[Callback] = []
_sections: list[StatusSection] = []
_name_callbacks: list[NameCallback] = []


def on_withdrawal(callback: Callback) -> None:
    """
    Have `callback(response, at)` called inside the transaction of every withdrawal.

    It comes before anything is erased; the response still has the status it had. What was not
    published is to be erased (a prepared copy, private notes), what was is to be retired. Called in
    `AppConfig.ready()`; the same callback twice counts once.
    """
    if callback not in _callbacks:
        _callbacks.append(callback)


def on_name_taken_back(callback: NameCallback) -> None:
    """
    Have `callback(response, signatory, at)` called when a signatory takes their name back.

    Inside the transaction, with the response held, before the row is erased. The name is to be
    shown nowhere from then on. Called in `AppConfig.ready()`, as `on_withdrawal`.
    """
    if callback not in _name_callbacks:
        _name_callbacks.append(callback)


def run(response: Response, at: datetime) -> None:
    """Tell every room that asked of a withdrawal."""
    for callback in _callbacks:
        callback(response, at)


def name_taken_back(response: Response, signatory: Signatory, at: datetime) -> None:
    """Tell every room that asked of a name taken back."""
    for callback in _name_callbacks:
        callback(response, signatory, at)


def on_status_page(section: StatusSection) -> None:
    """Show a section on the status page of every response it has something to say of."""
    if section not in _sections:
        _sections.append(section)


def sections_for(answering: Any, response: Response) -> list[tuple[str, Any]]:
    """Return the template of each section that has something to say, with what it is given."""
    found = [(each.template, each.context(answering, response)) for each in _sections]
    return [(template, added) for template, added in found if added is not None]
