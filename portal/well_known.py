"""What machines look for at fixed addresses: robots.txt, whom to tell of a weakness, our sign."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, register
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.onion import is_onion, on_the_open_web

PLAIN = "text/plain; charset=utf-8"
# RFC 9116 recommends less than a year. Whoever keeps the file finds out by it that it is old.
HOLDS_FOR = timedelta(days=180)
SCHEMES = ("https", "mailto", "tel")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """
    Keep robots off what is nobody's to find (RFC 9309).

    Discussions and responses are not named here: they say by themselves that they are not to be
    listed, which only a robot learns that may read them.
    """
    lines = ["User-agent: *", "Disallow: /admin/"]
    for language, _name in settings.LANGUAGES:
        lines += [f"Disallow: /{language}/accounts/", f"Disallow: /{language}/exit/"]
    if not is_onion(request):  # there is none inside Tor
        lines += ["", f"Sitemap: {on_the_open_web(reverse('sitemap'))}"]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Say whom to tell of a weakness, and until when that holds (RFC 9116)."""
    midnight = datetime.combine(timezone.now().astimezone(UTC).date(), time(), UTC)
    lines = [f"Contact: {contact}" for contact in settings.SECURITY_CONTACT]
    lines.append(f"Expires: {midnight + HOLDS_FOR:%Y-%m-%dT%H:%M:%SZ}")
    lines.append(f"Preferred-Languages: {', '.join(code for code, _ in settings.LANGUAGES)}")
    canonical = on_the_open_web(reverse("security_txt"))
    # Addresses in it have to be of HTTPS, and the open web's is nobody's business inside Tor.
    if canonical.startswith("https://") and not is_onion(request):
        lines.append(f"Canonical: {canonical}")
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Serve the sign where browsers look for it unasked; pages name a better one."""
    return redirect(static("portal/favicon.ico"), permanent=False)


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """
    Name and sign for those who put the portal on their phone's first screen (W3C manifest).

    It opens in the browser, whose address can be seen, and no worker is there to keep pages.
    """
    signs = {"image/svg+xml": ("favicon.svg", "any"), "image/png": ("icon-512.png", "512x512")}
    told = {
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME,
        "start_url": "/",
        "scope": "/",
        "display": "browser",
        "background_color": "#fbfaf7",
        "theme_color": "#fbfaf7",
        "icons": [
            {"src": static(f"portal/{name}"), "sizes": size, "type": kind}
            for kind, (name, size) in signs.items()
        ],
    }
    return JsonResponse(told, content_type="application/manifest+json")


@register
def check_security_contact(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Check that there is at least one, each an address with its scheme."""
    contacts = settings.SECURITY_CONTACT
    if contacts and all(_is_contact(each) for each in contacts):
        return []
    return [
        Error(
            "SECURITY_CONTACT does not say whom to tell of a weakness.",
            hint="Write mailto:name@example.org, https://… or tel:+…; several with commas.",
            id="portal.E002",
        )
    ]


def _is_contact(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in SCHEMES and bool(parts.netloc or parts.path) and text.isprintable()
