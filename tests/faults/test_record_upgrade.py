"""A record from before entries waited for their day: what stood in it stands, and receipts hold."""

import subprocess
import sys

import pytest

from tests.faults.upgrades import run

pytestmark = pytest.mark.faults


def verify(export, receipt):
    command = [sys.executable, export / "verify.py", export, "--receipt", receipt]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_an_older_record_is_taken_over_whole(database, tmp_path):
    run("-m", "tests.faults.record_before", tmp_path, **database)
    run("manage.py", "migrate", "--verbosity", "0", **database)
    run("manage.py", "publish_roots", **database)  # the day of the upgrade has not ended
    assert "The record holds: 13 entries, 1 pub" in run("manage.py", "verify_record", **database)
    run("manage.py", "export_record", tmp_path / "early", **database)
    run("-m", "tests.browser.tomorrow", "publish_roots", **database)
    run("-m", "tests.browser.tomorrow", "export_record", tmp_path / "export", **database)
    receipts = sorted(tmp_path.glob("receipt-*.json"))
    assert len(receipts) == 4
    for receipt in receipts:
        said = run(tmp_path / "export/verify.py", tmp_path / "export", "--receipt", receipt)
        assert "of this export" in said
    # Of the day of the upgrade: a root that covers it is still to come, and that is no success.
    early = [verify(tmp_path / "early", receipt) for receipt in receipts]
    assert [each.returncode for each in early] == [0, 0, 3, 3]
    assert all("NOT COVERED yet" in each.stdout + each.stderr for each in early[2:])
