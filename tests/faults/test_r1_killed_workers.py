"""R1: no answer that was acknowledged is lost, whenever a worker is killed."""

import http.client
import os
import random
import signal
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.answering_server import Ready, Server, workers_of

pytestmark = pytest.mark.faults

ANSWERS = 500
PATIENCE = 120  # seconds for one answer, over all its attempts


def test_of_500_answers_none_that_was_acknowledged_is_lost(tmp_path):
    server = Server(tmp_path, workers=2)
    path, drafts = server.prepare(ANSWERS)
    stop, killed, broken = threading.Event(), Counter(), Counter()

    def send_until_acknowledged(ready: Ready) -> str:
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            try:
                return server.send(path, ready)
            except (OSError, http.client.HTTPException):
                broken["off"] += 1
                time.sleep(0.05)
        raise AssertionError("never acknowledged")

    with server.running() as process:

        def kill() -> None:
            chance = random.Random(1)
            while not stop.wait(chance.uniform(0.3, 0.9)):
                for pid in chance.sample(alive := workers_of(process), min(1, len(alive))):
                    os.kill(pid, signal.SIGKILL)
                    killed["workers"] += 1

        killer = threading.Thread(target=kill)
        killer.start()
        try:
            with ThreadPoolExecutor(8) as pool:
                receipts = list(pool.map(send_until_acknowledged, drafts))
        finally:
            stop.set()
            killer.join()
    kept = server.kept()
    assert killed["workers"] >= 10
    assert broken["off"] >= 10, "nobody was cut off: the test has shown nothing"
    assert len(set(receipts)) == ANSWERS
    assert kept.pop("drafts") == 0
    assert kept == dict.fromkeys(receipts, 1)
