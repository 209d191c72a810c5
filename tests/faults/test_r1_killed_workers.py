"""R1: no answer that was acknowledged is lost, whenever a worker is killed."""

import http.client
import os
import random
import signal
import subprocess
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.answering_server import Ready, Server, workers_of

pytestmark = pytest.mark.faults

ANSWERS, KILLS, WORKERS, SENDERS = 500, 25, 4, 9
# The server gives up on a worker that dies within 5.5 seconds of its start; ours are to come back.
OLD_ENOUGH = 6.0
PATIENCE = 120  # seconds for one answer, over all its attempts


class Killer:
    """Kills the oldest worker, once it may be killed; never two at a time."""

    def __init__(self, process: subprocess.Popen) -> None:
        self.process = process
        self.seen: dict[int, float] = {}
        self.chance = random.Random(1)

    def wait_for_a_victim(self) -> int:
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            now = time.monotonic()
            alive = workers_of(self.process)
            for worker in alive:
                self.seen.setdefault(worker, now)
            oldest = min(alive, key=self.seen.__getitem__)
            if len(alive) == WORKERS and now - self.seen[oldest] > OLD_ENOUGH:
                return oldest
            time.sleep(0.1)
        raise AssertionError("the workers did not come back")

    def kill_soon(self, worker: int) -> threading.Timer:
        timer = threading.Timer(self.chance.uniform(0.02, 0.2), os.kill, (worker, signal.SIGKILL))
        timer.start()
        return timer


def test_of_500_answers_none_that_was_acknowledged_is_lost(tmp_path):
    server = Server(tmp_path, workers=WORKERS)
    path, drafts = server.prepare(ANSWERS)
    counted, lock = Counter(), threading.Lock()

    def send_until_acknowledged(ready: Ready) -> str:
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            try:
                return server.send(path, ready)
            except (OSError, http.client.HTTPException):
                with lock:
                    counted["cut off"] += 1
                time.sleep(0.05)
        raise AssertionError("never acknowledged")

    receipts: list[str] = []
    size = ANSWERS // KILLS
    with server.running() as process, ThreadPoolExecutor(SENDERS) as pool:
        killer = Killer(process)
        for start in range(0, ANSWERS, size):
            timer = killer.kill_soon(killer.wait_for_a_victim())
            receipts += pool.map(send_until_acknowledged, drafts[start : start + size])
            timer.join()
    kept = server.kept()
    assert counted["cut off"] >= KILLS, "hardly anybody was cut off: nothing was shown"
    assert len(set(receipts)) == ANSWERS
    assert kept.pop("drafts") == 0
    assert kept == dict.fromkeys(receipts, 1)
