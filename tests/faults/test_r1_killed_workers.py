"""R1: no answer that was acknowledged is lost, whenever a worker is killed."""

import http.client
import os
import signal
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.answering_server import Ready, Server, workers_of

pytestmark = pytest.mark.faults

ANSWERS = 500
# The server gives up on a worker that dies within 5.5 seconds of its start; ours are to come back.
OLD_ENOUGH = 6.0
PATIENCE = 300  # seconds for one answer, over all its attempts


def test_of_500_answers_none_that_was_acknowledged_is_lost(tmp_path):
    server = Server(tmp_path, workers=4)
    path, drafts = server.prepare(ANSWERS)
    counted, stop = Counter(), threading.Event()
    lock = threading.Lock()

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

    with server.running() as process:

        def kill() -> None:
            seen: dict[int, float] = {}
            while not stop.wait(0.1):
                now = time.monotonic()
                for worker in workers_of(process):
                    if now - seen.setdefault(worker, now) > OLD_ENOUGH:
                        os.kill(worker, signal.SIGKILL)
                        counted["killed"] += 1
                        seen[worker] = now
                        break  # one at a time, so that somebody always answers

        killer = threading.Thread(target=kill)
        killer.start()
        try:
            with ThreadPoolExecutor(9) as pool:
                receipts = list(pool.map(send_until_acknowledged, drafts))
        finally:
            stop.set()
            killer.join()
    kept = server.kept()
    assert counted["killed"] >= 10, counted
    assert counted["cut off"] >= 10, "hardly anybody was cut off: nothing was shown"
    assert len(set(receipts)) == ANSWERS
    assert kept.pop("drafts") == 0
    assert kept == dict.fromkeys(receipts, 1)
