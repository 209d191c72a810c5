"""Addresses of sources: which hosts a source is not cited from, and what is the same address."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Sites on which anybody puts other people's documents: what stands there today may be gone, or
# another text, tomorrow, and ministries block them.
MIRRORS = (
    "9dok.net",
    "businessdocbox.com",
    "docplayer.net",
    "docslib.org",
    "documents.pub",
    "dokumen.tips",
    "fdocuments.net",
    "issuu.com",
    "paperzz.com",
    "pdfcoffee.com",
    "scribd.com",
    "slideblast.com",
    "slidelegend.com",
    "slideshare.net",
    "studylib.net",
    "vdocument.in",
    "vdocuments.net",
)


def host_of(address: str) -> str:
    """Return the host of an address without "www.", e.g. "docs.un.org"; "" where there is none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def is_mirror(address: str) -> bool:
    """Say whether an address is on a site that shares other people's documents."""
    host = host_of(address)
    return any(host == each or host.endswith(f".{each}") for each in MIRRORS)


def same_address(address: str) -> str:
    """Return what two addresses of one document have in common: no scheme, "www." or last slash."""
    _scheme, _between, rest = address.strip().partition("://")
    host, slash, path = rest.partition("/")
    return f"{host.lower().removeprefix('www.')}{slash}{path}".rstrip("/")


def refuse_mirrors(address: str) -> None:
    """Raise ValidationError for an address on a site that shares other people's documents."""
    if is_mirror(address):
        raise ValidationError(
            _(
                "%(host)s shares other people’s documents. Give the address at the issuer, or that "
                "of a library or a web archive."
            ),
            params={"host": host_of(address)},
        )
