"""Writers on SQLite wait in turn, and not for ever."""

import fcntl
import threading
from collections.abc import Iterator

import pytest
from django.db.utils import OperationalError

from portal.sqlite.base import DatabaseWrapper

pytestmark = pytest.mark.django_db  # unblocks connections; none of the suite's own is used


@pytest.fixture
def connect(tmp_path, settings):
    """Gives connections to one new database; `timeout` in seconds."""
    opened = []

    def connect(timeout: float = 20) -> DatabaseWrapper:
        base = settings.DATABASES["default"]
        connection = DatabaseWrapper(
            {
                **base,
                "ENGINE": "portal.sqlite",
                "NAME": str(tmp_path / "some.sqlite3"),
                "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": timeout},
                "TIME_ZONE": None,
                "CONN_MAX_AGE": 0,
                "CONN_HEALTH_CHECKS": False,
                "AUTOCOMMIT": True,
            },
            "some",
        )
        connection.inc_thread_sharing()
        opened.append(connection)
        return connection

    yield connect
    for connection in opened:
        connection.close()


@pytest.fixture
def holder(connect) -> Iterator[DatabaseWrapper]:
    """Somebody in the middle of a transaction."""
    connection = connect()
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    yield connection
    connection.rollback()


def begin(connection: DatabaseWrapper) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def in_thread(connection: DatabaseWrapper) -> tuple[threading.Thread, threading.Event]:
    """Begin a transaction elsewhere; the event says that it has begun."""
    begun = threading.Event()

    def run() -> None:
        begin(connection)
        begun.set()
        connection.rollback()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, begun


def test_nobody_overtakes_the_queue(connect, tmp_path):
    with open(tmp_path / "some.sqlite3-queue", "w") as queue:
        fcntl.flock(queue, fcntl.LOCK_EX)
        thread, begun = in_thread(connect())
        assert not begun.wait(0.1), "the database is free, but somebody came before"
    assert begun.wait(10)
    thread.join()


def test_the_first_in_the_queue_begins_when_the_writer_ends(connect, holder):
    thread, begun = in_thread(connect())
    assert not begun.wait(0.1)
    holder.commit()
    assert begun.wait(10)
    thread.join()


def test_a_waiting_connection_is_not_locked_for_other_threads(connect, holder):
    """The writer's garbage collector may have to close a cursor of it, and would wait for it."""
    waiting = connect()
    waiting.connect()
    thread, begun = in_thread(waiting)
    assert not begun.wait(0.1)
    answered = threading.Event()

    def ask() -> None:
        waiting.connection.execute("SELECT 1").close()
        answered.set()

    asking = threading.Thread(target=ask)
    asking.start()
    assert answered.wait(5)
    holder.rollback()
    thread.join()
    asking.join()


def test_whoever_has_begun_has_left_the_queue(holder, tmp_path):
    with open(tmp_path / "some.sqlite3-queue") as queue:
        fcntl.flock(queue, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_writer_that_never_ends_is_waited_for_in_vain(connect, holder, tmp_path):
    hurried = connect(timeout=0.05)
    hurried.connect()
    with pytest.raises(OperationalError, match="locked"):
        begin(hurried)
    assert hurried.connection.execute("PRAGMA busy_timeout").fetchone() == (50,)
    test_whoever_has_begun_has_left_the_queue(holder, tmp_path)


def test_another_error_is_told_at_once(connect):
    connection = connect()
    begin(connection)
    with pytest.raises(OperationalError, match="within a transaction"):
        connection._start_transaction_under_autocommit()
    connection.rollback()


def test_many_writers_lose_nothing(connect):
    """Eight at once, each with transactions that read before they write."""
    first = connect()
    with first.cursor() as cursor:
        cursor.execute("CREATE TABLE tally (n INTEGER)")
        cursor.execute("INSERT INTO tally VALUES (0)")

    def count(connection: DatabaseWrapper) -> None:
        for _ in range(20):
            begin(connection)
            with connection.cursor() as cursor:
                cursor.execute("SELECT n FROM tally")
                (n,) = cursor.fetchone()
                cursor.execute("UPDATE tally SET n = %s", [n + 1])
            connection.commit()
            connection.set_autocommit(True)

    threads = [threading.Thread(target=count, args=[connect()]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with first.cursor() as cursor:
        cursor.execute("SELECT n FROM tally")
        assert cursor.fetchone() == (160,)
