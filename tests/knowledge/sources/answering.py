"""A real server on this machine that answers as the sites of sources do."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = "<html><head><title>Regulation</title></head><body><h1>Regulation</h1></body></html>"
LOST = "<html><head><title>Page not found</title></head><body></body></html>"


class Site:
    """A site by path: (status, headers, body). `asked` are (method, path, headers) in order."""

    def __init__(self) -> None:
        self.paths: dict[str, tuple[int, dict[str, str], str]] = {}
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.refuses_head = False
        self.base = ""

    def puts(self, path: str, status: int = 200, body: str = PAGE, **headers: str) -> str:
        """Put something at a path; return its address. `Location` is a header, as all others."""
        self.paths[path] = (status, {"Content-Type": "text/html", **headers}, body)
        return f"{self.base}{path}"


@contextmanager
def answering() -> Iterator[Site]:
    """Run such a site while tests ask it."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            site.asked.append((self.command, self.path, dict(self.headers)))
            if self.command == "HEAD" and site.refuses_head:
                self.send_error(405)
                return
            status, headers, body = site.paths.get(self.path, (404, {}, LOST))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body.encode())

        do_GET = do_HEAD = answer  # noqa: N815 - names of the library

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
