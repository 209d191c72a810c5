"""How a form is taken in: whatever is wrong with it or with the request, nothing typed is lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from portal.web.csrf import FORGED, is_forged
from portal.web.errors import Refused


def take_in(
    request: HttpRequest,
    form: forms.BaseForm,
    act: Callable[[], HttpResponse],
    show: Callable[[int], HttpResponse],
) -> HttpResponse:
    """
    Return what `act` answers once a form is posted and right; else its page from `show`.

    `show` is given the status: 200 where nothing was posted yet. Otherwise the form then holds
    everything typed and what is wrong with it, a failed check against forgery included: its view
    says that it keeps what is typed (`csrf.keeps_what_is_typed`). What `act` refuses is said there.
    """
    if request.method != "POST":
        return show(200)
    if is_forged(request):
        form.add_error(None, FORGED)
        return show(403)
    if not form.is_valid():
        return show(422)
    try:
        return act()
    except Refused as refusal:
        return show(refuse(form, refusal))


def refuse(form: forms.BaseForm, refusal: Refused) -> int:
    """Say in the form why it is refused, and return the status that goes with it."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    return refusal.status_code


@contextmanager
def refusal_told(request: HttpRequest) -> Iterator[None]:
    """Have the next page say what is refused inside: for a button, whose page comes anew."""
    try:
        yield
    except Refused as refusal:
        messages.error(request, str(refusal))


def named_errors(bound_field: forms.BoundField) -> list[str]:
    """
    Return a field's errors as they stand away from it: what is said of every field names this one.

    A field's own `error_prefix` leads all of its errors.
    """
    prefix, label = getattr(bound_field.field, "error_prefix", ""), f"{bound_field.label}:"
    return [
        f"{prefix or label} {error.messages[0]}"
        if prefix or _says_nothing_of(bound_field.field, error)
        else error.messages[0]
        for error in bound_field.errors.as_data()
    ]


def _says_nothing_of(field: forms.Field, error: ValidationError) -> bool:
    """Say whether the words are Django's own, the same for each field of the kind."""
    kinds = [*type(field).__mro__, *map(type, field.validators)]
    own = [getattr(kind, "message", None) for kind in kinds]
    own += [each for kind in kinds for each in getattr(kind, "default_error_messages", {}).values()]
    return any(error.message is each for each in own)
