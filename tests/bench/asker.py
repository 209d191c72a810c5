"""
A client that asks for one page again and again, where there is no wrk.

`python -m tests.bench.asker SECONDS CONNECTIONS ENCODINGS URL` prints "123 requests", as wrk does
among other things; it ends at the first answer that is not 200.
"""

import re
import socket
import sys
import time
from urllib.parse import urlsplit

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.I)
END_OF_HEAD = b"\r\n\r\n"


def main(seconds: str, connections: str, encodings: str, url: str) -> None:
    """Ask over all connections at once, then take all answers, and so on."""
    place = urlsplit(url)
    assert place.hostname
    assert place.port
    accepted = f"Accept-Encoding: {encodings}\r\n" if encodings else ""
    request = f"GET {place.path} HTTP/1.1\r\nHost: {place.netloc}\r\n{accepted}\r\n".encode()
    opened = [
        socket.create_connection((place.hostname, place.port), timeout=30)
        for _ in range(int(connections))
    ]
    asked, end = 0, time.monotonic() + float(seconds)
    while time.monotonic() < end:
        for each in opened:
            each.sendall(request)
        for each in opened:
            take(each)
        asked += len(opened)
    print(f"{asked} requests")


def take(connection: socket.socket) -> None:
    """Read one answer to its end."""
    answer = connection.recv(262_144)
    while (head := answer.find(END_OF_HEAD)) < 0:
        answer += connection.recv(262_144)
    assert answer.startswith(b"HTTP/1.1 200"), answer[:200]
    found = LENGTH.search(answer, 0, head + 2)
    assert found, answer[:500]
    missing = head + len(END_OF_HEAD) + int(found[1]) - len(answer)
    while missing > 0:
        missing -= len(connection.recv(262_144))


if __name__ == "__main__":
    main(*sys.argv[1:])
