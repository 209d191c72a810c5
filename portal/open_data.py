"""
Open data: what a page of another site may fetch in a visitor's browser, a verifier for example.

A view is marked that gives the same to everybody, with a session or without. All other answers are
for the portal's own pages alone, and a browser hands them to no other site.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

View = TypeVar("View", bound=Callable[..., Any])


def open_data(view: View) -> View:
    """Mark a view whose answers are everybody's; stands inside other decorators."""
    view.is_open_data = True  # type: ignore[attr-defined]
    return view


def is_open_data(request: HttpRequest) -> bool:
    """Tell whether a request went to a view that is marked."""
    match = request.resolver_match
    return match is not None and getattr(match.func, "is_open_data", False)


class CrossOriginMiddleware:
    """
    Says of each answer whether pages of other sites may have it.

    First of all, so that it also reaches files and refusals, which no view answers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_open_data(request):
            response["Access-Control-Allow-Origin"] = "*"
            response["Cross-Origin-Resource-Policy"] = "cross-origin"
        else:
            response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response
