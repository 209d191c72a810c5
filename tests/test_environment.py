"""What a deployed portal is told: one file, which servers and commands read by the same rules."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from portal import environment
from portal.environment import EnvironmentFileError, parse, read

ROOT = Path(__file__).resolve().parents[1]
DEPLOYED = """
# What stands behind a # at the beginning of a line is a comment.
SECRET_KEY=long-enough-and-random-enough-for-the-check-0123456789
ALLOWED_HOSTS=portal.example
EMAIL_URL=smtp://127.0.0.1:25
SECURITY_CONTACT=mailto:security@portal.example
"""


class TestParsing:
    def test_values_stand_up_to_the_end_of_the_line(self):
        text = "\n# comment\n  # another\nA=b\nURL=smtp://u:p%24@host:587/?a=b#c\nEMPTY=\n"
        assert parse(text) == {"A": "b", "URL": "smtp://u:p%24@host:587/?a=b#c", "EMPTY": ""}

    def test_as_windows_and_others_write_it(self):
        assert parse("A=b\r\nB=Portal <portal@host>  \r\n") == {
            "A": "b",
            "B": "Portal <portal@host>",
        }

    def test_quotation_marks_around_a_value_are_no_part_of_it(self):
        assert parse("A=\"b # c\"\nB='d'") == {"A": "b # c", "B": "d"}

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("A=b   # a comment", "line 2 (A) has a comment behind the value"),
            ("A=#b", "line 2 (A) has a comment behind the value"),
            ("A = b", "line 2 is not NAME=value"),
            ("export A=b", "line 2 is not NAME=value"),
            ("A", "line 2 is not NAME=value"),
            ("A= b", "line 2 (A) has white space before the value"),
            ("A=b\\", "line 2 (A) has white space before the value, or a backslash"),
            ('A="b', "line 2 (A) has quotation marks that do not enclose the value"),
            ('A="b" # c', "line 2 (A) has quotation marks that do not enclose the value"),
            ("FIRST=b", "line 2 gives FIRST a second time"),
        ],
    )
    def test_what_other_programs_would_read_otherwise_is_refused(self, line, said):
        with pytest.raises(EnvironmentFileError) as refused:
            parse(f"FIRST=a\n{line}\n")
        assert str(refused.value).startswith(said)


class TestReading:
    @pytest.fixture
    def file(self, tmp_path):
        file = tmp_path / "portal.env"
        file.write_text("SECRET_KEY=of-the-file\nLOG_LEVEL=ERROR\n")
        return file

    def test_it_is_production_s(self, file):
        found = {"LOG_LEVEL": "DEBUG"}
        assert read(found, file)
        assert found == {
            "SECRET_KEY": "of-the-file",
            "LOG_LEVEL": "DEBUG",
            "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        }

    def test_settings_that_are_chosen_are_chosen_whole(self, file):
        chosen = {"DJANGO_SETTINGS_MODULE": "portal.settings.demo"}
        assert not read(chosen, file)
        assert chosen == {"DJANGO_SETTINGS_MODULE": "portal.settings.demo"}

    def test_where_there_is_no_file_nothing_is_read(self, tmp_path):
        found: dict[str, str] = {}
        assert not read(found, tmp_path / "portal.env")
        assert found == {}

    def test_a_link_that_leads_nowhere_is_no_missing_file(self, tmp_path):
        (tmp_path / "portal.env").symlink_to(tmp_path / "gone")
        with pytest.raises(EnvironmentFileError, match="cannot be read"):
            read({}, tmp_path / "portal.env")

    def test_whoever_may_not_read_it_is_told_whom_to_be(self, file, monkeypatch):
        def refused(*arguments, **options):
            raise PermissionError

        monkeypatch.setattr(Path, "read_text", refused)
        with pytest.raises(EnvironmentFileError, match="run this as the portal's user"):
            read({}, file)


@pytest.fixture
def installation(tmp_path):
    """A copy of the code in a folder of its own, as an installation has it."""
    for name in ("portal", "consultations", "knowledge", "templates"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "manage.py", tmp_path)

    def ask(*arguments: str, **more: str) -> subprocess.CompletedProcess:
        kept = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}}
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env={**kept, "PYTHONDONTWRITEBYTECODE": "1", **more},
            capture_output=True,
            text=True,
            check=False,
        )

    return tmp_path, ask


def test_a_command_never_guesses_which_portal_is_meant(installation):
    """Without a word of settings it was the demonstration, and left a database in var/."""
    folder, ask = installation
    before = sorted(folder.iterdir())
    result = ask("manage.py", "check")
    assert result.returncode != 0
    assert result.stderr.startswith("✗ Which portal?")
    assert "portal.env" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert sorted(folder.iterdir()) == before


def test_server_and_command_hold_the_same_settings(installation):
    folder, ask = installation
    (folder / "portal.env").write_text(f"{DEPLOYED}DATA_DIR={folder}/data\nSEALING_KEYS=a,b\n")
    (folder / "data" / "static").mkdir(parents=True)
    shown = "print([c.SETTINGS_MODULE, c.SECRET_KEY, c.SEALING_KEYS, str(c.DATA_DIR)])"
    command = ask(
        "manage.py", "shell", "-v0", "-c", f"from django.conf import settings as c; {shown}"
    )
    server = ask(
        "-c",
        f"import portal.wsgi; from django.conf import settings as c; {shown}",
        BACKGROUND_IN_PROCESS="false",
    )
    assert command.returncode == server.returncode == 0, command.stderr + server.stderr
    assert "portal.settings.production" in command.stdout
    assert command.stdout == server.stdout


def test_a_worker_is_whole_before_its_first_visitor(installation):
    """The first visitor of each worker waited for all pages to load, 1.3 s."""
    folder, ask = installation
    (folder / "portal.env").write_text(f"{DEPLOYED}DATA_DIR={folder}/data\n")
    (folder / "data" / "static").mkdir(parents=True)
    seen = "print('consultations.responses.views' in sys.modules, gc.get_freeze_count() > 100_000)"
    result = ask("-c", f"import gc, sys, portal.wsgi; {seen}", BACKGROUND_IN_PROCESS="false")
    assert result.stdout == "True True\n", result.stderr


@pytest.mark.parametrize(
    "arguments",
    [["manage.py", "check"], ["-c", "import portal.wsgi"], ["-c", "import portal.asgi"]],
)
def test_a_file_that_is_read_in_two_ways_stops_all_in_one_line(installation, arguments):
    folder, ask = installation
    (folder / "portal.env").write_text(f"{DEPLOYED}SEALING_KEYS=abc   # made as SECRET_KEY is\n")
    result = ask(*arguments)
    assert result.returncode != 0
    assert result.stderr.strip() == (
        f"✗ {folder}/portal.env: line 7 (SEALING_KEYS) has a comment behind the value:"
        " give the comment a line of its own."
    )


def test_the_file_belongs_beside_manage_py():
    assert environment.FILE == ROOT / "portal.env"
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert "/portal.env" in ignored
