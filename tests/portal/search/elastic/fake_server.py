"""Whatever may stand at Elasticsearch's address, on a port of this machine."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[BaseHTTPRequestHandler], None]

HITS = {"total": {"value": 0, "relation": "eq"}, "max_score": None, "hits": []}
SOUND = {
    "took": 1,
    "timed_out": False,
    "_shards": {"total": 1, "successful": 1, "skipped": 0, "failed": 0},
    "hits": HITS,
    "aggregations": {"matching": {"doc_count": 0}, "weighty": {"doc_count": 0}},
}


def sends(
    body: bytes, *, status: int = 200, kind: str = "application/json", product: bool = True
) -> Answer:
    """Answers everything with this."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        if product:
            request.send_header("X-Elastic-Product", "Elasticsearch")
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return answer


def says(content: Any, **options: Any) -> Answer:
    """Answers everything with this as JSON."""
    return sends(json.dumps(content).encode(), **options)


def trickles(request: BaseHTTPRequestHandler) -> None:
    """A byte now and then, for a minute: no two of them far enough apart to give up."""
    request.send_response(200)
    request.send_header("X-Elastic-Product", "Elasticsearch")
    request.send_header("Content-Type", "application/json")
    request.send_header("Content-Length", "600")
    request.end_headers()
    for _ in range(600):
        if request.server.stopping.is_set():  # type: ignore[attr-defined]
            return
        request.wfile.write(b" ")
        time.sleep(0.1)


def hangs(request: BaseHTTPRequestHandler) -> None:
    """Nothing at all, for a minute."""
    request.server.stopping.wait(60)  # type: ignore[attr-defined]


def drops(request: BaseHTTPRequestHandler) -> None:
    """Ends the connection without a word."""
    request.connection.shutdown(socket.SHUT_RDWR)


class _Server(ThreadingHTTPServer):
    """Ends its connections when it ends, as a process does."""

    daemon_threads = True

    def __init__(self, *arguments: Any) -> None:
        self.stopping = threading.Event()
        self.connections: list[socket.socket] = []
        super().__init__(*arguments)

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        self.connections.append(connection)
        return connection, address

    def hang_up(self) -> None:
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class FakeServer:
    """
    Answers every request with `answer`, which may be changed.

    `asked` counts requests, `searches` those that search.
    """

    def __init__(self, answer: Answer, port: int = 0) -> None:
        self.answer = answer
        self.asked = self.searches = 0
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                fake.asked += 1
                fake.searches += "search" in self.path
                try:
                    fake.answer(self)
                except OSError:
                    self.close_connection = True

            do_GET = do_POST = do_HEAD = handle_any  # noqa: N815 - as the library calls them

            def log_message(self, *_: Any) -> None:
                pass

        self._server = _Server(("127.0.0.1", port), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    @contextmanager
    def running(self) -> Iterator["FakeServer"]:
        thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.stopping.set()
            self._server.shutdown()
            self._server.server_close()
            self._server.hang_up()
            thread.join()


def nobody() -> str:
    """An address at which every connection is refused."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"
