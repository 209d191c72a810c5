"""The front: answers who has no cookie with a page that is kept, before anything else is done."""

import re
from collections.abc import Callable
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe
from django.utils.translation import get_language_from_request

from portal.confidential import is_confidential
from portal.front.conditions import withheld
from portal.front.kept import Kept, chosen_encoding, is_kept, kept, next_minute
from portal.front.memory import Memory
from portal.front.tables import ELSEWHERE, tables_read
from portal.front.tokens import EVERY_TABLE, TokensAwayError, tokens

MEGABYTE = 1024 * 1024
# Addresses with a query can be made up without end: they cannot push the others out.
SHARE_OF_QUERIES = 1 / 4
LONGEST_ADDRESS = 1_000
# What somebody searched for is kept nowhere. Who comes from a search gets a guide whose form knows
# the words (`knowledge.feedback`).
SEARCH = re.compile(r"(^|[?&])q=")
IN_A_LANGUAGE = re.compile(rf"/({'|'.join(re.escape(code) for code, _ in settings.LANGUAGES)})/")
# Answered here; a view would answer that nothing has changed, and there would be no page to keep.
CONDITIONS = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"}
Key = tuple[str, ...]


class FrontMiddleware:
    """
    Keeps pages that are everybody's, and answers with them.

    First of all middleware. A page holds until the minute ends, as all moments at which one changes
    by itself are full minutes, and until a table that it was made from changes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    @cached_property
    def plain(self) -> Memory:
        """Pages at addresses without a query."""
        return Memory(int(settings.FRONT_MEGABYTES * MEGABYTE * (1 - SHARE_OF_QUERIES)))

    @cached_property
    def asked(self) -> Memory:
        """Pages at addresses with one."""
        return Memory(int(settings.FRONT_MEGABYTES * MEGABYTE * SHARE_OF_QUERIES))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = key_of(request) if settings.FRONT_MEGABYTES else None
        if key is None:
            return self.get_response(request)
        memory = self.asked if request.META.get("QUERY_STRING") else self.plain
        try:
            return self.answer(request, key, memory)
        except TokensAwayError:
            return self.get_response(request)

    def answer(self, request: HttpRequest, key: Key, memory: Memory) -> HttpResponse:
        """Answer from memory, or with what is made now. Raises TokensAwayError."""
        if page := current(memory, key):
            return sent(page, request)
        if memory.is_not_kept(key, timezone.now().timestamp()):
            return self.get_response(request)
        with memory.by_one(key) as is_maker:
            if page := current(memory, key):  # another one made it since
                return sent(page, request)
            return self.make(request, key, memory) if is_maker else self.get_response(request)

    def make(self, request: HttpRequest, key: Key, memory: Memory) -> HttpResponse:
        """Make the page and keep it, if it is everybody's."""
        at, token_of = timezone.now(), tokens().now()
        with withheld(request, CONDITIONS), tables_read() as read:
            response = self.get_response(request)
        if ELSEWHERE in read or not is_kept(response):
            memory.do_not_keep(key, next_minute(at))
            # A file that is made while it is sent says by its tag whether it must be sent at all.
            tag = response.get("ETag")
            return get_conditional_response(request, etag=tag, response=response) or response
        names = (EVERY_TABLE, *sorted(read))
        page = kept(response, at, names, tuple(map(token_of, names)))
        if before := memory.get(key):
            page.go_on_from(before)
        page.say_day(at)
        memory.put(key, page)
        return sent(page, request)


def key_of(request: HttpRequest) -> Key | None:
    """Return what tells the page of a request from others; None if no kept page may answer it."""
    meta = request.META
    path, query = request.path_info, meta.get("QUERY_STRING", "")
    if (
        request.method not in ("GET", "HEAD")
        or meta.get("HTTP_COOKIE")
        or "HTTP_AUTHORIZATION" in meta
        or "HTTP_RANGE" in meta
        or len(path) + len(query) > LONGEST_ADDRESS
        or SEARCH.search(query)
        or SEARCH.search(meta.get("HTTP_REFERER", ""))
        or is_confidential(path)
    ):
        return None
    in_language = IN_A_LANGUAGE.match(path) is not None
    language = "" if in_language else get_language_from_request(request)
    host = meta.get("HTTP_HOST", meta.get("SERVER_NAME", ""))
    return str(request.scheme), host, path, query, language


def current(memory: Memory, key: Key) -> Kept | None:
    """Return the page under a key if it holds now. Raises TokensAwayError."""
    page = memory.get(key)
    if page and timezone.now().timestamp() < page.until and tokens().of(page.names) == page.tokens:
        return page
    return None


def sent(page: Kept, request: HttpRequest) -> HttpResponse:
    """Return the answer to one who asked for a page: its bytes, or that theirs are the same."""
    if has_same(page, request):
        said = {name: page.headers[name] for name in ("ETag", "Cache-Control", "Vary")}
        return HttpResponseNotModified(headers=said)
    body, headers = page.encoded(chosen_encoding(request.META.get("HTTP_ACCEPT_ENCODING", "")))
    return HttpResponse(body, headers=headers)


def has_same(page: Kept, request: HttpRequest) -> bool:
    """Say whether a browser has these bytes already (RFC 9110, 13.2.2)."""
    if tags := request.META.get("HTTP_IF_NONE_MATCH", ""):
        plain = page.etag.removeprefix("W/")
        return any(tag.strip().removeprefix("W/") in (plain, "*") for tag in tags.split(","))
    since = parse_http_date_safe(request.META.get("HTTP_IF_MODIFIED_SINCE", ""))
    now = timezone.now().timestamp()
    return since is not None and page.modified <= since <= now
