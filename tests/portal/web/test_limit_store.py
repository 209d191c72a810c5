"""The store of limits: shared, emptied by nobody, and telling of nobody once its day has ended."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
import time_machine
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.utils.translation import gettext_lazy

from portal.web.limit_store import PostgreSQLStore, RedisStore, SQLiteStore
from portal.web.rate_limits import Limit
from tests.real_redis import RedisServer

pytestmark = pytest.mark.database

NOON = datetime(2027, 3, 1, 12, 0, 30, tzinfo=UTC)
PARAMS = {"KEY_PREFIX": "limits", "TIMEOUT": 300}


@pytest.fixture(scope="module")
def redis_address(tmp_path_factory):
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    yield server.address
    server.stop()


@pytest.fixture
def postgresql():
    """A function that opens a store in PostgreSQL; open ones would keep the database from going."""
    opened = []

    def open_another():
        opened.append(PostgreSQLStore("default", PARAMS))
        return opened[-1]

    yield open_another
    for store in opened:
        store.connection.close()


@pytest.fixture(params=["sqlite", "postgresql", "redis"])
def open_store(request, tmp_path, postgresql):
    """A function that opens the same store anew, as another worker does."""
    if request.param == "sqlite":
        place = str(tmp_path / "limits.sqlite3")
        return lambda: SQLiteStore(place, PARAMS)
    if request.param == "postgresql":
        if connection.vendor != "postgresql":
            pytest.skip("the suite runs on SQLite")
        request.getfixturevalue("db")
        postgresql().clear()
        return postgresql
    address = request.getfixturevalue("redis_address")
    RedisStore(address, PARAMS).clear()
    return lambda: RedisStore(address, PARAMS)


def test_what_cannot_be_written_down_is_not_kept_and_breaks_nothing(tmp_path):
    """As Wagtail's names of languages, each in its reader's language, on the admin's first page."""
    store = SQLiteStore(str(tmp_path / "limits.sqlite3"), PARAMS)
    store.set("names", "old")
    store.set("names", {1: gettext_lazy("English")})
    assert store.get("names") is None


def test_what_one_worker_counts_all_know(open_store):
    one, other = open_store(), open_store()
    assert one.add("tries", 1, 60)
    assert not other.add("tries", 1, 60)
    assert other.incr("tries") == 2
    assert one.get("tries") == 2
    assert other.delete("tries")
    assert one.get("tries", "nothing") == "nothing"
    with pytest.raises(ValueError, match=r"."):
        one.incr("tries")


def test_it_keeps_what_allauth_puts_there(open_store):
    one, other = open_store(), open_store()
    one.set("history", [1.5, 0.5], 60)
    one.set("true", True, 60)
    assert other.get("history") == [1.5, 0.5]
    assert other.get("true") is True
    assert other.get_many(["history", "absent"]) == {"history": [1.5, 0.5]}


def test_three_hundred_thousand_other_keys_push_nothing_out(open_store):
    """A largest size, as Django's caches have, would: their default is 300. Here 3,000 stand in."""
    store = open_store()
    store.set("tries", 5, 3600)
    for number in range(3_000):
        store.set(f"another {number}", 1, 3600)
    assert store.get("tries") == 5


def test_many_at_once_are_all_counted(open_store):
    open_store().set("tries", 0, 60)

    def count():
        store = open_store()
        for _n in range(25):
            store.incr("tries")

    threads = [threading.Thread(target=count) for _n in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert open_store().get("tries") == 100


def test_workers_that_begin_at_once_make_one_table(request, monkeypatch):
    """CREATE TABLE IF NOT EXISTS fails in PostgreSQL where another creates it meanwhile."""
    if connection.vendor != "postgresql":
        pytest.skip("the suite runs on SQLite")
    request.getfixturevalue("db")
    together, connect, failures = threading.Barrier(6), psycopg.connect, []

    def connect_with_others(**parameters):
        opened = connect(**parameters)
        together.wait()
        return opened

    def begin():
        try:
            PostgreSQLStore("default", PARAMS).connection.close()
        except Exception as failure:
            failures.append(failure)

    for _round in range(30):
        with PostgreSQLStore("default", PARAMS).connection as opened:
            opened.execute("DROP TABLE limits")
        with monkeypatch.context() as patched:
            patched.setattr(psycopg, "connect", connect_with_others)
            threads = [threading.Thread(target=begin) for _n in range(6)]
            for each in threads:
                each.start()
            for each in threads:
                each.join()
    assert failures == []


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
class TestTable:
    """What lies in the table, byte by byte."""

    @pytest.fixture
    def store(self, kind, tmp_path, request):
        if kind == "sqlite":
            return SQLiteStore(str(tmp_path / "limits.sqlite3"), PARAMS)
        if connection.vendor != "postgresql":
            pytest.skip("the suite runs on SQLite")
        request.getfixturevalue("db")
        store = request.getfixturevalue("postgresql")()
        store.connection.execute("TRUNCATE limits")
        return store

    def rows(self, store):
        return store._run("SELECT key, number, value, expires FROM limits", [])

    def test_it_is_over_when_it_is_over(self, store):
        with time_machine.travel(NOON, tick=False) as clock:
            assert store.add("tries", 1, 30)
            clock.shift(29)
            assert not store.add("tries", 1, 30)
            clock.shift(60)  # never before its time, at most to the end of the minute
            assert store.add("tries", 1, 30)

    def test_no_row_tells_an_address_or_a_time_finer_than_the_minute(self, store):
        with time_machine.travel(NOON, tick=False):
            store.add("client 203.0.113.9", 1, 47)
            rows = self.rows(store)
        assert "203.0.113.9" not in str(rows)
        assert {expires % 60 for key, *_, expires in rows if key != "day"} == {0}

    def test_the_key_and_all_counted_under_it_are_destroyed_with_the_day(self, store):
        with time_machine.travel(NOON, tick=False) as clock:
            store.set("tries", 5, 7 * 24 * 3600)
            before = {bytes.fromhex(value.split()[1]) for key, _n, value, _e in self.rows(store)
                      if key == "day"}  # fmt: skip
            clock.shift(timedelta(days=1))
            assert store.get("tries") is None
            after = self.rows(store)
        (secret,) = before
        assert [key for key, *_ in after] == ["day"]
        assert secret.hex() not in str(after)
        if isinstance(store, SQLiteStore):
            for path in Path(store.location).parent.glob("limits.sqlite3*"):
                assert secret.hex().encode() not in path.read_bytes(), path.name

    def test_a_machine_whose_clock_is_behind_begins_no_day(self, store, kind):
        fast, slow = store, type(store)(store.location, PARAMS)
        with time_machine.travel(datetime(2027, 3, 2, 0, 0, 1, tzinfo=UTC), tick=False):
            fast.set("tries", 5, 3600)
        with time_machine.travel(datetime(2027, 3, 1, 23, 59, 59, tzinfo=UTC), tick=False):
            assert slow.get("tries") == 5
        with time_machine.travel(datetime(2027, 3, 2, 0, 0, 2, tzinfo=UTC), tick=False):
            assert fast.get("tries") == 5


@pytest.mark.django_db
def test_what_was_counted_stands_when_the_act_is_undone(transactional_db):
    from django.db import transaction

    limit = Limit("undone", most=1, seconds=3600)
    with time_machine.travel(NOON), transaction.atomic():
        assert limit.take("somebody")
        transaction.set_rollback(True)
    with time_machine.travel(NOON):
        assert not limit.take("somebody")


def test_a_restarted_server_costs_one_attempt_of_ours_and_none_of_the_visitors(db):
    store = caches["default"]
    if not isinstance(store, PostgreSQLStore):
        pytest.skip("the suite runs on SQLite")
    store.set("tries", 1, 60)
    store.connection.close()
    assert store.get("tries") == 1


@pytest.fixture
def backup(db):
    """A connection to read the table of limits with, in a transaction that goes on, as pg_dump."""
    store = caches["default"]
    if not isinstance(store, PostgreSQLStore):
        pytest.skip("a copy of a file of SQLite's holds nobody up")
    opened = psycopg.connect(store.connection.info.dsn)
    opened.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    yield opened
    opened.close()


def test_a_backup_that_goes_on_past_midnight_stops_nobody(backup):
    store = caches["default"]

    def kept_in_the_pages():
        store.connection.execute("CREATE EXTENSION IF NOT EXISTS pageinspect")
        [(size,)] = store._run("SELECT pg_relation_size('limits') / 8192", [])
        pages = (store._run("SELECT get_raw_page('limits', ?)", [n]) for n in range(size))
        return b"".join(page for ((page,),) in pages)

    elsewhere = psycopg.connect(store.connection.info.dsn)
    with elsewhere, time_machine.travel(NOON, tick=False) as clock:
        elsewhere.execute("SELECT txid_current()")  # it could still see what is deleted from now on
        store.set("tries", 5, 7 * 24 * 3600)
        ((before,),) = backup.execute("SELECT value FROM limits WHERE key = 'day'").fetchall()
        clock.shift(timedelta(days=1))
        assert store.get("tries") is None
        store.set("tries", 1, 600)
        assert before not in str(store._run("SELECT value FROM limits", []))
        assert before.encode() in kept_in_the_pages()
        backup.rollback()
        clock.shift(60)
        store.set("others", 1, 600)
        assert before.encode() not in kept_in_the_pages()
        assert store.get("tries") == 1


def test_limits_are_told_apart_and_begin_anew():
    first, second = Limit("first", most=2, seconds=60), Limit("second", most=2, seconds=60)
    with time_machine.travel(NOON, tick=False) as clock:
        assert [first.take("a") for _n in range(3)] == [True, True, False]
        assert first.is_reached("a")
        assert first.take("b")
        assert second.take("a")
        first.give_back("b")
        assert [first.take("b") for _n in range(3)] == [True, True, False]
        clock.shift(60)
        assert not first.is_reached("a")
        assert first.take("a")
    first.give_back("nobody")


def test_limits_and_pages_have_places_of_their_own():
    assert settings.CACHES["default"]["BACKEND"].startswith("portal.web.limit_store.")
    assert settings.CACHES["pages"]["BACKEND"] != settings.CACHES["default"]["BACKEND"]
