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
A_KILL_EVERY = 25  # acknowledged answers: so killing never outruns the workers' return
PATIENCE = 300  # seconds for one answer, over all its attempts


def test_of_500_answers_none_that_was_acknowledged_is_lost(tmp_path):
    server = Server(tmp_path, workers=3)
    path, drafts = server.prepare(ANSWERS)
    counted, due = Counter(), threading.Semaphore(0)
    lock, stop = threading.Lock(), threading.Event()

    def send_until_acknowledged(ready: Ready) -> str:
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            try:
                receipt = server.send(path, ready)
            except (OSError, http.client.HTTPException):
                with lock:
                    counted["cut off"] += 1
                time.sleep(0.05)
                continue
            with lock:
                counted["acknowledged"] += 1
                if counted["acknowledged"] % A_KILL_EVERY == 0:
                    due.release()
            return receipt
        raise AssertionError("never acknowledged")

    with server.running() as process:

        def kill() -> None:
            chance = random.Random(1)
            while not stop.is_set():
                if due.acquire(timeout=0.2) and (alive := workers_of(process)):
                    os.kill(chance.choice(alive), signal.SIGKILL)
                    counted["killed"] += 1

        killer = threading.Thread(target=kill)
        killer.start()
        try:
            with ThreadPoolExecutor(9) as pool:
                receipts = list(pool.map(send_until_acknowledged, drafts))
        finally:
            stop.set()
            killer.join()
    kept = server.kept()
    assert counted["killed"] >= 15, counted
    assert counted["cut off"] >= 10, "hardly anybody was cut off: nothing was shown"
    assert len(set(receipts)) == ANSWERS
    assert kept.pop("drafts") == 0
    assert kept == dict.fromkeys(receipts, 1)
