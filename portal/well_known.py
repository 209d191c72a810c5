"""What machines look for at fixed addresses: robots.txt, and whom to tell of a weakness."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, register
from django.http import HttpRequest, HttpResponse
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
