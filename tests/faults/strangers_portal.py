"""The portal as an operator starts it, its mail server, and its staff: what a stranger meets."""

import contextlib
import html
import os
import re
import secrets
import signal
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from tests.faults.answering_server import ROOT, Server
from tests.faults.strangers_client import Page, Stranger

HOST = "portal.example.org"
HOME = f"https://{HOST}/"
STAFF_PASSWORD = "code-in-practice"
# What an operator can take out, in one process.
COMMANDS = """
import sys
import django
django.setup()
from django.core.management import call_command
where = sys.argv[1]
call_command("dumpdata", "--all", "--output", f"{where}/dumpdata.json", verbosity=0)
call_command("export_record", f"{where}/export_record")
call_command("verify_record")
call_command("search_outbox")
"""


class Mailbox(socketserver.ThreadingTCPServer):
    """A mail server that takes everything and keeps it in memory, with what was said before it."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        self.messages: list[bytes] = []
        super().__init__(("127.0.0.1", 0), _Delivery)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Delivery(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        def say(line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        say("220 mail ready")
        envelope = b""
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"DATA":
                say("354 go on")
                for more in self.rfile:
                    if more == b".\r\n":
                        break
                    envelope += more
                self.server.messages.append(envelope)
                envelope = b""
                say("250 kept")
            elif verb == b"QUIT":
                return say("221 bye")
            else:
                envelope += line
                say("250 go on")


class Portal(Server):
    """Production's settings and log, two workers, SQLite; the demonstration's content."""

    def __init__(self, folder: Path, mailbox: Mailbox) -> None:
        super().__init__(folder / "data", workers=2)
        self.folder, self.data, self.mailbox = folder, folder / "data", mailbox
        (folder / "temporary").mkdir()
        self.data.mkdir()
        # Nothing of the tests' own settings, which loosen what is tried here.
        self.environment = {
            **{key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ},
            "DATA_DIR": str(self.data),
            "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
            "PORT": str(self.port),
            "SECRET_KEY": secrets.token_urlsafe(50),
            "TMPDIR": str(folder / "temporary"),
        }
        self.log = folder / "server.log"
        self.references: set[str] = set()  # of the answers that are looked for

    def prepare(self) -> None:
        self.manage("manage.py", "migrate", "--verbosity", "0")
        self.manage("manage.py", "demo")
        # The demonstration gave the content; from here on it is a portal on the open web.
        self.environment |= {
            "DJANGO_SETTINGS_MODULE": "tests.faults.strangers_settings",
            "ALLOWED_HOSTS": f"{HOST},127.0.0.1",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mailbox.server_address[1]}",
            "SECURITY_CONTACT": "mailto:security@example.org",
            "STAFF_MFA_REQUIRED": "false",  # its staff are no part of what is tried here
        }

    @contextlib.contextmanager
    def running(self) -> Iterator[subprocess.Popen]:
        """As docs/deploy.md starts it: granian says what it says by default."""
        command = [
            str(Path(sys.executable).with_name("granian")),
            *("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port)),
            *("--workers", "2", "--blocking-threads", "4", "--no-ws", "portal.wsgi:application"),
        ]
        with self.log.open("w") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        try:
            self._wait()
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=30)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

    def run(self, *arguments: str) -> bytes:
        """What a command says, on both ways out."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT, env=self.environment, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout + done.stderr

    # -- what it keeps ---------------------------------------------------------------------------

    def kept(self) -> Iterator[tuple[str, bytes]]:
        from tests.faults.strangers_canaries import files_under

        for name, data in files_under(self.data):
            if name != "secret_key":
                yield f"data: {name}", data
        for name, data in files_under(self.folder / "temporary"):
            yield f"temporary: {name}", data
        yield "log", self.log.read_bytes()
        for number, message in enumerate(self.mailbox.messages):
            yield f"mail {number}", message

    def exports(self, stage: str, *, pages: int) -> Iterator[tuple[str, bytes]]:
        """What staff take out at the command line; what everybody and staff read by links."""
        where = self.folder / f"taken-out-{stage}"
        where.mkdir()
        yield "what the commands say", self.run("-c", COMMANDS, str(where))
        for path in sorted(where.rglob("*")):
            if path.is_file():
                yield f"manage.py {path.relative_to(where)}", path.read_bytes()
        yield from crawl("public", Stranger(self.port, HOST), HOME, pages, self.worth(public))
        for account in ("moderator", "admin"):
            staff = self.staff(f"{account}@demo.example")
            yield from crawl(account, staff, f"{HOME}admin/", pages, self.worth(of_staff))

    def worth(self, of: Callable[[str], int]) -> Callable[[str], int]:
        def worth(address: str) -> int:
            if any(each in address for each in self.references):
                return 0 if re.search(r"/(redact|dispute)\b", address) else 5
            return of(address)

        return worth

    def staff(self, email: str) -> Stranger:
        staff = Stranger(self.port, HOST)
        page = staff.see(f"{HOME}admin/")
        form = next(each for each in page.forms() if each.controls("password"))
        who = next(
            each for each in form.controls("text", "email") if each["name"] in ("login", "username")
        )
        secret = form.controls("password")[0]
        page = staff.press(
            form, form.buttons()[0], {who["name"]: email, secret["name"]: STAFF_PASSWORD}
        )
        assert page.status == 200, (page.status, page.text[:500])
        return staff


def public(address: str) -> int:
    """How soon a link is followed; 0: never."""
    parts = urlsplit(address)
    if re.search(r"/(respond|accounts|form|admin|dispute)\b", parts.path) or "page=" in parts.query:
        return 0
    if re.search(r"order=|question=", parts.query) or re.search(
        r"/responses/ECHRI|/history/|/discussion/|record/(\d|proof)", parts.path
    ):
        return 0  # the same in another order, and answers of others
    if re.search(r"\.(csv|json|jsonl|xlsx|xml|atom)$|feed", parts.path):
        return 4
    return (
        3
        if "responses" in parts.path
        else int("consultation" in parts.path or "record" in parts.path)
    )


def of_staff(address: str) -> int:
    parts = urlsplit(address)
    if not parts.path.startswith("/admin/"):
        return 0
    if re.search(
        r"/(logout|edit|add|delete|redact|bulk|pages|images|results|settings|choose-page)\b|[?&](p|ordering)=",
        address,
    ):
        return 0
    if "export=" in parts.query or re.search(r"\.(csv|json|xlsx)$", parts.path):
        return 4
    if re.search(r"/responses/.", parts.path):  # answers of others
        return 0
    return 3 if re.search(r"report|log|respons|missed|disput|document", parts.path) else 1


def crawl(
    who: str, reader: Stranger, start: str, limit: int, worth: Callable[[str], int]
) -> Iterator[tuple[str, bytes]]:
    """Pages by their links, those that tell most first."""
    seen, waiting = {start}, [start]
    while waiting and limit:
        waiting.sort(key=worth)
        page: Page = reader.see(waiting.pop())
        limit -= 1
        yield f"{who} page {page.address}", bytes(page.headers) + page.body
        # The admin's menu stands in its script.
        menu = re.findall(rb"&quot;(/admin/[^&]*)&quot;|\"(/admin/[^\"]*)\"", page.body)
        more = [urljoin(HOME, (a or b).decode()) for a, b in menu]
        more += [
            urljoin(page.address, html.unescape(each.decode())).split("#")[0]
            for each in re.findall(rb'<a [^>]*?href="([^"]+)"', page.body)
        ]
        for address in more:
            if urlsplit(address).hostname == HOST and address not in seen and worth(address):
                seen.add(address)
                waiting.append(address)


def until(true: Callable[[], Any], what: str, seconds: float = 30) -> Any:
    """Wait for something, and no longer than it takes."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := true():
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited in vain for {what}")
