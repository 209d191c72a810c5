"""
What a deployed portal is told: the variables in `portal.env`, beside `manage.py`.

The servers and every command read this one file by these rules, so they hold the same keys. Who
has chosen settings by DJANGO_SETTINGS_MODULE has chosen them whole: the file is not read then.
"""

import os
import re
import sys
from collections.abc import MutableMapping
from pathlib import Path

FILE = Path(__file__).absolute().parents[1] / "portal.env"
PRODUCTION = "portal.settings.production"
LINE = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=(.*)")
COMMENT_BEHIND = re.compile(r"(^|\s)#")


class EnvironmentFileError(Exception):
    """The file cannot be read as one; the sentence says which line, and never what stands there."""


def parse(text: str) -> dict[str, str]:
    """
    Return the variables of a file: one NAME=value a line, the value as it stands up to its end.

    A line that begins with # is a comment. Quotation marks around a whole value are left out.
    Raises EnvironmentFileError for what other programs would read otherwise, such as a comment
    behind a value.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        match = LINE.fullmatch(line)
        if match is None:
            raise EnvironmentFileError(f"line {number} is not NAME=value, with no spaces around =")
        name, value = match[1], match[2]
        if name in found:
            raise EnvironmentFileError(f"line {number} gives {name} a second time")
        found[name] = _plain(value, f"line {number} ({name})")
    return found


def _plain(value: str, where: str) -> str:
    if value[:1] in {'"', "'"}:
        mark, inside = value[0], value[1:-1]
        if len(value) < 2 or value[-1] != mark or mark in inside or "\\" in inside:
            raise EnvironmentFileError(f"{where} has quotation marks that do not enclose the value")
        return inside
    if COMMENT_BEHIND.search(value):
        raise EnvironmentFileError(
            f"{where} has a comment behind the value: give the comment a line of its own"
        )
    if value != value.strip() or "\\" in value:
        raise EnvironmentFileError(
            f"{where} has white space before the value, or a backslash: write neither"
        )
    return value


def read(environment: MutableMapping[str, str], file: Path) -> bool:
    """
    Add what the file says to `environment`, and production's settings; say whether this was done.

    What is there already stays. Does nothing where there is no file, or where settings are chosen.
    Raises EnvironmentFileError, also where the file may not be read.
    """
    if "DJANGO_SETTINGS_MODULE" in environment or not os.path.lexists(file):
        return False
    try:
        variables = parse(file.read_text(encoding="utf-8-sig"))
    except PermissionError:
        raise EnvironmentFileError("you may not read it: run this as the portal's user") from None
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentFileError(f"it cannot be read ({type(error).__name__})") from error
    for name, value in variables.items():
        environment.setdefault(name, value)
    environment.setdefault("DJANGO_SETTINGS_MODULE", PRODUCTION)
    return True


def read_for_server() -> None:
    """Read the file, if there is one; production's settings hold in any case. Ends with a line."""
    _read_or_end()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", PRODUCTION)


def read_for_command() -> None:
    """Read the file, or have settings chosen: a command never guesses which portal is meant."""
    if not _read_or_end() and "DJANGO_SETTINGS_MODULE" not in os.environ:
        sys.exit(
            "✗ Which portal? In an installation portal.env must stand beside manage.py"
            " (docs/deploy.md). For the demonstration that `make run` starts:"
            " export DJANGO_SETTINGS_MODULE=portal.settings.demo"
        )


def _read_or_end() -> bool:
    try:
        return read(os.environ, FILE)
    except EnvironmentFileError as error:
        sys.exit(f"✗ {FILE}: {error}.")
