"""
R26: no page that somebody changed is shown as it was, by any worker or replica.

Two servers keep pages; a third process changes the database, as another worker, a command or a
replica does. After each change both servers show what they would show if they kept nothing.
`HISTORIES` in the environment says how many (5,000 in all is the goal; the default is shorter).
"""

import json
import os
import subprocess
import sys
from contextlib import ExitStack

import pytest

from tests.faults.answering_server import ROOT, Server
from tests.real_redis import RedisServer

pytestmark = pytest.mark.faults
HISTORIES = int(os.environ.get("HISTORIES", "300"))
SEED = int(os.environ.get("SEED", "1"))


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demonstration")
    server = Server(folder, workers=1)
    server.manage("manage.py", "demo", "--migrate")
    return folder


@pytest.fixture(params=["two workers of a machine", "two replicas with Redis"])
def shared(request, tmp_path):
    """What the processes have in common, for the environment of each; "" for a place of its own."""
    if request.param == "two workers of a machine":
        yield {"WAITING_DIR": str(tmp_path)}
        return
    redis = RedisServer(tmp_path)
    yield {"REDIS_URL": redis.address, "WAITING_DIR": ""}
    redis.stop()


def histories(demonstration, shared, tmp_path, count, **of_the_third):
    """Run so many histories and return what they found; `of_the_third` is environment of it."""

    def own(name: str) -> dict[str, str]:
        return {"WAITING_DIR": shared["WAITING_DIR"] or str(tmp_path / name)}

    servers = [Server(demonstration, workers=1) for _ in range(2)]
    common = {**servers[0].environment, **shared, "BACKGROUND_IN_PROCESS": "false"}
    arguments = [str(count), str(SEED), *(str(server.port) for server in servers)]
    with ExitStack() as stack:
        for name, server in zip("ab", servers, strict=True):
            server.environment = {**common, **own(name), "PORT": str(server.port)}
            server.log = tmp_path / f"{name}.log"
            stack.enter_context(server.running())
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.histories", *arguments],
            cwd=ROOT,
            env={**common, **own("third"), **of_the_third},
            check=True,
            stdout=subprocess.PIPE,
        )
    return json.loads(done.stdout.splitlines()[-1])


def test_no_page_is_stale_on_any_worker_or_replica_after_any_change(
    demonstration, shared, tmp_path
):
    found = histories(demonstration, shared, tmp_path, HISTORIES)
    print(found)
    assert found["stale"] == []
    assert found["addresses"] > 40
    assert found["changed"] > found["histories"] / 10


def test_the_same_histories_find_what_a_change_that_nobody_is_told_of_leaves(
    demonstration, shared, tmp_path
):
    """Else the test above could not fail: the third process tells nobody of what it changes."""
    found = histories(demonstration, shared, tmp_path, 60, UNTOLD="1")
    assert found["stale"]
