"""What is answered where a view raises that something is not done, and at which addresses."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import is_valid_path
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


class SlashMiddleware:
    """
    Leads to an address with its last slash, or without one, where only that is an address of ours.

    Django's own redirect turns a form into a question for a page, and what was typed is lost.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if not path.endswith("/"):
            is_read = request.method in ("GET", "HEAD")  # Django's own redirect is right for these
            missing = not is_read and not is_valid_path(path) and is_valid_path(f"{path}/")
            return _moved(request, f"{path}/") if missing else self.get_response(request)
        response = self.get_response(request)
        if response.status_code == 404 and not is_valid_path(path) and is_valid_path(path[:-1]):
            return _moved(request, path[:-1])
        return response


def _moved(request: HttpRequest, path: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    to = escape_leading_slashes(f"{path}?{query}" if query else path)
    return SamePost(to)
