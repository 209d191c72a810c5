"""
The portal's address inside Tor (`settings.ONION_HOST`), and what differs there from the open web.

There Tor encrypts and proves the address, so pages come over plain HTTP: no redirect to HTTPS, and
cookies that a browser sends back without it (docs/decisions/0023-before-you-answer-and-onion.md).
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, register
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
)
from django.middleware.security import SecurityMiddleware as DjangoSecurityMiddleware

NAME = re.compile(r"[a-z2-7]{56}\.onion")


def is_onion(request: HttpRequest) -> bool:
    """Tell whether a request came to the portal's address inside Tor."""
    host = request.META.get("HTTP_HOST", "").lower().partition(":")[0]
    return bool(settings.ONION_HOST) and host == settings.ONION_HOST


def onion_address(path: str) -> str:
    """Return the address of a path inside Tor; "" where the portal has none."""
    return f"http://{settings.ONION_HOST}{path}" if settings.ONION_HOST else ""


def on_the_open_web(path: str) -> str:
    """Return the address of a path for mail, which never tells that somebody came through Tor."""
    return f"{settings.BASE_URL.rstrip('/')}{path}"


def open_web_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Hide a view inside Tor: it is of no use there, and full of addresses of the open web."""

    @wraps(view)
    def outside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_onion(request):
            raise Http404
        return view(request, *args, **kwargs)

    return outside


class OnionMiddleware:
    """
    Lets cookies through plain HTTP inside Tor, and names that address to Tor Browser outside it.

    Tor Browser offers the other address, or goes there at once. Somebody who carries a cookie is
    in the middle of something that the other address would know nothing of: nothing is offered.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_onion(request):
            for cookie in response.cookies.values():
                cookie["secure"] = ""
        elif self.is_offered(request, response):
            response["Onion-Location"] = onion_address(request.get_full_path())
        return response

    def is_offered(self, request: HttpRequest, response: HttpResponse) -> bool:
        """Say whether this is a page on the open web for somebody who has only just come."""
        return (
            bool(settings.ONION_HOST)
            and request.is_secure()  # Tor Browser believes nobody else
            and request.method == "GET"
            and response.status_code == 200
            and response.get("Content-Type", "").startswith("text/html")
            and not request.COOKIES
            and not request.path.startswith("/admin/")
        )


class SecurityMiddleware(DjangoSecurityMiddleware):
    """Django's, but what comes through Tor is not sent to HTTPS: it is encrypted already."""

    def process_request(self, request: HttpRequest) -> HttpResponsePermanentRedirect | None:
        return None if is_onion(request) else super().process_request(request)


@register
def check_onion_host(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Check that it is a name of the third version, without scheme or port, not the open web's."""
    host = settings.ONION_HOST
    if not host or (NAME.fullmatch(host) and host != urlsplit(settings.BASE_URL).hostname):
        return []
    return [
        Error(
            "ONION_HOST is not the name of an onion service.",
            hint="Write what stands in Tor's file “hostname”: 56 letters and digits, then .onion",
            id="portal.E001",
        )
    ]
