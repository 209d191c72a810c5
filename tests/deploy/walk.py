"""The walk itself, inside the copy: each block of the page in turn, and looks at what it made."""

import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

from tests.deploy import machine
from tests.deploy.operator import ADDRESS, HOST, PASSWORD, Operator, Visitor
from tests.deploy.page import PAGE, Block, blocks
from tests.portal.notifications.mailserver import MailServer

ROOT = PAGE.parents[1]
REPOSITORY = "/usr/src/portal"
# What may be there from an installation that this machine has, or its packages bring running.
FRESH = (
    *("/srv/portal", "/etc/portal.env", "/var/lib/portal", "/var/backups/portal", "/run/portal"),
    *("/etc/nginx/conf.d/portal.conf", "/etc/ssl/portal", "/run/nginx.pid", "/run/postgresql"),
)
ANSWERS = (
    (re.compile(r"mail address: $"), ADDRESS),
    (re.compile(r"[Nn]ame: $"), "Odile Operator"),
    (re.compile(r"Password( \(again\))?: $"), PASSWORD),
)


class Walk:
    """One way through the page; `replaced` are its examples that nobody can use as they stand."""

    def __init__(self) -> None:
        self.replaced = {"<this repository>": REPOSITORY}
        self.mail: MailServer | None = None

    def follow(self, block: Block) -> None:
        """Do what a block says, and what Debian or a person does beside it."""
        text = block.text
        for example, own in self.replaced.items():
            text = text.replace(example, own)
        if block.file:
            machine.write(block.file, text)
            return
        say(f"line {block.line}, as {block.user}: {commands(text)}")
        folder = "/root" if block.user == "root" else "/srv/portal"
        command = machine.shell(block.user, text, folder)
        surroundings = machine.environment(block.user)
        began = time.monotonic()
        with tempfile.TemporaryFile("w+") as said:
            if "createsuperuser" in text:
                code = at_a_terminal(command, surroundings, said)
            else:
                streams = {"stdin": subprocess.DEVNULL, "stdout": said, "stderr": said}
                code = subprocess.call(command, env=surroundings, **streams)
            if code:
                said.seek(0)
                print(said.read())
                show_logs()
                machine.stop(f"{PAGE.name}, line {block.line}: these commands failed")
        print(f"  {time.monotonic() - began:.0f} s", flush=True)
        if "apt-get install" in text:
            start_postgresql()
        if "pip install" in text and self.mail is None:
            # All that comes from outside is there.
            machine.leave_the_network(HOST, "mail.example.org")
            self.mail = MailServer().__enter__()
            example = "smtp+tls://user:password@mail.example.org:587"
            self.replaced[example] = f"smtp://127.0.0.1:{self.mail.port}"


def show_logs() -> None:
    """Print the end of what each service has said."""
    for log in Path("/run").glob("stand-in/*.log"):
        print(f"--- {log.name}\n{log.read_text()[-3000:]}")


def start_postgresql() -> None:
    """Start an empty one, as Debian does when it is installed."""
    for line in lines_of("pg_lsclusters", "--no-header"):
        version, name, *_ = line.split()
        subprocess.run(["pg_dropcluster", version, name], check=True)
    version = max(os.listdir("/usr/lib/postgresql"), key=int)
    subprocess.run(["pg_createcluster", version, "main"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["pg_ctlcluster", version, "main", "start"], check=True)


def make_repository() -> None:
    """What is being worked on here, committed or not, as a repository to clone."""
    git = ["git", "-c", "safe.directory=*", "-c", "user.name=Walk", "-c", "user.email=walk@example"]
    asked = ("ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate")
    listed = subprocess.run([*git, "-C", str(ROOT), *asked], check=True, capture_output=True)
    for name in listed.stdout.decode().split("\0")[:-1]:
        source, target = ROOT / name, Path(REPOSITORY, name)
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    for arguments in (("init", "-q"), ("add", "--all"), ("commit", "-q", "-m", "The portal")):
        subprocess.run([*git, *arguments], cwd=REPOSITORY, check=True)


def make_fresh() -> None:
    """Take away what an earlier installation left, and give the copy a stand-in for systemd."""
    for path in map(Path, FRESH):
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    subprocess.run(["userdel", "--force", "portal"], check=False, stderr=subprocess.DEVNULL)
    for name in ("systemctl", "systemd-tmpfiles"):
        module = f"tests.deploy.{name.replace('-', '_')}"
        script = f'#!/bin/sh\ncd {ROOT} && exec {sys.executable} -m {module} "$@"\n'
        machine.write(f"/usr/local/sbin/{name}", script, 0o755)


def at_a_terminal(command: list[str], surroundings: dict[str, str], out: IO[str]) -> int:
    """Run a command that asks questions, answer them, and write to `out` what it said; its code."""
    child, terminal = pty.fork()
    if not child:
        os.execvpe(command[0], command, surroundings)  # noqa: S606
    said = ""
    while True:
        try:
            piece = os.read(terminal, 1000).decode(errors="replace")
        except OSError:  # nobody is at the other end any more
            break
        out.write(piece)
        said += piece
        for question, answer in ANSWERS:
            if question.search(said):
                said = ""
                os.write(terminal, f"{answer}\n".encode())
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def lines_of(*command: str) -> list[str]:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


def commands(text: str) -> str:
    return "; ".join(line for line in text.splitlines()[1:] if line and line[0] not in "#{}")[:100]


def say(line: str) -> None:
    print(f"→ {line}", flush=True)


def main(folder: str) -> None:
    """Walk through the page; ends with a line where something is not as it says."""
    needed = (ROOT, ROOT / ".venv", Path(sys.prefix), Path(sys.base_prefix))
    machine.enter(Path(folder), *{each.resolve() for each in needed})
    os.environ["PATH"] = machine.PATH
    make_fresh()
    make_repository()
    walk, operator, picture = Walk(), None, ""
    for block in blocks(PAGE.read_text()):
        if block.section > 5 and operator is None:
            assert walk.mail is not None
            say("The first sign-in, with a second factor; a picture")
            operator = Operator(walk.mail)
            operator.sign_in()
            picture = operator.upload_picture()
            look_at(picture)
        walk.follow(block)
    assert operator is not None
    say("The same after a restore and an upgrade")
    wait_until_ready()
    operator.is_in_the_admin()
    look_at(picture)
    for example in walk.replaced:
        assert example in PAGE.read_text(), f"{PAGE.name} has no {example} any more"
    say("docs/deploy.md holds, word by word")


def look_at(picture: str) -> None:
    """Anybody gets the picture through the proxy."""
    page = Visitor().at(picture)
    assert (page.status, page.headers["Content-Type"]) == (200, "image/png"), page.status
    assert page.body.startswith(b"\x89PNG")


def wait_until_ready() -> None:
    """Both services answer through the proxy: that of readers, and that of whoever answers."""
    for _attempt in range(120):
        if {Visitor().at(path).status for path in ("/health/ready", "/en/resume/")} == {200}:
            return
        time.sleep(0.5)
    machine.stop("The service did not come back")


if __name__ == "__main__":
    main(sys.argv[1])
