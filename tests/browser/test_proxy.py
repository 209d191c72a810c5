"""
The example configuration of docs/nginx.conf in a real nginx, before the real server.

What nginx writes is read afterwards: no line of those who answer, no address, nothing typed.
"""

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from portal.confidential import is_confidential
from tests.addresses import every_address
from tests.browser.conftest import Portal, free_port

EXAMPLES = Path(__file__).resolve().parents[2] / "docs"
AROUND = """
worker_processes 1;
daemon off;
{user}
pid {folder}/pid;
error_log {folder}/log/main.log notice;
events {{}}
http {{
    proxy_temp_path {folder}/temp;
    fastcgi_temp_path {folder}/temp;
    uwsgi_temp_path {folder}/temp;
    scgi_temp_path {folder}/temp;
    include {folder}/portal*.conf;
}}
"""
AGENT = "CanaryBrowser/6.6"
ANSWERING = "/en/consultations/facial-recognition-due-diligence/respond"


@dataclass(frozen=True)
class Proxy:
    """A running nginx; `plain` and `secure` are its ports for HTTP and HTTPS."""

    folder: Path
    plain: int
    secure: int

    def connection(self, *, secure: bool = True) -> http.client.HTTPConnection:
        if not secure:
            return http.client.HTTPConnection("127.0.0.1", self.plain, timeout=30)
        anybody = ssl._create_unverified_context()  # noqa: S323 - its certificate is our own
        return http.client.HTTPSConnection("127.0.0.1", self.secure, timeout=30, context=anybody)

    def logs(self) -> dict[str, str]:
        return {path.name: path.read_text() for path in (self.folder / "log").iterdir()}


def ask(connection: http.client.HTTPConnection, path: str, body: bytes | None = None, **headers):
    """Send one request and read its answer whole, so that the next can follow."""
    method = "GET" if body is None else "POST"
    connection.request(method, path, body, {"User-Agent": AGENT, **headers})
    answer = connection.getresponse()
    answer.read()
    return answer


def adapted(name: str, changes: dict[str, str]) -> str:
    """An example with ports, names and folders of the test's own, and nothing else changed."""
    text = (EXAMPLES / name).read_text()
    for example, own in changes.items():
        assert example in text, f"docs/{name} has no {example}"
        text = text.replace(example, own)
    return text


def certify(folder: Path) -> None:
    """A key, and a certificate that it signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    encoded = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "privkey.pem").write_bytes(encoded)
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(Encoding.PEM))


@pytest.fixture(scope="module")
def nginx(portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with running_nginx(tmp_path_factory.mktemp("nginx"), portal) as running:
        yield running


@pytest.fixture
def proxy(nginx: Proxy) -> Proxy:
    """The proxy with empty logs, so that a test reads what was written about its own requests."""
    for log in (nginx.folder / "log").iterdir():
        log.write_text("")  # nginx appends, and goes on at the new end
    return nginx


@contextmanager
def running_nginx(folder: Path, portal: Portal, *, onion: str = "") -> Iterator[Proxy]:
    """The examples in a real nginx; with `onion` also inside Tor, at the socket nginx.sock."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no nginx, and continuous integration needs one")
        pytest.skip("no nginx on this machine (on Debian: apt install nginx-light)")
    for name in ("ssl", "log", "uploads", "temp"):
        (folder / name).mkdir()
    certify(folder / "ssl")
    plain, secure = free_port(), free_port()
    everywhere = {
        "/var/log/nginx/": f"{folder}/log/",
        "/run/nginx-uploads": f"{folder}/uploads",
        "http://127.0.0.1:8000": portal.base,
        "http://127.0.0.1:8001": portal.base,
    }
    outside = {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl;": f"listen 127.0.0.1:{secure} ssl;",
        "portal.example.org": "127.0.0.1",
        "/etc/ssl/portal/": f"{folder}/ssl/",
    }
    inside = {"/run/portal-onion/": f"{folder}/", "ONION_HOST": onion}
    (folder / "portal.conf").write_text(adapted("nginx.conf", everywhere | outside))
    if onion:
        text = adapted("nginx-onion.conf", everywhere | inside)
        (folder / "portal-onion.conf").write_text(text)
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user))
    server = subprocess.Popen([program, "-p", folder, "-c", folder / "nginx.conf"])
    running = Proxy(folder, plain, secure)
    for _attempt in range(100):
        try:
            socket.create_connection(("127.0.0.1", secure), timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    else:
        pytest.fail(str(running.logs()))
    yield running
    server.terminate()
    server.wait(timeout=20)


def test_no_line_is_written_of_those_who_answer(proxy):
    """Every such address of the portal, without its last slash too, and however it is typed."""
    everywhere = [path for path, _view in every_address()]
    hidden = [path for path in everywhere if is_confidential(path)]
    shown = [path for path in everywhere if not is_confidential(path) and "//" not in path][::12]
    connection = proxy.connection()
    for path in (*hidden, *(path.rstrip("/") for path in hidden)):
        ask(connection, path)
    for typed in ("//respond", "/%72espond/", "/respond/../respond", "/RESPOND", "/respond?code=x"):
        ask(connection, f"/en/consultations/any{typed}")
    for path in shown:
        ask(connection, path, Referer="https://elsewhere.example/")
    asked_plainly = ask(proxy.connection(secure=False), ANSWERING)
    assert asked_plainly.status == 301
    assert asked_plainly.headers["Cache-Control"] == "no-store"

    text = proxy.logs()["portal.log"]
    written = [line.split(" ")[2] for line in text.splitlines()]
    assert written == shown
    for trace in ("respond", "127.0.0.1", AGENT, "elsewhere", "code="):
        assert trace not in text, trace


def test_an_answer_passes_and_leaves_no_line(proxy):
    connection = proxy.connection()
    assert ask(connection, f"{ANSWERING}/identity/").status in (200, 429)
    assert ask(connection, f"{ANSWERING}/resume/", b"code=telling-code").status in (302, 429)
    assert not any(proxy.logs().values())


def test_what_goes_wrong_names_nobody(proxy):
    """A handshake that fails, a host of somebody else's, an upload for which there is no room."""
    with socket.create_connection(("127.0.0.1", proxy.secure)) as raw:
        raw.sendall(b"\x16\x03\x01\x00\x05telling nonsense")
        raw.recv(100)
    with socket.create_connection(("127.0.0.1", proxy.secure)) as raw:
        raw.sendall(b"GET / HTTP/1.0\r\n\r\n")
        raw.recv(100)
    connection = proxy.connection()
    assert ask(connection, "/en/", Host="telling-host.example").status == 421
    (proxy.folder / "uploads").rmdir()
    try:
        assert ask(connection, "/record/verify/", b"x" * 1_000_000).status == 500
    finally:
        (proxy.folder / "uploads").mkdir()
    logs = proxy.logs()
    assert logs["portal-error.log"] == ""
    for trace in ("telling", "127.0.0.1", "respond", "verify"):
        assert trace not in "".join(logs.values()), trace
