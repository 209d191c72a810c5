"""
Stands in for systemd where there is none: starts what the page's units say, as they say it.

A directive that it does not know stops it, so that no unit says what nothing here tries.
"""

import grp
import os
import pwd
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.deploy.machine import PATH

UNITS = Path("/etc/systemd/system")
STATE = Path("/run/stand-in")
DONE = {"Type", "User", "Group", "WorkingDirectory", "ExecStart"}
# They ask for nothing that could be told apart in one short life.
LEFT_OUT = {"Restart", "PrivateTmp"}
SECONDS_TO_END = 60


def directives(unit: str, section: str) -> dict[str, str]:
    """A section of a unit; lines that end in a backslash go on, # begins a comment."""
    found, here = {}, ""
    for line in (UNITS / unit).read_text().replace("\\\n", " ").splitlines():
        if line.startswith("["):
            here = line.strip("[]")
        elif line and not line.startswith(("#", ";")) and here == section:
            name, _, value = line.partition("=")
            found[name] = value
    return found


def command_of(unit: str) -> subprocess.Popen:
    """Start the process of a service."""
    service = directives(unit, "Service")
    if unknown := service.keys() - DONE - LEFT_OUT:
        sys.exit(f"{unit}: what is {', '.join(sorted(unknown))} to the stand-in?")
    user = pwd.getpwnam(service["User"])
    group = grp.getgrnam(service["Group"])
    log = (STATE / f"{unit}.log").open("a")
    return subprocess.Popen(
        shlex.split(service["ExecStart"]),
        cwd=service["WorkingDirectory"],
        # systemd gives a service next to nothing.
        env={"PATH": PATH, "LANG": "C.UTF-8", "USER": user.pw_name, "HOME": user.pw_dir},
        user=user.pw_uid,
        group=group.gr_gid,
        extra_groups=[],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )


def start(unit: str) -> None:
    if unit == "nginx":
        subprocess.run(["nginx"], check=True)
    elif unit.endswith(".timer"):
        assert directives(unit, "Timer")["OnCalendar"]
        assert directives(unit, "Install")["WantedBy"]
        start(unit.replace(".timer", ".service"))
    elif directives(unit, "Service").get("Type") == "oneshot":
        if command_of(unit).wait():
            sys.exit(f"{unit} failed:\n{(STATE / f'{unit}.log').read_text()}")
    else:
        (STATE / unit).write_text(str(command_of(unit).pid))


def stop(unit: str) -> None:
    """End a service, and wait for it; a timer has nothing that runs on."""
    if unit.endswith(".timer"):
        return
    pid = int((STATE / unit).read_text())
    os.kill(pid, signal.SIGTERM)
    for _ in range(SECONDS_TO_END * 10):
        # A zombie is over, too: nobody here asks how it ended.
        if (
            not Path(f"/proc/{pid}/cmdline").exists()
            or not Path(f"/proc/{pid}/cmdline").read_bytes()
        ):
            return
        time.sleep(0.1)
    sys.exit(f"{unit} did not end")


def reload(unit: str) -> None:
    pid = Path("/run/nginx.pid")
    if pid.exists() and pid.read_text().strip():
        subprocess.run(["nginx", "-s", "reload"], check=True)
    else:
        start(unit)


def restart(unit: str) -> None:
    stop(unit)
    start(unit)


VERBS = {"start": start, "stop": stop, "restart": restart, "reload": reload, "enable": start}

if __name__ == "__main__":
    STATE.mkdir(exist_ok=True)
    verb, *units = sys.argv[1:]
    if verb != "daemon-reload":
        for each in units:
            if each != "--now":
                VERBS[verb](each)
