"""Asking for a file, and making it: outside the request, for it may take some seconds."""

import logging
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, override

from portal.confidential import unheard
from portal.made import store
from portal.made.presenters import page
from portal.made.rate_limits import MADE
from portal.made.registry import Made, maker
from portal.made.store import FAILED, FULL, LOST, READY, UNAVAILABLE, Asked
from portal.made.waiting_room import Job, room
from portal.pdf.rendering import PdfUnavailableError
from portal.web.clients import client_of
from portal.web.limit_store import StoreAway

logger = logging.getLogger(__name__)
MOST_BYTES = 40_000_000  # of one file


class TooBigError(Exception):
    """The file has more than `MOST_BYTES`."""


def ask_for(request: HttpRequest, name: str, data: dict[str, Any]) -> HttpResponse:
    """
    Have a file made of `data`, which JSON can hold, and lead to the page where it will be.

    `name` is what `registry.register` was given. Whoever asks too often is asked to wait
    (MustWait); where too much waits already, the answer is a page with status 503. Nothing of
    `data` is kept but sealed under an address of chance. Raises StoreAway.
    """
    MADE.take(request)
    token = store.new_token()
    asked = Asked(name, data, get_language() or "", request.path)
    store.keep(token, asked)
    job = Job(partial(_make, token, asked), partial(_note, token, replace(asked, state=LOST)))
    if not room.put(job, client_of(request).alone):
        asked = replace(asked, state=FULL)
        store.keep(token, asked)
        return page(request, token, asked)
    to = reverse("made:show", args=[token])
    return HttpResponse(
        status=303,
        headers={"Location": to, "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"},
    )


def _make(token: str, asked: Asked) -> None:
    """Make the file and keep it, or say why there is none. Never raises."""
    with unheard(), override(asked.language):
        _note(token, asked)
        try:
            made = maker(asked.maker).make(asked.data)
            if len(made.content) > MOST_BYTES:
                raise TooBigError
            _keep(token, asked, made)
        except PdfUnavailableError:
            _note(token, replace(asked, state=UNAVAILABLE))
        except Exception:
            # Its words may quote what was typed: a line in which nothing is heard has none.
            logger.exception("a file could not be made")
            _note(token, replace(asked, state=FAILED))


def _keep(token: str, asked: Asked, made: Made) -> None:
    store.keep_file(token, made.content)
    about: dict[str, Any] = {
        "name": made.name,
        "content_type": made.content_type,
        "size": len(made.content),
    }
    store.keep(token, replace(asked, state=READY, **about))


def _note(token: str, asked: Asked) -> None:
    """Say how far it is, where that can be kept."""
    with suppress(StoreAway):
        store.keep(token, asked)
