"""What every request passes: one log line that names nobody, and the content security policy."""

import time
from collections.abc import Callable

import structlog
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import add_never_cache_headers

from portal.cms.models.site_roots import read_once
from portal.confidential import is_confidential, unheard

log = structlog.get_logger("portal.request")


class RequestLogMiddleware:
    """
    Log method, path, status and duration; never the query string, the address or the agent.

    Of confidential paths there is no line at all, of ours or of anything that is used meanwhile:
    when somebody answered is told by nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_confidential(request.path):
            with unheard():
                return self.get_response(request)
        started = time.perf_counter()
        response = self.get_response(request)
        log.info(
            "request",
            method=request.method,
            path=request.path,
            status=response.status_code,
            ms=round((time.perf_counter() - started) * 1000, 1),
        )
        return response


class PrivatePagesMiddleware:
    """
    A rule that no cache, a shared machine's included, keeps a confidential page, or a page that
    somebody with a session was shown.

    Answers that say for themselves how long they hold, as files of the admin do, are left alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        cookie = settings.SESSION_COOKIE_NAME
        in_session = cookie in request.COOKIES or cookie in response.cookies
        private = in_session or is_confidential(request.path)
        if private and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


class ReadableBodyMiddleware:
    """
    A form that cannot be read is answered with 400, whatever its address.

    Django's handlers of 403 and 404 look into the form for its token, and would break on one that
    nothing before them has read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            _ = request.POST  # raises what Django answers with 400
        return self.get_response(request)


class SiteRootsMiddleware:
    """Have the home pages of the languages read once while a page is shown, which changes none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with read_once():
            return self.get_response(request)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """
    The strict policy on every page but the Wagtail admin's, whose scripts need a looser one.

    A preview in the page editor is a public page in a frame of the admin: it keeps the strict
    policy, so that editors see what visitors will, and may be framed by us.
    """

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if report_only:
            return parts
        if request.path.startswith("/admin/"):
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY["DIRECTIVES"]
        elif getattr(request, "is_preview", False):
            parts.replace = {"frame-ancestors": ["'self'"]}
        elif is_confidential(request.path):
            # Where "Exit this page" leads, and wherever that leads on: a form that the policy
            # stops half way would leave somebody on the page that they flee from.
            parts.update = {"form-action": ["https:"]}
        return parts
