"""The portal on a real server with drafts ready to be sent, and clients that send them."""

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
CSRF = "c" * 32
REFERENCE = re.compile(rb'notice__title">(ECHRI-[\d-]+)<')


@dataclass(frozen=True)
class Ready:
    """A draft that lacks nothing but being sent: its cookie and what the check page would post."""

    cookie: str
    revision: int


class Server:
    """`workers` processes behind one port, on a database of its own."""

    def __init__(self, folder: Path, *, workers: int) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        # The database is a file here whatever the suite runs on: what is killed is the server.
        kept_out = {"DATABASE_URL", "ELASTICSEARCH_URL", "SECRET_KEY"}
        self.environment = {
            **{key: value for key, value in os.environ.items() if key not in kept_out},
            "DATA_DIR": str(folder),
            "PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
            "LOG_LEVEL": "CRITICAL",
            # All come from one address here.
            "SENT_RESPONSES_AN_HOUR": "100000",
            "UNSENT_MEGABYTES_A_CLIENT": "100000",
        }
        self.log = folder / "server.log"
        self.workers = workers
        self.threads = 2
        self.application = "portal.wsgi:application"

    def manage(self, *arguments: str) -> str:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def prepare(self, drafts: int) -> tuple[str, list[Ready]]:
        """The address to send to, and so many drafts."""
        self.manage("manage.py", "migrate", "--verbosity", "0")
        self.manage("manage.py", "create_site", "--verbosity", "0")
        made = json.loads(self.manage("-m", "tests.faults.ready_drafts", str(drafts)))
        return made["path"], [Ready(**each) for each in made["drafts"]]

    def kept(self) -> dict[str, int]:
        """The reference of every response and how many versions it has, from the database."""
        return json.loads(self.manage("-m", "tests.faults.kept_responses"))

    @contextlib.contextmanager
    def running(self) -> Iterator[subprocess.Popen]:
        command = [
            str(Path(sys.executable).with_name("granian")),
            *("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port)),
            *("--workers", str(self.workers), "--no-ws"),
            *("--blocking-threads", str(self.threads)),
            *("--respawn-failed-workers", "--respawn-interval", "0.1", "--log-level", "critical"),
            self.application,
        ]
        with self.log.open("w") as log:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            self._wait()
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=20)
            with contextlib.suppress(ProcessLookupError):  # workers that outlived it, if any
                os.killpg(process.pid, signal.SIGKILL)

    def _wait(self) -> None:
        for _attempt in range(600):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
                connection.request("GET", "/health/live")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise AssertionError(self.log.read_text()[-2000:])

    def send(self, path: str, ready: Ready) -> str:
        """
        Post the check page of a draft and read the receipt it leads to; returns the reference.

        Raises OSError or http.client.HTTPException where the server went away; AssertionError where
        it answered with anything but a receipt.
        """
        return self.receipt(self.press(path, ready), ready)

    def press(self, path: str, ready: Ready) -> str:
        """Post the check page of a draft; returns the address of the receipt. Raises as `send`."""
        body = urlencode(
            {"csrfmiddlewaretoken": CSRF, "declared": "on", "revision": ready.revision}
        )
        answer = self._ask("POST", path, ready, body)
        assert answer.status == 302, answer.status
        assert answer.headers["Location"].endswith("/sent/"), answer.headers["Location"]
        return answer.headers["Location"]

    def _ask(
        self, method: str, path: str, ready: Ready, body: str | None = None
    ) -> http.client.HTTPResponse:
        """Ask as the browser does that has the draft in hand."""
        number = zlib.crc32(ready.cookie.encode())  # each browser comes from an address of its own
        source = f"127.{number >> 16 & 127 | 1}.{number >> 8 & 255}.{number & 127 | 1}"
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=30, source_address=(source, 0)
        )
        headers = {"Cookie": f"csrftoken={CSRF}; {ready.cookie}"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        return connection.getresponse()

    def receipt(self, path: str, ready: Ready) -> str:
        """Read the receipt, which is shown once; returns its reference. Raises as `send`."""
        answer = self._ask("GET", path, ready)
        page = answer.read()
        assert answer.status == 200, answer.status
        found = REFERENCE.search(page)
        assert found, page[:500]
        return found.group(1).decode()


def workers_of(process: subprocess.Popen) -> list[int]:
    """The worker processes of a running server."""
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return [int(pid) for pid in listed.split()]
