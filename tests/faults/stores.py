"""Redis on a socket of its own, for whoever needs one that can be stopped."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest


class Redis:
    """A server that keeps nothing on the disk; `address` is what REDIS_URL would be."""

    def __init__(self, folder: Path) -> None:
        self.program = shutil.which("redis-server")
        if self.program is None:
            assert os.environ.get("CI") != "true", "redis-server is missing"
            pytest.skip("there is no redis-server here")
        self.folder = folder
        self.socket = folder / "redis.socket"
        self.address = f"unix://{self.socket}"
        self.start()

    def start(self) -> None:
        self.socket.unlink(missing_ok=True)
        told = ["--port", "0", "--unixsocket", str(self.socket), "--save", "", "--dir", self.folder]
        self.process = subprocess.Popen([self.program, *told], stdout=subprocess.DEVNULL)
        patience = time.monotonic() + 20
        while not self.socket.exists():
            assert self.process.poll() is None, "redis-server ended"
            assert time.monotonic() < patience, "redis-server did not start in time"
            time.sleep(0.02)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
