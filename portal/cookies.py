"""
Names of cookies as the browser has them: prefixed, so that it vouches for where they come from.

`__Host-` is taken by a browser only over HTTPS, for the whole of this host and from no other, and
`__Secure-` only over HTTPS: no other host of the domain, and nobody on the line, can plant one.
Inside the portal they have their plain names.
"""

from collections.abc import Callable
from http.cookies import SimpleCookie

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portal.onion import is_onion

HOST, SECURE = "__Host-", "__Secure-"
# Set by scripts of Wagtail's admin, about nothing but what is folded there.
OF_SCRIPTS = "wagtail"


class PrefixedCookiesMiddleware:
    """
    Prefixes what goes out, and takes in only what is prefixed.

    Not inside Tor, where pages come over plain HTTP, nor where cookies are not for HTTPS alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_onion(request) or not settings.SESSION_COOKIE_SECURE:
            return self.get_response(request)
        sent = dict(request.COOKIES)
        request.COOKIES.clear()
        for name, value in sent.items():
            for prefix in (HOST, SECURE):
                if name.startswith(prefix):
                    request.COOKIES[name.removeprefix(prefix)] = value
            if name.startswith(OF_SCRIPTS):
                request.COOKIES[name] = value
        response = self.get_response(request)
        response.cookies = prefixed(response.cookies)
        return response


def prefixed(cookies: SimpleCookie) -> SimpleCookie:
    """Return the same cookies, those that delete one too, for HTTPS alone and with a prefix."""
    found: SimpleCookie = SimpleCookie()
    for name, cookie in cookies.items():
        prefix = HOST if cookie["path"] == "/" and not cookie["domain"] else SECURE
        found[prefix + name] = cookie.value
        for attribute, value in cookie.items():
            found[prefix + name][attribute] = value
        found[prefix + name]["secure"] = True
    return found
