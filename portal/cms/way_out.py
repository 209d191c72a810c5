"""
"Exit this page": away at once, and the browser keeps as little as it can be told to.

The button is a form. Browsers hold a form to the policy's `form-action` through every redirect, the
other site's own included, so pages with the button allow any address of the safe web there
(`middleware.ContentSecurityPolicyMiddleware`).
"""

from django.conf import settings
from django.contrib.auth import logout
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.cms.models import WayOut
from portal.cms.models.way_out import DEFAULTS
from portal.confidential import confidential

CLEARED = '"cache", "cookies", "storage"'


def clear_browser(request: HttpRequest, response: HttpResponse) -> None:
    """
    Have the browser forget whatever it holds of this site; who is signed in is signed out.

    Nothing happens where another site's page has sent the request: it could sign people out.
    """
    if request.headers.get("Sec-Fetch-Site", "none") in ("cross-site", "same-site"):
        return
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        logout(request)
    _have_forgotten(request, response)


def _have_forgotten(request: HttpRequest, response: HttpResponse) -> None:
    """
    Clear by the header; cookie by cookie if the page came without HTTPS, as inside Tor.

    Chromium does nothing there of what the header says, and takes no cookie beside it either, so
    that none could be deleted.
    """
    if request.is_secure():
        response["Clear-Site-Data"] = CLEARED
        return
    for name in request.COOKIES.keys() - response.cookies.keys():
        response.delete_cookie(name)


def lead_out(request: HttpRequest) -> HttpResponse:
    """Take a browser to a harmless page, and let it tell nothing of this one."""
    response = HttpResponseRedirect(
        way_out(), status=303, headers={"Referrer-Policy": "no-referrer"}
    )
    try:
        clear_browser(request, response)
    except DatabaseError:  # whoever flees is led out, whatever is broken here
        _have_forgotten(request, response)
    return response


def way_out() -> str:
    """Return where a page in the language in use leads out to."""
    language = get_language() or settings.LANGUAGE_CODE
    try:
        return WayOut.objects.address(language)
    except DatabaseError:
        return DEFAULTS.get(language, DEFAULTS["en"])


@confidential
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Lead out of a page that holds no answer; who asks without the button is led home."""
    return lead_out(request) if request.method == "POST" else redirect("/")
