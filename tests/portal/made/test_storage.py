"""Files in Redis: as text, for their time, and no more of them than there is room for."""

import pytest

from portal.made import storage
from portal.made.storage import EndingRedis
from portal.web.limit_store import StoreAway
from tests.portal.web.test_limit_store import redis_address  # noqa: F401 - a fixture


@pytest.fixture
def store(redis_address):  # noqa: F811
    found = EndingRedis(redis_address, {"KEY_PREFIX": "made"})
    found.clear()
    return found


def test_what_is_put_into_redis_is_found_and_ends(store):
    store.set("a", "sealed", 600)
    assert store.get("a") == "sealed"
    assert store.get("b") is None
    client = store._cache.get_client(None)
    key = store.make_and_validate_key("a")
    assert client.get(key) == b'"sealed"'
    assert 0 < client.ttl(key) <= 600


def test_redis_takes_no_more_than_there_is_room_for(store, monkeypatch):
    monkeypatch.setattr(storage, "MOST_BYTES", 20)
    store.set("a", "ten signs.", 600)
    with pytest.raises(StoreAway):
        store.set("b", "one more", 600)
    assert store.get("a") == "ten signs."
    assert store.get("b") is None


def test_a_redis_that_is_away_is_said_to_be():
    gone = EndingRedis("redis://127.0.0.1:1/0", {})
    with pytest.raises(StoreAway):
        gone.get("a")
    with pytest.raises(StoreAway):
        gone.set("a", "b", 600)
