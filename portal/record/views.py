"""
The record's pages, for people, and its addresses for machines.

None of them writes anything, or tells of a day that has not ended. They name no person, so they
need no session and no permission.
"""

import json
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.paginator import InvalidPage, Paginator
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.confidential import confidential
from portal.metadata import metadata
from portal.onion import on_the_open_web
from portal.open_data import open_data
from portal.record import export, public, receipts, tree, verify
from portal.record.models import Checkpoint, Entry
from portal.web.downloads import saved_as
from portal.web.revalidation import revalidated, tag_of

PER_PAGE = 20
LEAF = re.compile(r"[0-9a-f]{64}")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show what the record is, its root as the last day left it, and the published roots."""
    try:
        page = Paginator(Checkpoint.objects.all(), PER_PAGE).page(request.GET.get("page", 1))
    except InvalidPage:
        raise Http404 from None
    size = tree.size()
    context = {
        "size": size,
        "root": tree.root(size).hex(),
        "until": Checkpoint.objects.last_day(),
        "page": page,
        **metadata(request, _dataset()),
    }
    return render(request, "record/index.html", context)


def _dataset() -> dict[str, Any]:
    """Describe the record as a data set of schema.org."""
    files = {"record:leaves": "application/x-ndjson", "record:checkpoints": "application/json"}
    return {
        "@type": "Dataset",
        "name": f"{settings.SITE_NAME}: {_('The record')}",
        "description": _("Every act of the portal as a leaf of a Merkle tree (RFC 9162)."),
        "creator": {"@type": "Organization", "name": settings.SITE_NAME},
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": media_type,
                "contentUrl": on_the_open_web(reverse(name)),
            }
            for name, media_type in files.items()
        ],
    }


@require_safe
@confidential
def entry(request: HttpRequest, index: int) -> HttpResponse:
    """Show an entry: what it states if it is public; of the others only the hash."""
    found = _entry(index)
    opened = found.public and found.text is not None
    context = {
        "entry": found,
        "stated": _written_out(found.statement) if opened else "",
        "salt": bytes(found.salt or b"").hex() if opened else "",
        "erased": found.public and found.is_erased,
        "tombstone": found.public_tombstone(),
    }
    return render(request, "record/entry.html", context)


@require_safe
@confidential
@open_data
def entry_receipt(request: HttpRequest, index: int) -> HttpResponse:
    """Send the receipt of a public entry: anybody may hold one."""
    found = _entry(index)
    if not found.public or found.text is None:
        raise Http404
    return JsonResponse(
        receipts.receipt(found),
        json_dumps_params={"indent": 1, "ensure_ascii": False},
        headers=saved_as(f"receipt-{found.index}.json"),
    )


@require_safe
@confidential
@open_data
def proof(request: HttpRequest, leaf: str) -> HttpResponse:
    """Send the proof of a leaf's place; before its day has ended, as of one that is not there."""
    is_hash = LEAF.fullmatch(leaf) is not None
    found = Entry.objects.placed().filter(leaf=leaf).first() if is_hash else None
    if found is None:
        return JsonResponse({"error": "There is no such leaf in the record."}, status=404)
    return JsonResponse(receipts.proof(found))


@require_safe
@revalidated
@open_data
def formats(request: HttpRequest) -> HttpResponse:
    """Say how all of it is made, to whoever writes a verifier."""
    return HttpResponse(export.formats(), content_type="text/plain; charset=utf-8")


@require_safe
@revalidated
@confidential
@open_data
def script(request: HttpRequest) -> HttpResponseBase:
    """Send the script that checks exports and receipts."""
    return FileResponse(
        Path(verify.__file__).open("rb"),
        content_type="text/x-python; charset=utf-8",
        headers=saved_as("verify.py"),
    )


@require_safe
@revalidated
@open_data
def leaves(request: HttpRequest) -> HttpResponseBase:
    """Send the public export's entries, of the record as it stood with `size` of them."""
    try:
        size = _asked(request, "size", tree.size())
    except ValueError as error:
        return _refused(error)
    return StreamingHttpResponse(
        public.leaves(size),
        content_type="application/x-ndjson; charset=utf-8",
        headers={**saved_as("leaves.jsonl"), "ETag": tag_of(*public.named(size))},
    )


@require_safe
@revalidated
@open_data
def checkpoints(request: HttpRequest) -> HttpResponse:
    """Send the published roots as the public export has them; `size` as for the leaves."""
    try:
        size = _asked(request, "size", tree.size())
    except ValueError as error:
        return _refused(error)
    return JsonResponse(
        public.checkpoints(size, tree.root(size)),
        json_dumps_params={"indent": 1, "ensure_ascii": False},
        headers={"Content-Disposition": 'inline; filename="checkpoints.json"'},
    )


@require_safe
@open_data
def consistency(request: HttpRequest) -> HttpResponse:
    """Send the proof that the record of `first` entries is the beginning of that of `second`."""
    try:
        second = _asked(request, "second", tree.size())
        first = _asked(request, "first", second)
    except ValueError as error:
        return _refused(error)
    return JsonResponse(receipts.consistency(first, second))


def _written_out(statement: Any) -> str:
    return json.dumps(statement, indent=2, ensure_ascii=False)


def _entry(index: int) -> Entry:
    if index >= tree.size():
        raise Http404
    return get_object_or_404(Entry, index=index)


def _asked(request: HttpRequest, name: str, most: int) -> int:
    """
    Return a size asked for in the address, at most `most`, which is also the default.

    Raises ValueError, with a message for whoever wrote the address.
    """
    given = request.GET.get(name, str(most))
    if not (given.isascii() and given.isdigit() and len(given) <= 10 and int(given) <= most):
        raise ValueError(f"{name} is a whole number of at most {most}.")
    return int(given)


def _refused(error: ValueError) -> JsonResponse:
    return JsonResponse({"error": str(error)}, status=400)
