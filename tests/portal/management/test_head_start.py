"""A new demonstration begins from a kept database, and ends where migrations lead."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[3]
# What tells one database from another with the same tables.
SCHEMA = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2"


def test_a_new_demonstration_has_the_tables_that_migrations_make(db, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("the suite runs on another database")
    code = (
        "import django; django.setup(); from django.core.management import call_command; "
        "from portal.management import head_start; head_start.begin(); "
        "call_command('migrate', verbosity=0)"
    )
    environment = {
        **{key: value for key, value in os.environ.items() if key != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "DATA_DIR": str(tmp_path),
    }
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True)
    begun = sqlite3.connect(tmp_path / "portal.sqlite3").execute(SCHEMA).fetchall()
    with connection.cursor() as cursor:
        assert begun == cursor.execute(SCHEMA).fetchall()


def test_a_database_that_is_there_stays(tmp_path, settings, monkeypatch):
    from portal.management import head_start

    place = tmp_path / "portal.sqlite3"
    place.write_bytes(b"mine")
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(place))
    head_start.begin()
    assert place.read_bytes() == b"mine"
    assert [each.name for each in tmp_path.iterdir()] == ["portal.sqlite3"]
