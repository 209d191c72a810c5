"""Two workers with a memory of their own each, as two processes of one machine have it."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client

from portal.front import tables
from portal.front.tokens import tokens
from tests.real_redis import RedisServer
from tests.test_record_tells_no_time import anonymous_acts, page

__all__ = ["anonymous_acts", "page"]


@pytest.fixture
def front(settings, tmp_path) -> Iterator[None]:
    """Pages are kept, as in production, and tokens lie in a file of this test."""
    settings.FRONT_MEGABYTES = 8
    settings.WAITING_DIR = tmp_path
    tokens.cache_clear()
    tables.watch(connection)
    yield
    connection.execute_wrappers.remove(tables._watched)
    tokens.cache_clear()


@pytest.fixture
def worker(front, db) -> Client:
    """A process that serves; its middleware, and so its memory, is its own."""
    return Client()


@pytest.fixture
def another_worker(front, db) -> Client:
    return Client()


@pytest.fixture
def commit() -> Callable[[], None]:
    """Do what a commit does; tests of the database run within a transaction that never ends."""

    def committed() -> None:
        hooks, connection.run_on_commit = connection.run_on_commit, []
        for _, hook, _ in hooks:
            hook()

    return committed


@pytest.fixture
def redis_server(tmp_path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def redis_address(tmp_path_factory) -> Iterator[str]:
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    yield server.address
    server.stop()
