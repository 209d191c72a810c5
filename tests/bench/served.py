"""Servers as they are deployed, asked over four connections, and what an answer costs them."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.contestants import ROOT
from tests.bench.postgresql import free_port
from tests.faults.answering_server import Server, workers_of

CLIENTS, CONNECTIONS = 2, 2
TICKS = os.sysconf("SC_CLK_TCK")
FAILED = re.compile(r"Non-2xx|Socket errors")


@dataclass(frozen=True)
class Cost:
    """Of one burst: requests a second, and milliseconds of the servers' processors for each."""

    rate: float
    ms: float


@dataclass(frozen=True)
class Site:
    """One server or several that answer alike, by their ports, and all processes behind them."""

    ports: list[int]
    processes: list[int]

    def burst(self, path: str, encodings: str, seconds: float) -> Cost:
        """Ask for a page as often as it goes; with several servers, each by its own client."""
        urls = [f"http://127.0.0.1:{port}{path}" for port in self.ports]
        spent, begun = processor_seconds(self.processes), time.perf_counter()
        clients = [
            subprocess.Popen(
                client(urls[number % len(urls)], encodings, seconds),
                cwd=ROOT,
                stdout=subprocess.PIPE,
                text=True,
            )
            for number in range(CLIENTS)
        ]
        told = [each.communicate()[0] for each in clients]
        passed = time.perf_counter() - begun
        if any(each.returncode for each in clients) or any(map(FAILED.search, told)):
            raise RuntimeError(f"{path} was not always answered: {told}")
        requests = sum(int(re.findall(r"(\d+) requests", each)[0]) for each in told)
        spent = processor_seconds(self.processes) - spent
        return Cost(requests / passed, spent * 1000 / requests)


def client(url: str, encodings: str, seconds: float) -> list[str]:
    """The command of one of the clients: wrk's, where it is installed."""
    if (wrk := shutil.which("wrk")) is None:
        asker = [sys.executable, "-m", "tests.bench.asker"]
        return [*asker, str(seconds), str(CONNECTIONS), encodings, url]
    header = ["-H", f"Accept-Encoding: {encodings}"] if encodings else []
    return [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", *header, url]


@contextmanager
def site(*servers: Server, beside: tuple[int, ...] = ()) -> Iterator[Site]:
    """The servers while they run; `beside` are other processes that work for them."""
    if not servers:
        yield Site([], list(beside))
        return
    first, *others = servers
    with first.running() as process, site(*others, beside=beside) as rest:
        own = [process.pid, *workers_of(process)]
        yield Site([first.port, *rest.ports], [*own, *rest.processes])


def processor_seconds(processes: list[int]) -> float:
    """What these processes have used of all processors until now."""
    ticks = 0
    for pid in processes:
        # After the name, which may hold anything, the times in user and kernel mode are 12th, 13th.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS


def megabytes(process: int) -> float:
    """The memory that a process holds now."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    assert found
    return int(found[1]) / 1024


@contextmanager
def redis() -> Iterator[tuple[str, int]]:
    """A Redis of our own that keeps nothing on the disk: its REDIS_URL, and its process."""
    port = free_port()
    process = subprocess.Popen(
        ["redis-server", "--port", str(port), "--save", "", "--bind", "127.0.0.1"],
        stdout=subprocess.DEVNULL,
    )
    try:
        yield f"redis://127.0.0.1:{port}/0", process.pid
    finally:
        process.terminate()
        process.wait()
