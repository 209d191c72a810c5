"""
The portal inside Tor, as far as that goes without Tor: the real server under an onion's name.

In Chromium, which unlike Tor Browser takes plain HTTP for what it is; and behind a real nginx with
the example of docs/nginx-onion.conf, to which a test says what Tor would say.
"""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import test_answering as answering
from tests.browser.conftest import PHONE, Portal, Visitor, free_port, launched, serving
from tests.browser.test_proxy import EXAMPLES, Proxy, running_nginx

ONION = f"{'portal' * 9}ab.onion"
TORRC = (EXAMPLES / "torrc").read_text()


@pytest.fixture(scope="module")
def inside(portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The demonstration under its name inside Tor, as strict as production."""
    port = free_port()
    environment = {
        **portal.environment,
        "ONION_HOST": ONION,
        "DJANGO_SETTINGS_MODULE": "tests.browser.onion_settings",
    }
    with serving(port, environment, tmp_path_factory.mktemp("onion") / "server.log"):
        yield replace(portal, base=f"http://127.0.0.1:{port}", environment=environment)


def test_somebody_answers_without_a_name_and_comes_back_with_the_code(inside, chromium):
    """Without JavaScript, as at Tor Browser's "Safest"; every request goes to the onion."""
    port = inside.base.rpartition(":")[2]
    rule = f"--host-resolver-rules=MAP {ONION} 127.0.0.1:{port}"
    with launched(chromium.browser_type, rule) as tor_browser:
        context = tor_browser.new_context(java_script_enabled=False, viewport=PHONE)
        context.set_default_timeout(10_000)
        visitor = Visitor(context.new_page(), replace(inside, base=f"http://{ONION}"), [], [])
        page, asked = visitor.page, []
        page.on("request", lambda request: asked.append(request.url))
        code = answering.begin_without_a_name(visitor)
        answering.follow(page.get_by_role("link", name="You and biometric analytics"))
        answering.first_part(page)
        assert context.cookies(), "cookies are kept over plain HTTP"
        answering.go_on_with(visitor, code)
        answering.heading(page, "Your response")
        expect(page.get_by_role("main")).to_contain_text("You and biometric analytics")
        assert asked
        assert [url for url in asked if not url.startswith(f"http://{ONION}/")] == []


@pytest.fixture(scope="module")
def gate(inside: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with running_nginx(tmp_path_factory.mktemp("gate"), inside, onion=ONION) as proxy:
        yield proxy


def through(
    gate: Proxy, path: str, *, circuit: str = "1:1", host: str = ONION, cookie: str = ""
) -> str:
    """What comes back through nginx's socket when Tor says by which circuit somebody came."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(30)
        line.connect(str(gate.folder / "nginx.sock"))
        said = f"PROXY TCP6 fc00:dead:beef:4dad::{circuit} ::1 65535 42\r\n"
        head = f"Host: {host}\r\nCookie: {cookie}\r\n" if cookie else f"Host: {host}\r\n"
        line.sendall(f"{said}GET {path} HTTP/1.0\r\n{head}\r\n".encode())
        parts = []
        while part := line.recv(65536):
            parts.append(part)
    return b"".join(parts).decode(errors="replace")


def test_nginx_hands_over_what_comes_from_tor_and_writes_nothing(gate, portal):
    before = gate.logs()
    answer = through(gate, "/en/before-you-answer/")
    assert answer.startswith("HTTP/1.1 200")
    assert "Who sees what" in answer
    assert "Strict-Transport-Security" not in answer
    assert portal.base not in answer
    assert re.search(r"^Server: nginx\r$", answer, re.M), "no version"
    assert through(gate, "/en/", host="127.0.0.1").startswith("HTTP/1.1 421")
    assert through(gate, "/en/", host="portal.example.org").startswith("HTTP/1.1 421")
    assert gate.logs() == before
    assert "onion" not in "".join(before.values())


def test_whoever_floods_holds_back_nobody_else(gate):
    """A circuit's requests wait for each other; neither another's nor an answer in hand do."""
    respond = "/en/consultations/any/respond/"

    def took(times: int, **how: str) -> float:
        began = time.monotonic()
        statuses = {through(gate, respond, **how)[9:12] for _n in range(times)}
        assert statuses == {"404"}
        return time.monotonic() - began

    with ThreadPoolExecutor(20) as pool:  # at once: one after another they may come slowly enough
        list(pool.map(lambda _n: through(gate, respond, circuit="2:1"), range(60)))
    waited = took(10, circuit="2:1")
    assert waited > 1.5  # five a second
    assert took(10, circuit="2:2") < waited
    assert took(10, circuit="2:1", cookie=f"handle-en={'h' * 43}") < waited


def test_tor_takes_the_example_and_makes_a_name(tmp_path):
    """The example, with folders of the test's own; nothing is sent anywhere."""
    tor = shutil.which("tor")
    if tor is None:
        pytest.skip("no tor on this machine (on Debian: apt install tor)")
    folder = tmp_path / "service"
    text = TORRC
    for example, own in {
        "/var/lib/tor/portal": str(folder),
        "unix:/run/portal-onion/nginx.sock": f"unix:{tmp_path / 'nginx.sock'}",
        "Log notice syslog": "Log notice stdout",
    }.items():
        assert example in text
        text = text.replace(example, own)
    (tmp_path / "torrc").write_text(text)
    command = [tor, "-f", tmp_path / "torrc", "--DataDirectory", tmp_path / "data"]
    checked = subprocess.run([*command, "--verify-config"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout
    assert not re.search(r"\[(warn|err)\] (?!You are running Tor as root)", checked.stdout)
    server = subprocess.Popen([*command, "--DisableNetwork", "1"], stdout=subprocess.DEVNULL)
    try:
        for _attempt in range(300):
            if (folder / "hostname").exists() or server.poll() is not None:
                break
            time.sleep(0.1)
        assert re.fullmatch(r"[a-z2-7]{56}\.onion\n", (folder / "hostname").read_text())
    finally:
        server.terminate()
        server.wait(timeout=20)


def test_tor_is_told_what_the_decision_says():
    told = dict(line.split(" ", 1) for line in TORRC.splitlines() if line and line[0] != "#")
    assert told["HiddenServicePoWDefensesEnabled"] == "1"
    assert told["HiddenServiceExportCircuitID"] == "haproxy"
    assert "HiddenServiceSingleHopMode" not in told
    assert Path(told["HiddenServicePort"].split("unix:")[1]).name == "nginx.sock"
