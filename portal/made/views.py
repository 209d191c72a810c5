"""A file that somebody asked for, under the address that only they have."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal.confidential import confidential
from portal.made import store
from portal.made.presenters import gone, kept_by_nobody, page
from portal.made.registry import maker
from portal.made.store import READY
from portal.web.downloads import saved_as
from portal.web.revalidation import revalidated


@require_safe
@confidential
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Say how far the file is, and offer it once it is there."""
    asked = store.look(token)
    return gone(request) if asked is None else page(request, token, asked)


@require_safe
@revalidated
@confidential
def download(request: HttpRequest, token: str) -> HttpResponse:
    """Send the file; until it is there, the page that says how far it is."""
    asked = store.look(token)
    if asked is None:
        return gone(request)
    if asked.state != READY:
        return page(request, token, asked)
    if (content := store.file(token)) is None:
        return gone(request)
    headers = saved_as(asked.name)
    answer = HttpResponse(content, content_type=asked.content_type, headers=headers)
    return kept_by_nobody(answer)


@require_safe
@confidential
def printed(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the file would hold as a page to print."""
    asked = store.look(token)
    printable = maker(asked.maker).printable if asked else None
    if asked is None or printable is None:
        return gone(request)
    return kept_by_nobody(printable(request, asked.data))
