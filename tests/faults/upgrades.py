"""Databases of an earlier time, each made and upgraded by processes of its own."""

import os
import subprocess
import sys

import pytest


def run(*command, **environment):
    """What Python prints, run with these arguments; it must succeed."""
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
def database(tmp_path):
    """An empty database of its own, of the kind that the suite runs on."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield {"DATA_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/old.sqlite3"}
        return
    import psycopg

    name = f"upgrade_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield {"DATA_DIR": str(tmp_path), "DATABASE_URL": f"{url.rpartition('/')[0]}/{name}"}
        connection.execute(f"DROP DATABASE {name}")
