"""Tokens that all processes of a machine share, or all machines by Redis."""

import subprocess
import sys
import threading
from itertools import pairwise

import pytest

from portal.front.tokens import (
    EVERY_TABLE,
    MachineTokens,
    SharedTokens,
    TokensAwayError,
    tokens,
)

NAMES = ("a", "b")


@pytest.fixture(params=["machine", "redis"])
def open_tokens(request, tmp_path):
    """A function that opens the same tokens anew, as another process does."""
    if request.param == "machine":
        return lambda: MachineTokens(tmp_path / "tokens")
    address = request.getfixturevalue("redis_address")
    SharedTokens(address)._redis.flushall()
    return lambda: SharedTokens(address)


def test_what_one_renews_is_another_one_s_at_once(open_tokens):
    one, another = open_tokens(), open_tokens()
    seen = [another.of(NAMES)]
    for _ in range(3):
        one.renew(["a"])
        seen.append(another.of(NAMES))
    assert len({a for a, _ in seen}) == 4
    assert len({b for _, b in seen}) == 1


def test_all_tokens_of_one_moment_stay_those_of_that_moment(open_tokens):
    some = open_tokens()
    some.renew(["a"])
    token_of = some.now()
    then = some.of(NAMES)
    some.renew(["a", "b"])
    assert tuple(map(token_of, NAMES)) == then


def test_another_process_of_the_machine_has_the_same(tmp_path):
    tokens = MachineTokens(tmp_path / "tokens")
    before = tokens.of(NAMES)
    code = (
        "import sys; from pathlib import Path; from portal.front.tokens import MachineTokens; "
        "MachineTokens(Path(sys.argv[1])).renew(['a'])"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "tokens")], check=True)
    a, b = tokens.of(NAMES)
    assert a != before[0]
    assert b == before[1]


def test_nobody_reads_half_a_token(tmp_path):
    """Every token that is seen is one that was given: here two that differ in every byte."""
    tokens = MachineTokens(tmp_path / "tokens")
    place = tokens._slots
    given = (bytes(8), b"\xff" * 8)
    over = threading.Event()

    def renew() -> None:
        while not over.is_set():
            for each in given:
                place[0:8] = each

    thread = threading.Thread(target=renew)
    thread.start()
    seen = {tokens._slots[0:8] for _ in range(20_000)}
    over.set()
    thread.join()
    assert seen <= set(given)


def test_without_redis_nothing_is_current_and_what_was_committed_is_told_later(redis_server):
    tokens, another = SharedTokens(redis_server.address), SharedTokens(redis_server.address)
    tokens.renew(["a"])
    before = another.of(NAMES)
    redis_server.stop()
    tokens.renew(["a"])  # the commit stands: no error
    with pytest.raises(TokensAwayError):
        tokens.of(NAMES)
    redis_server.start()
    tokens._away_until = another._away_until = 0.0
    tokens.of(NAMES)
    assert another.of(NAMES) != before


def test_a_redis_that_has_forgotten_makes_nothing_old_current_again(redis_address):
    tokens = SharedTokens(redis_address)
    tokens._redis.flushall()
    seen = []
    for _ in range(3):
        tokens.now()
        seen.append(tokens.of([EVERY_TABLE]))
        tokens._redis.flushall()
    assert all(one != another for one, another in pairwise(seen))


def test_where_no_file_can_be_written_nothing_is_kept_and_every_commit_stands(settings, tmp_path):
    (tmp_path / "taken").write_text("")
    settings.WAITING_DIR = tmp_path / "taken"
    tokens.cache_clear()
    try:
        tokens().renew(["a"])
        with pytest.raises(TokensAwayError):
            tokens().now()
        with pytest.raises(TokensAwayError):
            tokens().of(NAMES)
    finally:
        tokens.cache_clear()
