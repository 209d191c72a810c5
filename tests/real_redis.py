"""A real redis-server for tests, on a socket in a folder, started and stopped at will."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest


class RedisServer:
    """One server; what it held is gone when it stops."""

    def __init__(self, folder: Path) -> None:
        found = shutil.which("redis-server")
        if found is None:
            assert os.environ.get("CI") != "true", "redis-server is missing"
            pytest.skip("there is no redis-server here")
        self._socket = folder / "socket"
        self._command = [
            *(found, "--port", "0", "--unixsocket", str(self._socket)),
            *("--save", "", "--dir", str(folder)),
        ]
        self.address = f"unix://{self._socket}"
        self.start()

    def start(self) -> None:
        self._server = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        patience = time.monotonic() + 20
        while not self._socket.exists():
            assert self._server.poll() is None, "redis-server ended"
            assert time.monotonic() < patience, "redis-server did not start in time"
            time.sleep(0.02)

    def stop(self) -> None:
        self._server.terminate()
        self._server.wait()
        self._socket.unlink(missing_ok=True)
