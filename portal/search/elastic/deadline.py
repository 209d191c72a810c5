"""
One request to Elasticsearch that ends when its time is up, whatever the server does.

A client's own timeout counts from byte to byte, so a server that trickles would hold the reader for
ever. The request is therefore sent by a thread of its own, which touches no database, and left
behind when the time is up. Not more than `MOST_AT_ONCE` are ever under way.
"""

import threading
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from math import ceil
from typing import Any

from elasticsearch import BadRequestError, Elasticsearch

from portal.search.elastic.client import get_client

MOST_AT_ONCE = 32
# A node that refuses the connection is passed over for the next, as often as this.
OTHER_NODES = 3

_places = threading.BoundedSemaphore(MOST_AT_ONCE)


class ElasticsearchUnavailableError(Exception):
    """
    Elasticsearch gave no answer that can be used.

    `its_fault` is false where it may well be up: this one question is not for it.
    """

    its_fault = True


class NotForElasticsearchError(ElasticsearchUnavailableError):
    """Elasticsearch cannot be asked this, or refuses this one request."""

    its_fault = False


class Budget:
    """So many seconds from now on, by `clock`."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._ends = clock() + seconds

    def left(self) -> float:
        return max(0.0, self._ends - self._clock())


def ask(call: Callable[[Elasticsearch], Any], budget: Budget) -> Mapping[str, Any]:
    """
    Return what `call` gets from a client, a JSON object, in the time that is left of `budget`.

    Raises ElasticsearchUnavailableError for everything else: no answer in time, an error, no JSON,
    a server that is none of Elasticsearch's; its cause is what was met.
    """
    left = budget.left()
    if not left:
        raise ElasticsearchUnavailableError("no time left")
    places = _places
    if not places.acquire(blocking=False):
        raise ElasticsearchUnavailableError("too many requests are under way")
    done = threading.Event()
    answer: list[Any] = []
    error: list[BaseException] = []

    def send() -> None:
        try:
            # A second too long harms nobody: the thread alone waits for it.
            answer.append(call(_impatient(get_client(), ceil(left))).body)
        except Exception as problem:
            error.append(problem)
        finally:
            places.release()
            done.set()

    # Ends with the process, however long the server keeps it.
    threading.Thread(target=send, name="elasticsearch", daemon=True).start()
    if not done.wait(left):
        raise ElasticsearchUnavailableError("no answer in time")
    if error:
        kind = NotForElasticsearchError if isinstance(error[0], BadRequestError) else None
        raise (kind or ElasticsearchUnavailableError)(type(error[0]).__name__) from error[0]
    if not isinstance(answer[0], dict):
        raise ElasticsearchUnavailableError("no JSON object")
    return answer[0]


@lru_cache(maxsize=4)
def _impatient(client: Elasticsearch, seconds: int) -> Elasticsearch:
    """Return the client with other patience; to make one takes as long as to send a request."""
    return client.options(request_timeout=seconds, max_retries=OTHER_NODES, retry_on_timeout=False)
