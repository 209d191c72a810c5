"""`make check` says what is wrong with the library, and fails for it."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal import bootstrap
from tests.portal.management.library.files import change, line_of, write_library

ROOT = Path(bootstrap.ROOT)


def test_a_whole_library_passes(tmp_path):
    out = StringIO()
    call_command("check_library", write_library(tmp_path), stdout=out)
    assert out.getvalue() == "The library has no faults.\n"


def test_faults_are_printed_by_file_and_line(tmp_path, monkeypatch):
    write_library(tmp_path)
    path = Path("guides", "second.en.toml")
    change(tmp_path / path, '["customs"]', '["sailors"]')
    monkeypatch.chdir(tmp_path)
    out = StringIO()
    with pytest.raises(CommandError, match="1 fault"):
        call_command("check_library", tmp_path, stdout=out)
    line = line_of(tmp_path / path, "sailors")
    assert out.getvalue().startswith(f"{path}:{line}: “sailors” is no term")


def test_the_command_ends_with_1_and_asks_no_database(tmp_path):
    write_library(tmp_path)
    (tmp_path / "titles.ru.toml").unlink()
    nowhere = {"DJANGO_SETTINGS_MODULE": "portal.settings.demo", "DATA_DIR": str(tmp_path / "none")}
    done = subprocess.run(
        [sys.executable, "manage.py", "check_library", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, **nowhere},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "titles.ru.toml:1: This file is missing" in done.stdout
    assert "Traceback" not in done.stderr


def test_make_check_checks_the_library_and_stops_there(monkeypatch):
    asked = []

    def run(*command, env=None):
        asked.append(command)
        return int("check_library" in command)

    monkeypatch.setattr(bootstrap, "run", run)
    monkeypatch.setattr(bootstrap, "install", lambda requirements: None)
    monkeypatch.setattr(bootstrap, "compile_catalogues", lambda: None)
    with pytest.raises(SystemExit) as stopped:
        bootstrap.command_check()
    assert stopped.value.code == 1
    assert asked[-1] == (bootstrap.PYTHON, "manage.py", "check_library")
