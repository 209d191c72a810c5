"""A record from before entries waited for their day: what stood in it stands, and receipts hold."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.faults


def run(*command, **environment):
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def database(tmp_path, request):
    """An empty database of its own, of the kind that the suite runs on."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield {"DATA_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/old.sqlite3"}
        return
    import psycopg

    name = f"record_upgrade_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield {"DATA_DIR": str(tmp_path), "DATABASE_URL": f"{url.rpartition('/')[0]}/{name}"}
        connection.execute(f"DROP DATABASE {name}")


def test_an_older_record_is_taken_over_whole(database, tmp_path):
    run("-m", "tests.faults.record_before", tmp_path, **database)
    run("manage.py", "migrate", "--verbosity", "0", **database)
    run("manage.py", "publish_roots", **database)  # the day of the upgrade has not ended
    assert "The record holds: 13 entries, 1 pub" in run("manage.py", "verify_record", **database)
    run("manage.py", "export_record", tmp_path / "export", **database)
    receipts = sorted(tmp_path.glob("receipt-*.json"))
    assert len(receipts) == 4
    for receipt in receipts:
        said = run(tmp_path / "export/verify.py", tmp_path / "export", "--receipt", receipt)
        assert "of this export" in said
