"""
The inside of a contestant: a process that does one thing at a time and says how long it took.

It reads commands from standard input, a line of JSON each, `{"cmd": "page", "repeat": 3}`, and
answers each with a line of JSON. The peers run it too, so it knows nothing but Django.
"""

import gc
import json
import os
import random
import re
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from tests.bench.generator import MAX_DEPTH, Row

# The portal's own (portal/settings/production.py): everybody writes under the same conditions.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
}
PAGE = 100
PLAIN_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
CSRF_SECRET = "a" * 32

Milliseconds = list[float]


def database_path() -> str:
    """The SQLite file that the harness named on the command line."""
    return sys.argv[1]


def serve(commands: Mapping[str, Callable[..., Any]]) -> None:
    """Answer commands until standard input ends. What libraries print goes to standard error."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"answer": commands[request.pop("cmd")](**request)}
        except Exception as error:
            traceback.print_exc()
            answer = {"error": repr(error)}
        print(json.dumps(answer), file=answers, flush=True)


def timed(act: Callable[[], Any], repeat: int) -> Milliseconds:
    """
    Milliseconds of each of `repeat` calls, after one that warms what others cooled.

    Of processor time: what else the machine does would otherwise weigh on the slower of two more
    than on the faster, which ends within one turn of the scheduler. Nothing measured here waits.
    """
    act()
    figures = []
    for _ in range(repeat):
        start = time.thread_time_ns()
        act()
        figures.append((time.thread_time_ns() - start) / 1e6)
    return figures


def settle() -> None:
    """Leave what was loaded out of later garbage collections, as a forking server does."""
    gc.collect()
    gc.freeze()


def offset_of(position: str, size: int) -> int:
    """How many comments precede the page at `position`: first, middle or last."""
    return {"first": 0, "middle": size // 2, "last": size - PAGE}[position]


@cache
def _handler() -> Any:
    """One handler for all clients of the process, as a server has: loading middleware is dear."""
    from django.test.client import ClientHandler

    return ClientHandler(enforce_csrf_checks=True)


def visitor_client() -> Any:
    """A test client of an anonymous visitor, with CSRF checks on."""
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.handler = _handler()
    return client


def member_client(user: Any) -> Any:
    """A test client signed in as `user`, with the cookie that goes with `csrf_fields`."""
    client = visitor_client()
    client.force_login(user)
    client.cookies["csrftoken"] = CSRF_SECRET
    return client


def csrf_fields() -> dict[str, str]:
    return {"csrfmiddlewaretoken": CSRF_SECRET}


class Replies:
    """What newcomers answer: comments drawn evenly, and a body that nobody has written before."""

    def __init__(self, rows: list[Row]) -> None:
        self.chance = random.Random(len(rows))
        self.written = 0
        self.parents = [row.id for row in rows if row.depth < MAX_DEPTH]
        self.bodies = [row.body for row in rows[:10_000]]

    def __call__(self) -> tuple[int, str]:
        """The id of a parent that may be answered, and the answer."""
        self.written += 1
        body = self.chance.choice(self.bodies)
        return self.chance.choice(self.parents), f"{self.written}: {body}"


def expect_page(html: str, count: int = PAGE) -> None:
    """Raise unless `html` holds `count` comments: a figure for an error page is none."""
    found = len(re.findall(r'id="c-?\d', html))
    if found < count:
        raise AssertionError(f"{found} comments instead of {count}: {html[:300]!r}")
