"""A part of a file that somebody asks for: one range of its bytes (RFC 9110, 14)."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import IO, NamedTuple, cast

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http import StreamingHttpResponse as Streamed

Answer = HttpResponse | Streamed
ONE = re.compile(r"bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*", re.I)
CHUNK = 64 * 1024  # bytes


class Part(NamedTuple):
    """Bytes of a file: the place of the first, and how many there are."""

    first: int
    length: int


def asked(request: HttpRequest) -> str:
    """Return the one range that is asked for; "" for none, for several and for nonsense."""
    given = request.META.get("HTTP_RANGE", "") if request.method == "GET" else ""
    found = ONE.fullmatch(given)
    if found is None or found[1] == found[2] == "":
        return ""
    is_backwards = bool(found[1] and found[2]) and int(found[1]) > int(found[2])
    return "" if is_backwards else given


def part_of(size: int, given: str) -> Part | None:
    """Return which of `size` bytes a range means that `asked` returned; None if none of them."""
    found = ONE.fullmatch(given)
    first, last = found.groups() if found else ("", "")
    if first == "":
        length = min(int(last or 0), size)
        return Part(size - length, length) if length else None
    if int(first) >= size:
        return None
    end = min(int(last) + 1, size) if last else size
    return Part(int(first), end - int(first))


def cut(given: str, whole: Answer, again: Callable[[], Answer]) -> Answer:
    """
    Return the part of an answer that a range means, with status 206, or that it has none, 416.

    What is made while it is sent is made twice, since its size is known at its end: `again` makes
    what is sent. Where that has another ETag by then, it is sent whole.
    """
    size = _size(whole)
    part = part_of(size, given)
    if part is None:
        if isinstance(whole, FileResponse):
            file_of(whole).close()
        headers = {"Content-Range": f"bytes */{size}", "Content-Type": "text/plain; charset=utf-8"}
        return HttpResponse(status=416, headers=headers)
    if isinstance(whole, FileResponse):
        file = file_of(whole)
        file.seek(part.first)
        whole.streaming_content = _read(file, part.length)
    elif isinstance(whole, Streamed):
        made = again()
        if not isinstance(made, Streamed) or made.get("ETag") != whole.get("ETag"):
            return made
        whole = made
        whole.streaming_content = _within(cast(Iterable[bytes], whole.streaming_content), part)
    else:
        whole.content = whole.content[part.first : part.first + part.length]
    whole.status_code = 206
    whole["Content-Range"] = f"bytes {part.first}-{part.first + part.length - 1}/{size}"
    whole["Content-Length"] = str(part.length)
    return whole


def file_of(answer: FileResponse) -> IO[bytes]:
    """Return the open file that an answer sends."""
    return cast(IO[bytes], answer.file_to_stream)


def _size(whole: Answer) -> int:
    if isinstance(whole, FileResponse):
        return file_of(whole).seek(0, 2)
    if isinstance(whole, Streamed):
        return sum(len(each) for each in cast(Iterable[bytes], whole.streaming_content))
    return len(whole.content)


def _read(file: IO[bytes], length: int) -> Iterator[bytes]:
    while length > 0 and (chunk := file.read(min(CHUNK, length))):
        length -= len(chunk)
        yield chunk


def _within(chunks: Iterable[bytes], part: Part) -> Iterator[bytes]:
    at, end = 0, part.first + part.length
    for chunk in chunks:
        if wanted := chunk[max(part.first - at, 0) : max(end - at, 0)]:
            yield wanted
        at += len(chunk)
        if at >= end:
            return
