"""What was typed into a form that takes a code, shown again by another request, once."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django import forms
from django.http import HttpRequest, HttpResponse

from consultations.responses.access import cookies, handles

LONGEST = 200


class Typed(NamedTuple):
    """Contents of a form that was sent: what was typed and what is wrong, by field, its status."""

    data: Mapping[str, str]
    wrong: Mapping[str, Iterable[object]]
    status: int


def keep(way: HttpResponse, place: str, form: str, typed: Typed, at: datetime) -> HttpResponse:
    """Send along with the `way` back to a form what `take` gives there, at an aware instant."""
    data = {name: value[:LONGEST] for name, value in typed.data.items()}
    wrong = {name: [*map(str, errors)] for name, errors in typed.wrong.items()}
    text = json.dumps([form, data, wrong, typed.status])
    cookies.give(way, place, handles.keep_typed(text, at), cookies.TYPED)
    return way


def take(request: HttpRequest, form: str, at: datetime) -> Typed | None:
    """Return what was typed into this form, once; None where nothing was, or into another."""
    text = handles.take_typed(cookies.handle_in(request, cookies.TYPED), at)
    name, *typed = json.loads(text) if text else [""]
    return Typed(*typed) if name == form else None


def forget(page: HttpResponse, request: HttpRequest, place: str) -> HttpResponse:
    """Return the page, which takes the handle out of the browser that sent one."""
    if cookies.handle_in(request, cookies.TYPED):
        cookies.forget(page, place, cookies.TYPED)
    return page


def show_errors(form: forms.BaseForm, wrong: Mapping[str, Iterable[object]]) -> None:
    """Have a bound form say this is wrong, and nothing else."""
    form.errors.clear()
    for field, errors in wrong.items():
        for error in errors:
            form.add_error(field if field in form.fields else None, str(error))
