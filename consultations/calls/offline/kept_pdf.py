"""The form's PDF, kept in memory: a file would tell when somebody asked for it."""

import hashlib
import threading

from django.core.cache import caches

from portal.pdf.rendering import pdf_of
from portal.web.upgrades import code

A_WEEK = 7 * 24 * 60 * 60
_making = threading.Lock()


def kept_pdf_of(html: str) -> bytes:
    """
    Return the PDF of a form, made once for each wording by each way of writing it.

    Whoever asks while one is made waits for it, and does not make it as well. Raises
    PdfUnavailableError.
    """
    key = f"form-pdf-{hashlib.sha256(f'{code()} {html}'.encode()).hexdigest()}"
    kept = caches["pages"]
    content: bytes | None = kept.get(key)
    if content is None:
        with _making:
            content = kept.get(key)
            if content is None:
                content = pdf_of(html)
                kept.set(key, content, A_WEEK)
    return content
