"""A page as it is kept: its bytes, ready in each encoding, and until when it holds."""

import gzip
import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b

import brotli
from django.http import HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date

# What a page may differ by: the first is never sent by those who get one, the others are in its
# key or made here.
VARIES_BY = {"cookie", "accept-language", "accept-encoding"}
LARGEST = 1_000_000  # bytes
COMPRESSED = re.compile(r"text/|application/(json|xml|atom\+xml|manifest\+json|javascript)")
SHORTEST_COMPRESSED = 200  # bytes
MINUTE, DAY = 60, 24 * 60 * 60  # seconds
MADE_HERE = {"Content-Encoding", "Content-Length", "ETag", "Last-Modified"}


@dataclass
class Kept:
    """
    A page, what it was made from, and the moment from which it is made anew (seconds since 1970).

    `modified` is the second since which its bytes have been the same, as far as is known here.
    """

    body: bytes
    headers: dict[str, str]
    etag: str
    modified: int
    until: float
    names: tuple[str, ...]
    tokens: tuple[bytes, ...]
    _encoded: dict[str, tuple[bytes, dict[str, str]]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """About how many bytes it takes, with both of its shorter forms."""
        return 2 * len(self.body) + 1000

    def encoded(self, encoding: str) -> tuple[bytes, dict[str, str]]:
        """Return the body in an encoding ("" for as it is) with its headers, made when asked."""
        if encoding and not self._is_compressed():
            encoding = ""
        if encoding not in self._encoded:
            body = ENCODERS[encoding](self.body)
            said = {"Content-Encoding": encoding} if encoding else {}
            self._encoded[encoding] = body, {"Content-Length": str(len(body)), **said}
        body, said = self._encoded[encoding]
        return body, {**self.headers, **said}

    def _is_compressed(self) -> bool:
        is_text = COMPRESSED.match(self.headers["Content-Type"]) is not None
        return is_text and len(self.body) >= SHORTEST_COMPRESSED

    def go_on_from(self, before: "Kept") -> None:
        """Take over what was made of the one before, if its bytes are the same."""
        if self.etag == before.etag:
            self.modified, self._encoded = before.modified, before._encoded

    def say_day(self, at: datetime) -> None:
        """
        Say since when it has been as it is, to the day, once that day is over.

        More would tell when something happened of which we tell only the day. While the day lasts
        any answer would be too early for a change that comes later in it.
        """
        day_over = (self.modified // DAY + 1) * DAY
        if day_over <= at.timestamp():
            self.headers["Last-Modified"] = http_date(day_over)


ENCODERS = {
    "": lambda body: body,
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
    "br": lambda body: brotli.compress(body, mode=brotli.MODE_TEXT, quality=5),
}


@lru_cache(maxsize=256)
def chosen_encoding(accepted: str) -> str:
    """Return the shortest encoding that a browser takes, as its header says; "" for none."""
    offered = {}
    for each in accepted.lower().split(","):
        name, _, weight = each.partition(";")
        offered[name.strip()] = not re.fullmatch(r"\s*q=0(\.0*)?\s*", weight)
    return next((name for name in ("br", "gzip") if offered.get(name)), "")


def next_minute(at: datetime) -> float:
    """Return when the minute ends, in seconds since 1970."""
    return (at.timestamp() // MINUTE + 1) * MINUTE


def is_kept(response: HttpResponseBase) -> bool:
    """Say whether an answer to somebody without a cookie is everybody's, and may be kept."""
    control = response.get("Cache-Control", "").lower()
    varies = {each.strip().lower() for each in response.get("Vary", "").split(",") if each.strip()}
    return (
        isinstance(response, HttpResponse)
        and response.status_code == 200
        and not response.cookies
        and "private" not in control
        and "no-store" not in control
        and varies <= VARIES_BY
        and response.get("Content-Encoding", "gzip") == "gzip"
        and len(response.content) <= LARGEST
    )


def kept(
    response: HttpResponse,
    at: datetime,
    names: tuple[str, ...],
    tokens: tuple[bytes, ...],
) -> Kept:
    """Return what is kept of an answer that was begun at an aware instant."""
    body = response.content
    if response.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
    headers = {name: value for name, value in response.items() if name not in MADE_HERE}
    # Whoever has a part of a file can go on with it: its bytes are the same in each answer.
    strength = "W/" if COMPRESSED.match(headers["Content-Type"]) else ""
    etag = headers["ETag"] = f'{strength}"{blake2b(body, digest_size=16).hexdigest()}"'
    headers.setdefault("Cache-Control", "no-cache")
    return Kept(body, headers, etag, int(at.timestamp()), next_minute(at), names, tokens)
