"""Redis, where there is one. It must be told to evict nothing (docs/deploy.md)."""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache

from portal.web.limit_store.base import KEY_BYTES, DailyKey, away, left_of_day

# Clocks differ a little, so what is of a day stays a moment longer.
SLACK = 300  # seconds


class JSONSerializer:
    """Never pickles: whoever can write to Redis gains no code."""

    def dumps(self, value: Any) -> Any:
        return value if type(value) is int else json.dumps(value)

    def loads(self, written: bytes) -> Any:
        return json.loads(written)


class RedisStore(DailyKey, RedisCache):
    """Django's own, with hashed keys that end with their day."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        patience = {"socket_connect_timeout": 2, "socket_timeout": 5}
        options = {"serializer": JSONSerializer, **patience, **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})

    def get_backend_timeout(self, timeout: Any = DEFAULT_TIMEOUT) -> int:
        """Return the seconds to keep something: no longer than the key that it stands under."""
        asked = super().get_backend_timeout(timeout)
        most = left_of_day() + SLACK
        return most if asked is None else min(int(asked), most)

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        with _reached():
            return super().add(key, value, timeout, version)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        with _reached():
            return super().touch(key, timeout, version)

    def delete(self, key: str, version: int | None = None) -> bool:
        with _reached():
            return super().delete(key, version)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Django's asks whether there is such a key first, which may end before it is counted."""
        with _reached():
            hashed, client = self.make_and_validate_key(key, version), self._client()
            counted, ends_in = client.pipeline().incrby(hashed, delta).ttl(hashed).execute()
            if ends_in < 0:  # made just now, and would never end
                client.delete(hashed)
                raise ValueError(f"Nothing is counted under {key!r}.")
            return int(counted)

    def _get(self, key: str, default: Any, version: int | None) -> Any:
        with _reached():
            return RedisCache.get(self, key, default, version)

    def _set(self, key: str, value: Any, timeout: Any, version: int | None) -> None:
        with _reached():
            RedisCache.set(self, key, value, timeout, version)

    def _key_of(self, today: date) -> tuple[date, bytes]:
        with _reached():
            client, name = self._client(), f"limits:{today}"
            client.set(name, secrets.token_bytes(KEY_BYTES), nx=True, ex=left_of_day() + SLACK)
            return today, bytes(client.get(name))

    def _client(self) -> Any:
        return self._cache.get_client(None, write=True)  # type: ignore[attr-defined]


@contextmanager
def _reached() -> Iterator[None]:
    from redis.exceptions import RedisError

    with away(RedisError, OSError):
        yield
