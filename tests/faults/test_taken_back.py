"""
What was taken back is in no byte: of the database's files, its indices, exports, mail and logs.
"""

import json
import os
import subprocess
import sys
import time
import urllib.request

import pytest

from tests import real_elasticsearch

pytestmark = pytest.mark.faults

CANARIES = (
    b"firstcanary",
    b"secondcanary",
    b"leftcanary",
    b"Namecanary",
    b"Bodycanary",
    b"Leavercanary",
    b"Gonecanary",
)


def run(folder, *command, **environment):
    kept_out = {"DATABASE_URL", "ELASTICSEARCH_URL", "SECRET_KEY", "REDIS_URL"}
    return subprocess.run(
        [sys.executable, *map(str, command)],
        env={
            **{key: value for key, value in os.environ.items() if key not in kept_out},
            "DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
            "BACKGROUND_IN_PROCESS": "false",
            **environment,
        },
        capture_output=True,
        check=False,
    )


def telling(folder, said, *, database=True):
    """Which canary stands where: in any byte of any file, and in all that was said."""
    places = {str(each): each.read_bytes() for each in folder.rglob("*") if each.is_file()}
    assert places
    assert not database or any(name.endswith(".sqlite3") for name in places)
    places["logged"] = said
    return [
        (name, canary)
        for name, content in places.items()
        for canary in CANARIES
        if canary.lower() in content.lower()
    ]


@pytest.fixture
def portal(tmp_path):
    for command in (("migrate",), ("create_site",)):
        done = run(tmp_path, "manage.py", *command, "--verbosity", "0")
        assert done.returncode == 0, done.stderr
    return tmp_path


def test_what_was_taken_back_is_in_no_byte(portal):
    done = run(portal, "-m", "tests.faults.taking_back", portal)
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    assert list(portal.glob("mail/*")) == [], "the mail that waited had nothing left to say"
    assert (portal / "export" / "leaves.jsonl").stat().st_size
    assert b"/accounts/comments/" in done.stderr, "what is logged is looked at"
    assert telling(portal, done.stdout + done.stderr) == []


def docs_of(node):
    with urllib.request.urlopen(f"{node.url}/taken-back/_stats/docs") as answer:  # noqa: S310 - ours
        return json.load(answer)["_all"]["total"]["docs"]


def test_nor_in_elasticsearch_s_own_files(portal):
    """Its files are packed, so it is asked what it still keeps of what was deleted."""
    if real_elasticsearch.home() is None:
        pytest.skip("ELASTICSEARCH_HOME names no Elasticsearch")
    node = real_elasticsearch.Node()
    try:
        node.start()
        node.wait()
        index = {"ELASTICSEARCH_URL": node.url, "ELASTICSEARCH_INDEX": "taken-back"}
        done = run(portal, "-m", "tests.faults.taking_back", portal, **index)
        assert done.returncode == 0, done.stderr.decode()[-3000:]
        # For half a minute it keeps what was deleted, for copies that were away a moment.
        deadline = time.monotonic() + 120
        while (docs := docs_of(node))["deleted"] and time.monotonic() < deadline:
            run(portal, "manage.py", "count_search_words", **index)
        assert docs["count"] >= 30
        assert docs["deleted"] == 0
        assert telling(node.work / "data", b"", database=False) == []
    finally:
        node.remove()
