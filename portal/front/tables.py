"""
Which tables a page was made from, and which ones a transaction has changed.

Both are read from the SQL itself, so no act and no page has to say it, and none can forget to.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from portal.confidential import is_unheard
from portal.front.tokens import EVERY_TABLE, tokens

READ = re.compile(r'\b(?:FROM|JOIN)\s+"?(\w+)', re.I)
# Not "SELECT … FOR UPDATE OF", which locks, nor "ON CONFLICT DO UPDATE SET".
WRITTEN = re.compile(
    r"\b(?:(?:INSERT(?:\s+OR\s+\w+)?|REPLACE)\s+INTO|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?"
    r'|(?<!FOR\s)(?<!DO\s)UPDATE(?:\s+ONLY)?)\s+"?(\w+)',
    re.I,
)
FIRST_WORD = re.compile(r"[\s(]*(\w+)")
WRITES = {"INSERT", "UPDATE", "DELETE", "REPLACE", "TRUNCATE", "WITH"}
CHANGES_TABLES = {"CREATE", "ALTER", "DROP"}
# Rooms in which somebody writes who answers without a name. A page that is made anew takes longer
# than one that is kept: whoever asks for it again and again would know when they wrote. So what
# they do there renews nothing; what is published of it has tables of its own.
QUIET = (
    "responses_",
    "moderation_",
    "following_",
    "notifications_",
    "files_",
    "record_",
    "traces_",
)

# No table, but the mark of a page that is made from something else.
ELSEWHERE = "elsewhere"

_read: ContextVar[set[str] | None] = ContextVar("read", default=None)


@contextmanager
def tables_read() -> Iterator[set[str]]:
    """Collect, in the set that is given, the names of all tables read meanwhile in this thread."""
    names: set[str] = set()
    token = _read.set(names)
    try:
        yield names
    finally:
        _read.reset(token)


def made_from_elsewhere() -> None:
    """Say of the page that is being made that what it shows lies in no table: it is not kept."""
    if (names := _read.get()) is not None:
        names.add(ELSEWHERE)


@lru_cache(maxsize=1024)
def touched(sql: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the tables that a statement reads, and those that it changes ("*" for all)."""
    first = FIRST_WORD.match(sql)
    word = first[1].upper() if first else ""
    if word in CHANGES_TABLES:
        return frozenset(), frozenset({EVERY_TABLE})
    written = WRITTEN.findall(sql) if word in WRITES else []
    return frozenset(READ.findall(sql)), frozenset(written)


def watch(connection: Any, **kwargs: Any) -> None:
    """Watch a connection from now on; called for each one that opens."""
    if _watched not in connection.execute_wrappers:
        # First, since whoever watches for a while takes the last one away again.
        connection.execute_wrappers.insert(0, _watched)


def _watched(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    read, written = touched(sql if isinstance(sql, str) else str(sql))
    result = execute(sql, params, many, context)
    if written and (heard := _heard(written)):
        _renew_with_commit(context["connection"], heard)
    if read and (names := _read.get()) is not None:
        names |= read
    return result


def _heard(written: frozenset[str]) -> set[str]:
    if is_unheard():
        return {name for name in written if not name.startswith(QUIET)}
    return set(written)


class _Renewal:
    """A callback of the commit, for the tables that its transaction has changed."""

    def __init__(self, names: set[str]) -> None:
        self.names = names

    def __call__(self) -> None:
        tokens().renew(self.names)


def _renew_with_commit(connection: Any, names: set[str]) -> None:
    """
    Renew the tokens when the transaction is committed, before anything else that waits for that.

    Before the others, since one of them may fail or take its time. Not at all if it is rolled back,
    or back to before this statement.
    """
    if not connection.in_atomic_block:
        tokens().renew(names)
        return
    hooks, savepoints = connection.run_on_commit, set(connection.savepoint_ids)
    if hooks and isinstance(hooks[0][1], _Renewal) and hooks[0][0] == savepoints:
        hooks[0][1].names |= names
    else:
        hooks.insert(0, (savepoints, _Renewal(names), False))
