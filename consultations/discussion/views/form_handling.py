"""How a form of a discussion is taken in: nobody writes there who is not signed in."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse

from consultations.discussion.errors import SignedOut
from portal.web import form_handling
from portal.web.csrf import is_forged


def take_in(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], HttpResponse],
    show: Callable[[int], HttpResponse],
) -> HttpResponse:
    """Return what `portal.web` does; a session that was lost meanwhile is an error of the form."""
    is_signed_out = request.method == "POST" and not request.user.is_authenticated
    if is_signed_out and not is_forged(request):
        return show(form_handling.refuse(form, SignedOut()))
    return form_handling.take_in(request, form, act, show)
