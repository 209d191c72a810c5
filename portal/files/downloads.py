"""Handing a file out: always to be saved, never to be run where the portal's pages are."""

import re
import unicodedata

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal.files import storage
from portal.files.models import StoredFile
from portal.web.downloads import saved_as

TEXT = "text/plain; charset=utf-8"


def download(request: HttpRequest, stored: StoredFile, *, name: str) -> HttpResponse:
    """
    Return the file as an attachment, or its words where the address ends in `?as=text`.

    The caller has checked that the reader may have it. `name` is what it is called, without
    extension, e.g. "ECHRI-2026-01-0042-attachment-1"; what is not an ASCII letter, digit, dot, dash
    or underscore becomes a dash. Raises Http404 for a file that the virus scanner has not passed,
    or whose bytes are gone.
    """
    if not stored.is_ready:
        raise Http404
    if request.GET.get("as") == "text" and stored.has_text:
        return attachment(readable(stored).encode(), f"{safe(name)}.txt", TEXT)
    try:
        data = storage.read(stored)
    except FileNotFoundError:
        raise Http404 from None
    return attachment(data, f"{safe(name)}.{stored.extension}", stored.media_type)


def attachment(data: bytes, name: str, media_type: str) -> HttpResponse:
    return HttpResponse(
        data,
        headers={
            "Content-Type": media_type,
            "Content-Length": str(len(data)),
            **saved_as(name),
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "private, no-store",
        },
    )


def readable(stored: StoredFile, text: str | None = None) -> str:
    """
    Return the words of a file, page by page where it has several, in the language of now.

    `text` stands for the file's own words, with passages left out.
    """
    pages = (stored.text if text is None else text).split("\f")
    if len(pages) == 1 or stored.kind != "pdf":
        return "\n\n".join(pages) + "\n"
    nothing = _("(No words can be read on this page.)")
    return (
        "\n\n".join(
            "\n".join([_("Page %(number)d") % {"number": number}, "", page or nothing])
            for number, page in enumerate(pages, start=1)
        )
        + "\n"
    )


def safe(name: str) -> str:
    """Return a file name of plain signs, at most 100 of them, that no system takes for a path."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "-", ascii_name).strip(".-")[:100] or "attachment"
