"""How a form of a discussion is taken in: no text is lost, whatever is wrong with the request."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from consultations.discussion.errors import (
    AlreadyRemoved,
    DiscussionClosed,
    InvalidComment,
    NotPermitted,
    NotYours,
    Refused,
    TooManyComments,
    WrongThread,
)
from portal.cms.csrf import is_forged

STATUS: dict[type[Refused], int] = {
    InvalidComment: 422,
    NotPermitted: 403,
    NotYours: 403,
    AlreadyRemoved: 409,
    DiscussionClosed: 409,
    WrongThread: 409,
    TooManyComments: 429,
}


def take_in(
    request: HttpRequest, form: forms.Form, act: Callable[[dict[str, Any]], HttpResponse]
) -> HttpResponse | int:
    """
    What `act` answers to the form's data; else the status of the page that shows the form again.

    Then the form holds the error and everything typed. A lost session and a failed CSRF check are
    such errors: nothing is done, and nothing is lost.
    """
    if is_forged(request):
        form.add_error(
            None, _("This form was open too long. Check your text below and send it again.")
        )
        return 403
    if not request.user.is_authenticated:
        form.add_error(
            None,
            _(
                "You have been signed out. Your text is kept below. Sign in in another tab, come "
                "back here and send it again."
            ),
        )
        return 403
    if not form.is_valid():
        return 422
    try:
        return act(form.cleaned_data)
    except InvalidComment as refusal:
        form.add_error("body", str(refusal))
        return STATUS[InvalidComment]
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return STATUS[type(refusal)]
