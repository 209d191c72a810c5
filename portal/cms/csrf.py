"""Django's check against forged forms, for views that answer it with the form and its text."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware


class _CsrfCheck(CsrfViewMiddleware):
    """Answers with the reason instead of a page that would lose the text."""

    def _reject(self, request: HttpRequest, reason: str) -> str:  # type: ignore[override]
        return reason


def _unused(request: HttpRequest) -> HttpResponse:
    """Stands for the view in the check, which asks only whether it is exempt."""
    return HttpResponse()


def is_forged(request: HttpRequest) -> bool:
    """Say whether a POST fails the check, which its view leaves to us (`csrf_exempt`)."""
    check = _CsrfCheck(_unused)
    check.process_request(request)
    return check.process_view(request, _unused, (), {}) is not None
