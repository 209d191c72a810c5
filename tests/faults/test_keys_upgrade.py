"""A database from when keys counted up: all stays together, and no key tells what came first."""

import json

import pytest

from tests.faults.upgrades import run

pytestmark = pytest.mark.faults
ANSWERS = 40


def test_answers_of_before_keep_what_belongs_to_them_under_keys_that_tell_nothing(
    database, tmp_path
):
    before = ("-m", "tests.faults.answers_before", tmp_path)
    run(*before, ANSWERS, **database)
    run("manage.py", "migrate", "--verbosity", "0", **database)
    run(*before, "after", **database)
    assert json.loads((tmp_path / "after.json").read_text()) == {"count": ANSWERS, "wrong": []}
    keys = json.loads((tmp_path / "keys.json").read_text())
    assert len(keys) == 8
    for table, found in keys.items():
        assert len(set(found)) >= ANSWERS, table
        assert sorted(found) != found, table
        assert min(found) > 10 * ANSWERS, f"{table}: an old key is left"
    assert json.loads((tmp_path / "counters.json").read_text()) == []
