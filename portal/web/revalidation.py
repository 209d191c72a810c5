"""Files that are asked for again: whole, in parts, or only if they have changed (RFC 9110, 13)."""

import hashlib
import json
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.crypto import salted_hmac
from django.utils.http import parse_http_date_safe

from portal.confidential import is_confidential
from portal.front.conditions import withheld
from portal.web.ranges import Answer, asked, cut, file_of
from portal.web.upgrades import code

CONDITIONS = {
    "HTTP_IF_MATCH",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_UNMODIFIED_SINCE",
}
TEXT = ("text/", "application/json", "application/x-ndjson")
SURE_AFTER = 2  # seconds after which no other change is told by the same Last-Modified


def revalidated(view: Callable[..., Any]) -> Callable[..., Answer]:
    """
    Have a view's file sent whole, in the one part that is asked for, or not at all if it is known.

    The view is asked without conditions, and decides alone who may have the file. Bytes name
    themselves by their ETag. What is made while it is sent has one from `tag_of`, if any; it is
    made twice for a part of it, so the view must change nothing. A cache that keeps the file asks
    again each time (`no-cache`), unless the view says otherwise; where nobody may keep an answer,
    `PrivatePagesMiddleware` says so.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Answer:
        def make() -> Answer:
            return cast(Answer, view(request, *args, **kwargs))

        with withheld(request, CONDITIONS):
            whole = make()
        tag = _tag(whole) if request.method in ("GET", "HEAD") else ""
        return _answer(request, whole, tag, make) if tag else whole

    return answer


def tag_of(*named: Any) -> str:
    """
    Return the ETag of what is made as it is sent, by this code, from what these JSON values name.

    Nobody can try out what was in them: the tag is made with the portal's key.
    """
    written = json.dumps([code(), *named])
    return f'"{salted_hmac(__name__, written, algorithm="sha256").hexdigest()[:32]}"'


def _tag(whole: Answer) -> str:
    """Return the ETag of a file; "" of a page or a refusal, and of what has none yet."""
    if whole.status_code != 200 or whole.get("Content-Type", "").startswith("text/html"):
        return ""
    if isinstance(whole, FileResponse):
        file = file_of(whole)
        digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
        file.seek(0)
    elif isinstance(whole, HttpResponse):
        digest = hashlib.sha256(whole.content).hexdigest()
    else:
        return whole.get("ETag", "")
    return f'"{digest[:32]}"'


def _answer(request: HttpRequest, whole: Answer, tag: str, make: Callable[[], Answer]) -> Answer:
    whole["ETag"] = tag
    if settings.SESSION_COOKIE_NAME not in request.COOKIES and not is_confidential(request.path):
        whole.headers.setdefault("Cache-Control", "no-cache")
    if (same := _unless_needed(request, whole, tag)) is not None:
        return same
    given, said = asked(request), dict(whole.items())
    answer = cut(given, whole, make) if given and _goes_on(request, whole) else whole
    for name in {"ETag", "Cache-Control"} & said.keys():
        answer.headers.setdefault(name, said[name])
    answer["Accept-Ranges"] = "bytes"
    if answer.status_code == 206 or not answer["Content-Type"].startswith(TEXT):
        # A part is one of the bytes as they are. Other files get no smaller, and a whole one that
        # was compressed on its way cannot be gone on with.
        request.META["HTTP_ACCEPT_ENCODING"] = "identity"
    return answer


def _unless_needed(request: HttpRequest, whole: Answer, tag: str) -> HttpResponse | None:
    """Return the answer to a condition that keeps the file from being sent: 304, or 412."""
    modified = parse_http_date_safe(whole.get("Last-Modified", ""))
    since = parse_http_date_safe(request.META.get("HTTP_IF_MODIFIED_SINCE", ""))
    # As RFC 9110 has it, a day to come says nothing, nor any where the file tells none.
    if since and (modified is None or since > time.time()):
        del request.META["HTTP_IF_MODIFIED_SINCE"]
    if modified is None:
        request.META.pop("HTTP_IF_UNMODIFIED_SINCE", None)
    kept = cast(HttpResponse, whole)
    checked = get_conditional_response(request, etag=tag, last_modified=modified, response=kept)
    if checked is whole:
        return None
    if isinstance(whole, FileResponse):
        file_of(whole).close()
    return checked


def _goes_on(request: HttpRequest, whole: Answer) -> bool:
    """Say whether whoever asks for a part has the rest of this very file (RFC 9110, 13.1.5)."""
    held = request.META.get("HTTP_IF_RANGE")
    if held is None:
        return True
    if '"' in held:
        return held == whole["ETag"]
    modified = parse_http_date_safe(whole.get("Last-Modified", ""))
    is_sure = modified is not None and modified < time.time() - SURE_AFTER
    return is_sure and held == whole["Last-Modified"]
