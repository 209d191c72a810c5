"""Handing a file out: always to be saved, never to be run where the portal's pages are."""

import re
import unicodedata

from django.http import Http404, HttpResponse

from portal.files import storage
from portal.files.models import StoredFile


def download(stored: StoredFile, *, name: str) -> HttpResponse:
    """
    The file as an attachment. The caller has checked that the reader may have it.

    `name` is what it is called, without extension, e.g. "ECHRI-2026-01-0042-attachment-1"; what is
    not an ASCII letter, digit, dot, dash or underscore becomes a dash. Raises Http404 for a file
    that the virus scanner has not passed, or whose bytes are gone.
    """
    if not stored.is_ready:
        raise Http404
    try:
        data = storage.read(stored)
    except FileNotFoundError:
        raise Http404 from None
    return HttpResponse(
        data,
        headers={
            "Content-Type": stored.media_type,
            "Content-Length": str(len(data)),
            "Content-Disposition": f'attachment; filename="{safe(name)}.{stored.extension}"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "private, no-store",
        },
    )


def safe(name: str) -> str:
    """A file name of plain signs, at most 100 of them, that no system takes for a path."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "-", ascii_name).strip(".-")[:100] or "attachment"
