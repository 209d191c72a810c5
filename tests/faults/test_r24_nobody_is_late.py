"""
R24: hostile files and slow bodies neither stop the portal nor make anybody late; a restart tells
those whose files it lost. Real servers, a real nginx with the example configuration.
"""

import concurrent.futures
import http.client
import io
import json
import os
import signal
import socket
import ssl
import threading
import time
import zlib
from urllib.parse import urlencode

import pikepdf
import pytest

from tests.browser.conftest import Portal
from tests.browser.test_proxy import running_nginx
from tests.faults.answering_server import CSRF, Ready, Server, workers_of

pytestmark = pytest.mark.faults

LIVE_SECONDS = 1.0


def hostile_pdf() -> bytes:
    """A small PDF whose pages take a reader longer than it is given."""
    lines = b"".join(b"%d 0 m 600 %d l S\n" % (n, n) for n in range(600)) * 2_000
    document = pikepdf.new()
    for _page in range(4):
        page = document.add_blank_page(page_size=(600, 800))
        stream = pikepdf.Stream(document, zlib.compress(lines, 9))
        stream.Filter = pikepdf.Name.FlateDecode
        page.Contents = stream
    out = io.BytesIO()
    document.save(out)
    assert len(out.getvalue()) < 2_000_000
    return out.getvalue()


HOSTILE = hostile_pdf()


class Clients:
    """Those who come to a running server, each with the draft that they hold."""

    def __init__(self, server: Server, made: dict) -> None:
        self.server = server
        self.made = made
        self.honest = [Ready(**each) for each in made["honest"]]
        self.hostile = [Ready(**each) for each in made["hostile"]]

    def attach(self, ready: Ready, files: list[tuple[str, bytes]]) -> int:
        """Post files to the part that asks for them; returns the status."""
        mark = "boundary-of-the-test"
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in (("csrfmiddlewaretoken", CSRF), ("q-view", "Words."))
        ]
        for name, data in files:
            head = f'Content-Disposition: form-data; name="q-proof"; filename="{name}"'
            parts.append(f"--{mark}\r\n{head}\r\n\r\n".encode() + data + b"\r\n")
        body = b"".join(parts) + f"--{mark}--\r\n".encode()
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        connection.request(
            "POST",
            self.made["part"],
            body,
            {
                "Cookie": f"csrftoken={CSRF}; {ready.cookie}",
                "Content-Type": f"multipart/form-data; boundary={mark}",
            },
        )
        return connection.getresponse().status

    def seconds_to_live(self) -> float:
        begun = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        connection.request("GET", "/health/live")
        assert connection.getresponse().status == 200
        return time.monotonic() - begun

    def page(self, name: str, ready: Ready) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        connection.request("GET", self.made[name], headers={"Cookie": ready.cookie})
        return connection.getresponse().read().decode()


def opened(folder, *, seconds: int, honest: int, hostile: int, workers: int = 1) -> Clients:
    """A server of four threads a worker, which is not started yet, and those who will come."""
    server = Server(folder, workers=workers)
    server.threads = 4
    server.manage("manage.py", "migrate", "--verbosity", "0")
    server.manage("manage.py", "create_site", "--verbosity", "0")
    numbers = map(str, (seconds, honest, hostile))
    return Clients(server, json.loads(server.manage("-m", "tests.faults.files_ahead", *numbers)))


def sleep_until(moment: float) -> None:
    time.sleep(max(0.0, moment - time.time()))


def test_hostile_files_neither_stop_the_portal_nor_make_an_honest_answer_late(tmp_path):
    """Four anonymous posts of three small hostile PDFs, and a Send five seconds before the end."""
    clients = opened(tmp_path, seconds=45, honest=1, hostile=4)
    with clients.server.running():
        three = [(f"{n}.pdf", HOSTILE) for n in range(3)]
        with concurrent.futures.ThreadPoolExecutor(4) as attack:
            begun = time.monotonic()
            posts = [attack.submit(clients.attach, each, three) for each in clients.hostile]
            waits = []
            while time.time() < clients.made["closes"] - 5:
                waits.append(clients.seconds_to_live())
                time.sleep(0.2)
            assert [each.result() for each in posts] == [302] * 4
            assert time.monotonic() - begun > 5
        assert max(waits) < LIVE_SECONDS
        begun = time.monotonic()
        assert clients.server.send(clients.made["check"], clients.honest[0])
        assert time.monotonic() - begun < 4
        assert clients.seconds_to_live() < LIVE_SECONDS
        shown = clients.page("check", clients.hostile[0])
        assert "Being checked" in shown or "more time or memory" in shown
    assert clients.server.kept()["drafts"] == 4


def test_one_hostile_and_fifty_honest_senders_and_all_honest_ones_are_in_time(tmp_path):
    clients = opened(tmp_path, seconds=60, honest=50, hostile=1)
    with clients.server.running():
        hundred = [(f"{n}.pdf", HOSTILE) for n in range(5)]
        stop = threading.Event()

        def flood() -> None:
            while not stop.is_set():
                clients.attach(clients.hostile[0], hundred)
                time.sleep(0.2)

        attack = threading.Thread(target=flood)
        attack.start()
        try:
            sleep_until(clients.made["closes"] - 20)
            with concurrent.futures.ThreadPoolExecutor(10) as people:
                attached = list(
                    people.map(
                        lambda each: clients.attach(each, [("a.txt", b"What I saw.")]),
                        clients.honest,
                    )
                )
                assert attached == [302] * 50
                sleep_until(clients.made["closes"] - 5)
                after = [Ready(each.cookie, each.revision + 1) for each in clients.honest]
                path = clients.made["check"]
                sent = list(people.map(lambda each: clients.server.send(path, each), after))
            assert len(set(sent)) == 50
        finally:
            stop.set()
            attack.join()
        # Their files were not held up by those of the other for long, either.
        done = 0
        for _attempt in range(120):
            done = int(clients.server.manage("-m", "tests.faults.files_done", *sent))
            if done == 50:
                break
            time.sleep(1)
        assert done == 50


def test_after_a_restart_those_whose_files_were_lost_read_so_in_plain_words(tmp_path):
    clients = opened(tmp_path, seconds=600, honest=1, hostile=1, workers=2)
    [honest], [hostile] = clients.honest, clients.hostile
    with clients.server.running() as process:
        for _ in range(4):  # both workers have something in hand
            clients.attach(hostile, [("a.pdf", HOSTILE), ("b.pdf", HOSTILE)])
        assert clients.attach(honest, [("a.txt", b"What I saw.")]) == 302
        assert "Being checked" in clients.page("check", honest)
        assert clients.server.send(clients.made["check"], Ready(honest.cookie, honest.revision + 1))
        for worker in workers_of(process):
            os.kill(worker, signal.SIGKILL)
        clients.server._wait()
        said = ""
        for _attempt in range(90):
            said = clients.server.manage("-m", "tests.faults.files_lost")
            if said.strip():
                break
            time.sleep(1)
        assert "The portal was restarted before it had looked at this file" in said
        assert "another" in said
    assert not [
        path for path in (tmp_path / "waiting").iterdir() if path.suffix not in (".lock", "")
    ]


def test_slow_bodies_hold_no_thread_and_their_senders_are_in_time(tmp_path):
    """Through nginx: thirty bodies that do not come, and a Send whose last byte comes too late."""
    clients = opened(tmp_path, seconds=40, honest=2, hostile=1)
    clients.server.environment["BEHIND_TLS_PROXY"] = "true"
    server, [honest, too_late] = clients.server, clients.honest
    folder = tmp_path / "nginx"
    folder.mkdir()
    portal = Portal(f"http://127.0.0.1:{server.port}", "", {})
    with server.running(), running_nginx(folder, portal) as proxy:
        context = ssl._create_unverified_context()  # noqa: S323 - its certificate is our own

        def connected() -> ssl.SSLSocket:
            raw = socket.create_connection(("127.0.0.1", proxy.secure), timeout=30)
            return context.wrap_socket(raw, server_hostname="127.0.0.1")

        def head(length: int, ready: Ready = honest) -> bytes:
            return (
                f"POST {clients.made['check']} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                f"Cookie: csrftoken={CSRF}; {ready.cookie}\r\nReferer: https://127.0.0.1/\r\n"
                "X-Handed-Over: 1\r\nX-Seconds-Taken: 1\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n"
                f"Content-Length: {length}\r\nConnection: close\r\n\r\n"
            ).encode()

        slow = [connected() for _ in range(30)]
        for each in slow:
            each.sendall(head(1000) + b"a")
        assert clients.seconds_to_live() < LIVE_SECONDS

        body = urlencode(
            {"csrfmiddlewaretoken": CSRF, "declared": "on", "revision": honest.revision}
        ).encode()
        sleep_until(clients.made["closes"] - 2)
        late = connected()
        late.sendall(head(len(body)) + body[:5])
        sleep_until(clients.made["closes"] + 3)
        assert clients.seconds_to_live() < LIVE_SECONDS
        late.sendall(body[5:])
        answer = late.recv(4096)
        assert answer.startswith(b"HTTP/1.1 302"), answer[:200]
        assert b"/sent/" in answer
        for each in slow:
            each.close()
        # And who begins after the deadline is late, whatever they say of themselves.
        forged = connected()
        forged.sendall(head(len(body), too_late) + body)
        assert forged.recv(4096).startswith(b"HTTP/1.1 409")
    assert server.kept()["drafts"] == 2
