"""Places of their own for the bytes that tests store, and a scanner to ask."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile


@pytest.fixture
def media(settings, tmp_path) -> Path:
    """An empty MEDIA_ROOT, and no scanner."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CLAMD_URL = ""
    return settings.MEDIA_ROOT


@pytest.fixture
def upload() -> Callable[..., SimpleUploadedFile]:
    def make(data: bytes, name: str = "a.txt", kind: str = "text/plain") -> SimpleUploadedFile:
        return SimpleUploadedFile(name, data, content_type=kind)

    return make


@pytest.fixture
def clamd(settings, media) -> str:
    """A real clamd: see .ci/clamd. On a machine of our own one may be missing, in CI never."""
    url = os.environ.get("CLAMD_URL", "")
    if not url:
        if os.environ.get("CI") == "true":
            pytest.fail("CLAMD_URL is not set: .ci/run starts a clamd")
        pytest.skip("needs a clamd: source .ci/clamd first")
    settings.CLAMD_URL = url
    return url


@contextmanager
def answering(reply: bytes | None) -> Iterator[str]:
    """The address of something that reads a while and answers so; None closes at once."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                if reply is None:
                    continue
                received = b""
                while not received.endswith(b"\0\0\0\0"):
                    piece = connection.recv(65536)
                    if not piece:
                        break
                    received = (received + piece)[-8:]
                connection.sendall(reply)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(timeout=5)


def stored_paths(media: Path) -> list[Path]:
    return sorted(path for path in media.rglob("*") if path.is_file())
