"""What is answered where a view raises that something is not done, or not yet."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

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
