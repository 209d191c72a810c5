"""The pages of a file that is being made; no cache keeps them and no address leaves them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from portal.made.registry import maker
from portal.made.store import FULL, READY, WAITING, Asked

AGAIN = 2  # seconds, after which the page asks how far it is
RETRY_AFTER = 60  # seconds, where too much waits


def page(request: HttpRequest, token: str, asked: Asked) -> HttpResponse:
    """Show how far a file is: waiting, ready, or why there is none; 503 where too much waits."""
    has_print = maker(asked.maker).printable is not None
    context = {
        "state": asked.state,
        "back": asked.back,
        "again": AGAIN if asked.state == WAITING else 0,
        "print_href": reverse("made:print", args=[token]) if has_print else "",
        "href": reverse("made:download", args=[token]) if asked.state == READY else "",
        "name": asked.name,
        "kind": asked.name.rpartition(".")[2].upper(),
        "size": asked.size,
    }
    status = 503 if asked.state == FULL else 200
    answer = render(request, "made/made.html", context, status=status)
    if asked.state == FULL:
        answer["Retry-After"] = str(RETRY_AFTER)
    return kept_by_nobody(answer)


def gone(request: HttpRequest) -> HttpResponse:
    """Show that nothing is at this address, or not any more."""
    return kept_by_nobody(render(request, "made/gone.html", status=404))


def kept_by_nobody(answer: HttpResponse) -> HttpResponse:
    """Keep an answer out of caches and search engines, and its address out of what is opened."""
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer
