"""
Asking ClamAV about a file, by the INSTREAM command of clamd's protocol.

The protocol is a length and bytes, a few lines over a socket, so no package is needed for it.
"""

import enum
import socket
import struct
from urllib.parse import urlsplit

from django.conf import settings

from portal.files.errors import ScannerUnavailable

CONNECT_SECONDS = 3.0
ANSWER_SECONDS = 30.0
CHUNK = 64 * 1024


class Verdict(enum.Enum):
    CLEAN = "clean"
    INFECTED = "infected"
    UNKNOWN = "unknown"


def scan(data: bytes) -> Verdict:
    """
    Say whether a file holds what the scanner knows as harmful; clean where no scanner is set.

    `settings.CLAMD_URL` is tcp://host:port or unix:/path. Raises ScannerUnavailable.
    """
    url = settings.CLAMD_URL
    if not url:
        return Verdict.CLEAN
    reply = ask(url, data)
    if reply == "stream: OK":
        return Verdict.CLEAN
    if reply.endswith(" FOUND"):
        return Verdict.INFECTED
    raise ScannerUnavailable  # e.g. its own size limit, or its database being loaded


def ask(url: str, data: bytes) -> str:
    """Send bytes to a clamd and return its line of answer."""
    try:
        with connect(url) as connection:
            connection.settimeout(ANSWER_SECONDS)
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), CHUNK):
                chunk = data[start : start + CHUNK]
                connection.sendall(struct.pack("!L", len(chunk)) + chunk)
            connection.sendall(struct.pack("!L", 0))
            reply = b""
            while not reply.endswith(b"\0") and (received := connection.recv(4096)):
                reply += received
                if len(reply) > CHUNK:
                    raise ScannerUnavailable
    except OSError as error:
        raise ScannerUnavailable from error
    return reply.rstrip(b"\0").decode("utf-8", "replace").strip()


def connect(url: str) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(CONNECT_SECONDS)
        try:
            connection.connect(parts.path)
        except OSError:
            connection.close()
            raise
        return connection
    return socket.create_connection(
        (parts.hostname or "127.0.0.1", parts.port or 3310), timeout=CONNECT_SECONDS
    )
