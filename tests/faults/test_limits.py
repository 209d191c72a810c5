"""Attacks on limits: emptied, used up for others, counted twice, tried out afterwards."""

import base64
import hashlib
import hmac
import http.client
import os
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlencode

import pytest
import time_machine
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from django.utils.crypto import salted_hmac

from consultations.responses.access.codes import new_code
from portal.web.limit_store import SQLiteStore
from tests.consultations.responses.builders import consultation_that_asks
from tests.consultations.responses.walk import Visitor
from tests.factories import UserFactory
from tests.faults.answering_server import CSRF, Server
from tests.faults.stores import Redis

pytestmark = pytest.mark.faults

PASSWORD = "a long enough pass phrase"
OWNER = "owner@people.example"
LOGIN = "/en/accounts/login/"
NOON = datetime(2027, 3, 1, 12, 0, 0, tzinfo=UTC)
HONEST = 50


@dataclass
class Browser:
    """Keeps cookies, and comes from an address of this machine's own: 127.x.y.z."""

    port: int
    address: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=lambda: {"csrftoken": CSRF})

    def ask(self, method: str, path: str, data: dict[str, str] | None = None) -> tuple[int, str]:
        """The status, and the address that is led to or the page."""
        connected = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=60, source_address=(self.address, 0)
        )
        sent = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers, body = {"Cookie": sent}, None
        if data is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({"csrfmiddlewaretoken": CSRF, **data})
        connected.request(method, path, body, headers)
        answer = connected.getresponse()
        for header in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(header).items():
                if name != "csrftoken":
                    self.cookies[name] = morsel.value
        page = answer.read().decode(errors="replace")
        connected.close()
        return answer.status, answer.headers.get("Location") or page

    def sign_in(self, password: str) -> int:
        return self.ask("POST", LOGIN, {"login": OWNER, "password": password})[0]


@pytest.fixture(params=["sqlite", "redis", "postgresql"])
def served(request, tmp_path) -> Iterator[Server]:
    """Two workers, with each of the stores; PostgreSQL where the suite runs on it."""
    server = Server(tmp_path, workers=2)
    redis = None
    if request.param == "redis":
        redis = Redis(tmp_path)
        server.environment["REDIS_URL"] = redis.address
    elif request.param == "postgresql":
        if not os.environ.get("DATABASE_URL"):
            pytest.skip("DATABASE_URL names no PostgreSQL")
        server.environment["DATABASE_URL"] = new_database(os.environ["DATABASE_URL"])
    yield server
    if redis:
        redis.stop()


def new_database(address: str) -> str:
    """A database of its own beside the one that is named."""
    import psycopg

    name = f"limits_{os.getpid()}_{time.monotonic_ns()}"
    with psycopg.connect(address, autocommit=True) as opened:
        opened.execute(f"CREATE DATABASE {name}")
    return re.sub(r"/[^/]*$", f"/{name}", address)


class TestTwoWorkers:
    def test_the_owner_signs_in_while_a_stranger_fails_a_thousand_times(self, served):
        served.prepare(0)
        served.manage("-m", "tests.faults.accounts_ready", OWNER, PASSWORD)
        statuses: Counter[int] = Counter()

        def fail(_number: int) -> None:
            statuses[Browser(served.port, "127.0.0.66").sign_in("wrong")] += 1

        with served.running(), ThreadPoolExecutor(4) as pool:
            began = time.time()
            failing = [pool.submit(fail, number) for number in range(1000)]
            # At an address of their own, and at home, in a browser that is known.
            signed_in = []
            home = Browser(served.port, "127.0.0.7")
            for number in range(8):
                away = Browser(served.port, f"127.0.0.{100 + number}")
                signed_in.append(away.sign_in(PASSWORD))
                signed_in.append(home.sign_in(PASSWORD))
                home.cookies.pop("sessionid", None)
            for each in failing:
                each.result()
            took = time.time() - began
        assert signed_in == [302] * 16
        # Five in each window of five minutes, whichever worker was asked: none counted twice.
        windows = took // 300 + 2
        assert 5 <= statuses[200] <= 5 * windows
        assert statuses[429] == 1000 - statuses[200]

    def test_one_hostile_and_fifty_honest_behind_one_address(self, served):
        """Wrong codes, drafts and posts without end hold up no page of those who have an answer."""
        path, drafts = served.prepare(HONEST)
        start = path.removesuffix("check/")
        stopped = threading.Event()
        hostile: Counter[int] = Counter()

        def attack() -> None:
            while not stopped.is_set():
                browser = Browser(served.port)
                for page, data in (
                    ("resume/", {"code": new_code()}),
                    ("identity/", {"identity": "anonymous", "submitter_type": "academia"}),
                    ("late/", {"code": new_code()}),
                ):
                    hostile[browser.ask("POST", f"{start}{page}", data)[0]] += 1

        with served.running(), ThreadPoolExecutor(6) as pool:
            attacks = [pool.submit(attack) for _n in range(3)]
            try:
                time.sleep(3)
                receipts = list(pool.map(lambda ready: served.send(path, ready), drafts))
            finally:
                stopped.set()
            for each in attacks:
                each.result()
        assert len(set(receipts)) == HONEST
        assert hostile[429] > 0, "nothing was held back: nothing was shown"
        kept = served.kept()
        kept.pop("drafts")
        assert kept == dict.fromkeys(receipts, 1)


def test_without_redis_nobody_signs_in_and_answers_are_sent(tmp_path):
    redis = Redis(tmp_path)
    server = Server(tmp_path, workers=2)
    server.environment["REDIS_URL"] = redis.address
    path, [first, second] = server.prepare(2)
    server.manage("-m", "tests.faults.accounts_ready", OWNER, PASSWORD)
    browser = Browser(server.port)
    with server.running():
        assert browser.sign_in("wrong") == 200
        redis.stop()
        assert [browser.sign_in(each) for each in ("wrong", PASSWORD)] == [503, 503]
        assert server.send(path, first)
        assert browser.ask("GET", "/en/")[0] == 200
        status, said = browser.ask("GET", "/health/ready")
        assert status == 200
        assert "cannot be counted" in said
        redis.start()
        try:
            assert browser.sign_in(PASSWORD) == 302
            assert server.send(path, second)
        finally:
            redis.stop()


def test_without_its_database_the_portal_says_so(tmp_path):
    """At an address where nothing listens: 503, a sentence, and when to come back; never 500."""
    server = Server(tmp_path, workers=2)
    server.environment["DATABASE_URL"] = "postgres://portal@127.0.0.1:1/portal"
    browser = Browser(server.port)
    with server.running():
        for path in ("/en/", "/en/search/?q=x", "/record/", "/en/nowhere/"):
            status, page = browser.ask("GET", path)
            assert status == 503, path
            assert "Please try again in a few minutes." in page
        assert browser.sign_in(PASSWORD) == 503
        assert browser.ask("GET", "/health/live")[0] == 200
        assert browser.ask("GET", "/health/ready")[0] == 503


@pytest.mark.django_db
def test_330_000_searches_in_vain_change_no_limit(site_tree):
    """330 emptied the cache in which limits once were; a thousand times as many are remembered."""
    page = consultation_that_asks()
    owner = UserFactory(email=OWNER)
    owner.set_password(PASSWORD)
    owner.save()
    with time_machine.travel(NOON, tick=False):
        client = Client(REMOTE_ADDR="203.0.113.1")
        visitor = Visitor(page, Client(REMOTE_ADDR="203.0.113.1"))
        for _n in range(5):
            client.post(LOGIN, {"login": OWNER, "password": "wrong"})
            visitor.type_code(new_code())
        reached = rows()
        assert client.post(LOGIN, {"login": OWNER, "password": PASSWORD}).status_code == 429
        assert visitor.type_code(new_code()).status_code == 429
        for number in range(330):
            client.get("/en/search/", {"q": f"nothingness{number}"})
        remember = caches["pages"]
        for number in range(330_000):
            remember.add(f"search-missed-{number}", True, 3600)
        now = rows()
        assert all(now[key] >= count for key, count in reached.items())
        assert client.post(LOGIN, {"login": OWNER, "password": PASSWORD}).status_code == 429
        assert visitor.type_code(new_code()).status_code == 429


def rows() -> dict[str, int]:
    """What is counted now, by what stands for its key."""
    found = caches["default"]._run("SELECT key, number FROM limits WHERE number IS NOT NULL", [])
    return dict(found)


ADDRESSES = ["203.0.113.77", "198.51.100.3", "100.64.9.9", "2001:db8:77::9"]


@pytest.mark.django_db
def test_no_byte_that_is_kept_gives_back_an_address_by_trying_all(site_tree, tmp_path, settings):
    """
    With every byte on the disk, SECRET_KEY and all the time there is, once the day has ended.

    Whoever tries all addresses tries these four too. Under each key that the bytes could hold or
    that SECRET_KEY gives, with each hash that is in use, no digest of one is among the bytes.
    """
    settings.SHARED_NETWORKS = ""
    store = SQLiteStore(str(tmp_path / "limits.sqlite3"), settings.CACHES["default"])
    kept, caches["default"] = caches["default"], store
    try:
        with time_machine.travel(NOON, tick=False) as clock:
            before = what_everybody_does(consultation_that_asks())
            assert before > 20
            secret = store._secret
            assert secret.hex().encode() in disk(tmp_path)  # here alone, and while the day lasts
            assert secret.hex().encode() not in database(tmp_path)
            clock.shift(timedelta(days=1))
            Client(REMOTE_ADDR="192.0.2.1").post(LOGIN, {"login": OWNER, "password": "x"})
            after = disk(tmp_path) + database(tmp_path)
    finally:
        caches["default"] = kept
        store.connection.close()
    assert secret not in after
    assert secret.hex().encode() not in after
    keys = possible_keys(after)
    assert len(keys) > 1
    for address in ADDRESSES:
        for digest in digests(address, keys):
            for shape in shapes(digest):
                assert shape not in after, address


def what_everybody_does(page) -> int:
    """Everything that is limited, from each address; how many rows that makes."""
    for address in ADDRESSES:
        client = Client(REMOTE_ADDR=address)
        visitor = Visitor(page, client)
        visitor.type_code(new_code())
        visitor.begin()
        visitor.send("part", {"q-exporter": "no"}, 1)
        client.post(LOGIN, {"login": OWNER, "password": "wrong"})
        client.post("/en/accounts/login/code/", {"email": OWNER})
        client.post("/en/accounts/password/reset/", {"email": OWNER})
    return len(rows())


def disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def database(folder: Path) -> bytes:
    """All rows of the portal's own database, as a backup holds them."""
    dump = folder / "dump.json"
    call_command("dumpdata", "--output", str(dump), verbosity=0)
    held = dump.read_bytes()
    dump.unlink()
    return held


def possible_keys(held: bytes) -> set[bytes]:
    """SECRET_KEY, no key, and whatever in the bytes is as long as one and looks random."""
    found = {b"", settings.SECRET_KEY.encode()}
    for written in re.findall(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", held)[:2000]:
        found |= {written, bytes.fromhex(written.decode())}
    return found


def digests(address: str, keys: set[bytes]) -> Iterator[bytes]:
    parsed = ip_address(address)
    network = ip_network((address, 64 if parsed.version == 6 else 32), strict=False)
    texts = {address, str(network), str(network.network_address)}
    said = {each.encode() for each in texts} | {parsed.packed}
    said |= {b"stand-in|" + each for each in said}
    for each in said:
        for key in keys:
            yield hmac.new(key, each, hashlib.sha256).digest()
        for name in ("sha256", "sha1", "md5"):
            yield hashlib.new(name, each).digest()
    for text in texts:
        for salt in ("client", "portal.stakeholders.client", "allauth", "limits"):
            yield salted_hmac(salt, text, algorithm="sha256").digest()


def shapes(digest: bytes) -> Iterator[bytes]:
    """What may be kept of a digest: its first twelve bytes are enough to know it again."""
    yield digest[:12]
    yield digest.hex()[:24].encode()
    yield base64.b64encode(digest)[:16]
