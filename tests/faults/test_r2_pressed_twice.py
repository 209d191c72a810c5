"""R2: however often the button is pressed, one answer, and every press leads to its receipt."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.answering_server import Server

pytestmark = pytest.mark.faults

FORMS, PRESSES = 50, 20


def test_of_1000_presses_none_makes_a_second_answer(tmp_path):
    server = Server(tmp_path, workers=2)
    path, drafts = server.prepare(FORMS)
    with server.running(), ThreadPoolExecutor(PRESSES) as pool:
        for ready in drafts:
            led = list(pool.map(lambda _n, r=ready: server.press(path, r), range(PRESSES)))
            assert len(set(led)) == 1
            server.receipt(led[0], ready)
    kept = server.kept()
    assert kept.pop("drafts") == 0
    assert list(kept.values()) == [1] * FORMS
