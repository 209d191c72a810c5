"""The thread that does what waits."""

import threading

from portal.background.worker import Worker


def test_outlives_a_database_that_is_away(settings):
    settings.BACKGROUND_IN_PROCESS = True
    tried = threading.Event()
    rounds = []

    def work(stopped):
        rounds.append(1)
        if len(rounds) == 2:
            tried.set()
        raise RuntimeError

    worker = Worker("tests")
    worker.start(work)
    while not tried.wait(0.02):
        worker.wake()
    worker.stop()


def test_does_not_begin_where_commands_do_the_work(settings):
    settings.BACKGROUND_IN_PROCESS = False
    done = threading.Event()
    worker = Worker("tests")
    worker.start(lambda stopped: done.set())
    worker.wake()
    assert not done.wait(0.2)
