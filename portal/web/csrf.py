"""
Django's check against forged forms, and the views that answer it with the form and its text.

A forged form is refused before its view sees it. A form that was open for too long fails the check
too, so a view that takes longer texts may say that it keeps them (`keeps_what_is_typed`).
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.translation import gettext_lazy as _

View = TypeVar("View", bound=Callable[..., Any])

FORGED = _(
    "This form was open too long, or your browser refuses cookies. Check what you typed "
    "below and send it again."
)


def keeps_what_is_typed(view: View) -> View:
    """
    Mark a view that is asked even where a form is forged; stands below or above other decorators.

    It shows the form again with what was typed, and does nothing else with it (`is_forged`).
    """
    view.csrf_exempt = view.keeps_what_is_typed = True  # type: ignore[attr-defined]
    return view


class _CsrfCheck(CsrfViewMiddleware):
    """Answers with the reason instead of a page that would lose the text."""

    def _reject(self, request: HttpRequest, reason: str) -> str:  # type: ignore[override]
        return reason


def _unused(request: HttpRequest) -> HttpResponse:
    """Stand for the view in the check, which asks only whether it is exempt."""
    return HttpResponse()


def is_forged(request: HttpRequest) -> bool:
    """Tell whether what was posted cannot be shown to come from our own form."""
    check = _CsrfCheck(_unused)
    check.process_request(request)
    return check.process_view(request, _unused, (), {}) is not None
