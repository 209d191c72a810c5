"""
Asking whether an address answers, as a polite stranger: little is read, and nothing is told.

Only hosts on the public network are asked: the address that a name stands for is looked at before
each connection, which then goes to that very address.
"""

import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from html import unescape
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

from knowledge.sources.addresses import same_address

SECONDS_OF_SILENCE = 10
# One address with all its redirects takes no longer, however slowly somebody sends.
MOST_SECONDS = 40
MOST_BYTES = 64 * 1024
MOST_REDIRECTS = 5
REDIRECTS = {301, 302, 303, 307, 308}
FOR_GOOD = {301, 308}
# Somebody is there, who lets no machine in: readers are let in.
KEPT_OUT = {401, 403, 429, 451}
# What sites put into titles and headings where nothing is.
NOT_FOUND = re.compile(
    r"\b404\b|not[ -]found|no longer (?:exists|available)|page introuvable|non trouvée?\b"
    r"|no encontrad[oa]|не найден|غير موجود|لم يتم العثور|找不到|nicht gefunden",
    re.IGNORECASE,
)
HEADINGS = re.compile(r"<(title|h1)\b[^>]*>(.*?)</\1>", re.IGNORECASE | re.DOTALL)
# Addresses of the older network, translated into the newer one.
NAT64 = ipaddress.ip_network("64:ff9b::/96")
ROOTS = re.compile(r"/(?:[a-z]{2}(?:-[a-z]{2,4})?/?)?(?:index\.\w+|home/?)?", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """The answer of an address: whether it is what it promises, and where it was moved for good."""

    answers: bool
    moved_to: str = ""


class _NotPublicError(Exception):
    """An address is none of the public web's."""


def ask(address: str, *, even_private: bool = False) -> Found:
    """
    Ask an address, and follow where it leads. Never raises; what cannot be asked does not answer.

    `even_private` lifts the rule about public hosts and ports, for a server on this machine.
    """
    until = time.monotonic() + MOST_SECONDS
    try:
        return _follow(address, even_private, until)
    except (_NotPublicError, HTTPException, OSError, ValueError):
        return Found(answers=False)


def _follow(address: str, even_private: bool, until: float) -> Found:
    here, moved_to, is_for_good = address, "", True
    for _hop in range(MOST_REDIRECTS + 1):
        status, leads_to, text = _look_at(here, even_private, until)
        if status not in REDIRECTS:
            is_there = status in KEPT_OUT or (200 <= status < 300 and not NOT_FOUND.search(text))
            is_there = is_there and not _lost_its_path(address, here)
            is_moved = is_there and same_address(moved_to) != same_address(address)
            return Found(is_there, moved_to if is_moved else "")
        if not leads_to:
            break
        here = urljoin(here, leads_to)
        is_for_good = is_for_good and status in FOR_GOOD
        moved_to = here if is_for_good else moved_to
    return Found(answers=False)


def _lost_its_path(asked: str, led_to: str) -> bool:
    """Say whether a page's address led to the root of a site."""
    was, now = urlsplit(asked), urlsplit(led_to)
    return not ROOTS.fullmatch(was.path or "/") and bool(
        ROOTS.fullmatch(now.path or "/") and not now.query
    )


def _look_at(address: str, even_private: bool, until: float) -> tuple[int, str, str]:
    """Return status, where it leads, and titles: by HEAD, and by GET where that does not do."""
    parts = urlsplit(iri_to_uri(address))
    with suppress(HTTPException, OSError), _asked("HEAD", parts, even_private, until) as response:
        is_page = "html" in response.headers.get("Content-Type", "html")
        if response.status in REDIRECTS or (200 <= response.status < 300 and not is_page):
            return response.status, _leads_to(response), ""
    with _asked("GET", parts, even_private, until) as response:
        text = response.read(MOST_BYTES).decode("utf-8", "replace")
        titles = " ".join(unescape(match[2]) for match in HEADINGS.finditer(text))
        return response.status, _leads_to(response), titles


def _leads_to(response: HTTPResponse) -> str:
    """Return where a response leads: sites write UTF-8 where Latin-1 is read."""
    return (response.headers.get("Location") or "").encode("latin-1").decode("utf-8", "replace")


@contextmanager
def _asked(
    method: str, parts: SplitResult, even_private: bool, until: float
) -> Iterator[HTTPResponse]:
    """Send a request to the public address that the host stands for; end it when time is up."""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _NotPublicError
    port = parts.port or (443 if parts.scheme == "https" else 80)
    host = parts.hostname.encode("idna").decode()
    at = _public_address(host, port, even_private)
    connection = _Pinned(host, port, at, is_secure=parts.scheme == "https")
    timer = threading.Timer(_left(until), connection.hang_up)
    timer.daemon = True
    timer.start()
    try:
        target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        headers = {"User-Agent": _user_agent(), "Accept": "*/*", "Connection": "close"}
        connection.request(method, target, headers=headers)
        yield connection.getresponse()
        _left(until)  # what was cut off may look like an answer
    finally:
        timer.cancel()
        connection.close()


def _left(until: float) -> float:
    """Return how many seconds are left. Raises TimeoutError where none is."""
    if (left := until - time.monotonic()) <= 0:
        raise TimeoutError
    return left


def _user_agent() -> str:
    """Return who asks and why, with the portal's address."""
    return f"LinkCheck/1.0 (weekly check of cited sources; +{settings.BASE_URL}/)"


def _public_address(host: str, port: int, even_private: bool) -> str:
    """Return the address to connect to. Raises _NotPublicError where one of them is not public."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in found]
    usual = port in (80, 443) and all(_is_public(each) for each in addresses)
    if not addresses or not (usual or even_private):
        raise _NotPublicError
    return addresses[0]


def _is_public(address: str) -> bool:
    """Say whether an address is one of the public network, also where it hides another."""
    told = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(told, ipaddress.IPv6Address):
        teredo = told.teredo or ()
        within = [told.ipv4_mapped, told.sixtofour, *teredo]
        if told in NAT64:
            within.append(ipaddress.IPv4Address(int(told) & 0xFFFFFFFF))
        if not all(each.is_global for each in within if each):
            return False
        if told.ipv4_mapped:
            return True
    return told.is_global and not told.is_multicast


class _Pinned(HTTPConnection):
    """A connection to one address, whatever the name stands for a moment later."""

    def __init__(self, host: str, port: int, address: str, *, is_secure: bool) -> None:
        super().__init__(host, port, timeout=SECONDS_OF_SILENCE)
        self.address, self.is_secure = address, is_secure
        self.default_port = 443 if is_secure else 80

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.is_secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)

    def hang_up(self) -> None:
        """End whatever goes on, from another thread."""
        if (sock := self.sock) is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
