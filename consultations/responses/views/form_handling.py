"""How what is posted is taken in: whatever is wrong with the request, no text is lost."""

from collections.abc import Callable
from typing import Protocol

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _

from consultations.responses.access.allowances import TooManyDrafts, TooManySent
from consultations.responses.access.rate_limits import TooManyTries
from consultations.responses.errors import (
    AnonymityNotOffered,
    AnswersClosed,
    ChangedMeanwhile,
    Incomplete,
    NothingOpened,
    NotPermitted,
    Refused,
)

STATUS: dict[type[Refused], int] = {
    AnonymityNotOffered: 422,
    AnswersClosed: 409,
    ChangedMeanwhile: 409,
    Incomplete: 422,
    NothingOpened: 422,
    NotPermitted: 403,
    TooManyDrafts: 429,
    TooManySent: 429,
    TooManyTries: 429,
}


class Posted(Protocol):
    """What was posted, and whether it can be shown to come from our own form."""

    @property
    def is_forged(self) -> bool: ...


def take_in(
    posted: Posted, form: forms.Form, act: Callable[[], HttpResponse | int]
) -> HttpResponse | int:
    """
    What `act` answers once the form is right; else the status of the page that shows it again.

    Then the form holds the errors and everything typed. A failed check against forgery is such an
    error: nothing is done, and nothing is lost.
    """
    if posted.is_forged:
        form.add_error(None, forged())
        return 403
    if not form.is_valid():
        return 422
    try:
        return act()
    except Refused as refusal:
        return refuse(form, refusal)


def refuse(form: forms.Form, refusal: Refused) -> int:
    """Say in the form why it is refused; the status that goes with it."""
    form.add_error(None, str(refusal))
    return STATUS.get(type(refusal), 409)


def forged() -> str:
    """What somebody reads whose form cannot be shown to come from this browser."""
    return _(
        "This form had been open too long, or your browser refuses cookies. Check what you typed "
        "below and send it again."
    )


def lost() -> str:
    """What somebody reads whose browser has lost the draft while they were writing."""
    return _(
        "This browser has lost hold of your draft. What you typed is still below. In another tab "
        "enter your code, or sign in; then come back here and save again."
    )
