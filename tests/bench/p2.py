"""P2: pages for readers without a cookie, the second time, next to a hello-world of Django's."""

import http.client
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from statistics import median

from tests.bench.contestants import DATABASES, PORTAL, WORK, Field
from tests.bench.generator import SIZES
from tests.bench.portal_data import DISCUSSION, GUIDE, SLUG
from tests.bench.rows import Row, Samples
from tests.bench.served import Cost, Site, megabytes, redis, site
from tests.faults.answering_server import Server, workers_of

PAGES = {
    "home": "/en/",
    "guide": GUIDE,
    "consultation": f"/en/consultations/{SLUG}/",
    "thread": DISCUSSION,
}
SMALL = "/en/sources/"
# The whole takes some seven minutes; a fifth of it, to try it out, is BENCH_P2_SCALE=0.2.
SCALE = float(os.environ.get("BENCH_P2_SCALE", "1"))
SECONDS = max(1, round(5 * SCALE))
ROUNDS = 3
THREADS = 4
WARMING = 8
BROWSERS = "gzip, br"
ALONE, IN_TWO = 1.2, 2.0
MADE_UP = int(10_000 * SCALE)
FRONT_MEGABYTES = 64
# What Python holds beside the pages: answers on their way, keys, what is freed and not given back.
AROUND_MEGABYTES = 16


def run() -> list[Row]:
    """The rows of this goal, measured."""
    with Field([(PORTAL, SIZES[0])]):
        pass  # its database is left, with a discussion of that size
    return [*_on_one_machine(), *_on_two(), _memory()]


def _on_one_machine() -> list[Row]:
    with site(_hello(2)) as hello, site(_portal(2)) as portal:
        return _against(hello, portal, "local memory", ALONE)


def _on_two() -> list[Row]:
    if shutil.which("redis-server") is None:
        return [Row("P2", "two replicas", "skipped", f"≤ {IN_TWO:g}×", False, "no redis-server")]
    with redis() as (url, pid), site(_hello(1), _hello(1)) as hello:
        replicas = _portal(1, REDIS_URL=url), _portal(1, REDIS_URL=url)
        with site(*replicas, beside=(pid,)) as portal:
            return _against(hello, portal, "two replicas with Redis", IN_TWO)


def _against(hello: Site, portal: Site, where: str, goal: float) -> list[Row]:
    """A row for each page; hello-world has its turn before each."""
    _warm(hello, portal)
    rows = []
    for page, path in PAGES.items():
        bursts = Bursts()
        for _ in range(ROUNDS):
            bursts.add("hello", hello.burst("/", BROWSERS, SECONDS))
            bursts.add("page", portal.burst(path, BROWSERS, SECONDS))
            bursts.add("plain", portal.burst(path, "", SECONDS))
        rows.append(bursts.row(f"{page}, second hit, {where}", goal))
    return rows


class Bursts:
    """Costs by name, one for each round."""

    def __init__(self) -> None:
        self._spent = Samples()
        self._rates: dict[str, list[float]] = {}

    def add(self, name: str, cost: Cost) -> None:
        self._spent.add(name, [cost.ms])
        self._rates.setdefault(name, []).append(cost.rate)

    def row(self, what: str, goal: float) -> Row:
        """Processor time decides: the clients take a part of the same processors."""
        ratio = self._spent.ratio("page", "hello")
        told = (
            f"{self._spent.ms(name):.3f} ms of processor time, {median(self._rates[name]):,.0f}/s"
            for name in ("page", "hello")
        )
        return Row(
            "P2",
            f"{what}, against Django's hello-world",
            f"{ratio:.2f}×",
            f"≤ {goal:g}×",
            ratio <= goal,
            f"{' against '.join(told)}; "
            f"not compressed {self._spent.ratio('plain', 'hello'):.2f}×, "
            f"{median(self._rates['plain']):,.0f}/s",
        )


def _warm(*sites: Site) -> None:
    """Let every process make every page once, and whatever it makes at its first."""
    for each in sites:
        for port in each.ports:
            for _ in range(WARMING):  # each on a connection of its own, which any worker may take
                _ask(port, list(PAGES.values()))


def _memory() -> Row:
    """How a worker grows when somebody makes up addresses."""
    server = _portal(1, FRONT_MEGABYTES=str(FRONT_MEGABYTES))
    with server.running() as process:
        (worker,) = workers_of(process)
        started = megabytes(worker)
        # What is loaded at the first pages, and each thread's part of the database, come anyway.
        _share_out(server.port, [*PAGES.values(), SMALL] * 10 * THREADS, cookie="theme=dark")
        ready = megabytes(worker)
        made_up = [f"{_made_up_at(number)}?made-up={number}" for number in range(MADE_UP)]
        _share_out(server.port, made_up)
        ended = megabytes(worker)
    most = FRONT_MEGABYTES + AROUND_MEGABYTES
    return Row(
        "P2",
        f"memory of a worker after {MADE_UP:,} made-up addresses",
        f"+{ended - ready:.0f} MB",
        f"≤ {most} MB",
        ended - ready <= most,
        f"{started:.0f} MB right after its start, {ready:.0f} MB after pages for a reader with a "
        f"cookie, of which none is kept, {ended:.0f} MB at last",
    )


def _made_up_at(number: int) -> str:
    """Small pages, which are soon made, and a large one now and then: both wear memory out."""
    return SMALL if number % 10 else DISCUSSION


def _share_out(port: int, paths: list[str], **headers: str) -> None:
    """Ask for them in the order given, by as many clients as the server has threads."""
    with ThreadPoolExecutor(THREADS) as pool:
        shares = [paths[first::THREADS] for first in range(THREADS)]
        list(pool.map(lambda share: _ask(port, share, **headers), shares))


def _ask(port: int, paths: list[str], **headers: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for path in paths:
        connection.request("GET", path, headers={"Accept-Encoding": BROWSERS, **headers})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, (path, answer.status)
    connection.close()


def _portal(workers: int, **environment: str) -> Server:
    return _server(
        workers,
        DATABASE_URL=f"sqlite:///{DATABASES / f'{PORTAL}-{SIZES[0]}.sqlite3'}",
        LOG_LEVEL="ERROR",
        **environment,
    )


def _hello(workers: int) -> Server:
    server = _server(workers)
    server.application = "tests.bench.hello:application"
    return server


def _server(workers: int, **environment: str) -> Server:
    folder = WORK / "p2"
    folder.mkdir(parents=True, exist_ok=True)
    server = Server(folder, workers=workers)
    server.threads = THREADS
    server.environment |= environment
    return server
