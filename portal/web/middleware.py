"""What is answered where a view raises that something is not done, and at which addresses."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware
from django.shortcuts import render
from django.urls import is_valid_path
from django.utils.encoding import escape_uri_path
from django.utils.http import escape_leading_slashes

from portal.web.errors import Refused
from portal.web.turns import MustWait
from portal.web.waiting import ask_to_wait


class RefusalMiddleware:
    """Answers a refusal that no form says with a page that does, and MustWait with one to wait."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, MustWait):
            return ask_to_wait(request, error)
        if isinstance(error, Refused):
            context = {"refusal": error}
            return render(request, "web/refused.html", context, status=error.status_code)
        return None


class SamePost(HttpResponsePermanentRedirect):
    """A redirect after which a browser sends the same form again, and does not ask for a page."""

    status_code = 308


class SlashMiddleware(CommonMiddleware):
    """
    Leads to an address with its last slash, or without one, where only that is an address of ours.

    Django's own, which this is too, adds a slash alone, and turns a form that was sent into a
    question for its page: what was typed is lost.
    """

    def process_request(self, request: HttpRequest) -> HttpResponsePermanentRedirect | None:
        """Lead a form that was sent without the last slash on, as it is."""
        path = request.path_info
        is_form = request.method not in ("GET", "HEAD") and not path.endswith("/")
        if is_form and _is_only(f"{path}/", instead_of=path):
            return _moved(request, f"{path}/")
        return super().process_request(request)

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Lead from an address that is none, for its last slash, to the one that is."""
        path = request.path_info
        is_longer = response.status_code == 404 and path.endswith("/")
        if is_longer and _is_only(path[:-1], instead_of=path):
            return _moved(request, path[:-1])
        return super().process_response(request, response)


def _is_only(path: str, *, instead_of: str) -> bool:
    return not is_valid_path(instead_of) and bool(is_valid_path(path))


def _moved(request: HttpRequest, path: str) -> SamePost:
    query = request.META.get("QUERY_STRING", "")
    to = escape_leading_slashes(escape_uri_path(path))
    return SamePost(f"{to}?{query}" if query else to)
