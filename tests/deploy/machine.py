"""
A copy of this machine, in namespaces of its own: whatever is written to it lies in memory and ends
with the first process in it, as do all others there.
"""

import ctypes
import fcntl
import os
import pwd
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

NAMESPACES = ("--mount", "--pid", "--fork", "--ipc", "--uts", "--kill-child")
CLONE_NEWNET = 0x40000000
SIOCSIFFLAGS, IFF_UP = 0x8914, 1
# As a login gives it; ours would find the suite's own Python first.
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# How packages are fetched on this machine; the page leaves that to it.
FETCHING = ("PIP_", "SSL_CERT_", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http", "no_proxy")


def allows_copies() -> bool:
    """Say whether this machine lets us make namespaces, which many containers do not."""
    probe = ["unshare", *NAMESPACES, "true"]
    return shutil.which("unshare") is not None and not subprocess.call(
        probe, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def run_in_copy(*command: str) -> int:
    """Run a command, which calls `enter` first, in namespaces of its own; return its exit code."""
    folder = tempfile.mkdtemp(prefix="portal-deploy-")
    try:
        return subprocess.call(["unshare", *NAMESPACES, *command, folder])
    finally:
        os.rmdir(folder)


def enter(folder: Path, *needed: Path) -> None:
    """Make the copy in an empty folder and go into it; `needed` are there wherever they lie."""
    _mount("-t", "tmpfs", "-o", "size=75%", "tmpfs", folder)
    upper, work, root = (folder / name for name in ("upper", "work", "root"))
    for each in (upper, work, root):
        each.mkdir()
    _mount("-t", "overlay", "-o", f"lowerdir=/,upperdir={upper},workdir={work}", "overlay", root)
    _mount("--rbind", "/dev", root / "dev")
    _mount("-t", "tmpfs", "tmpfs", root / "dev/shm")
    _mount("-t", "proc", "proc", root / "proc")
    for each in needed:
        if each.stat().st_dev != Path("/").stat().st_dev:
            (root / each.relative_to("/")).mkdir(parents=True, exist_ok=True)
            _mount("--bind", each, root / each.relative_to("/"))
    names = Path("/etc/resolv.conf").read_text()
    os.chroot(root)
    os.chdir("/")
    # It may be a link into a folder that is not here, or be mounted over.
    Path("/etc/resolv.conf").unlink(missing_ok=True)
    Path("/etc/resolv.conf").write_text(names)
    # Packages start no service of their own.
    write("/usr/sbin/policy-rc.d", "#!/bin/sh\nexit 101\n", 0o755)


def leave_the_network(*hosts: str) -> None:
    """Have a network of one's own from now on, in which these hosts are this machine."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "no network of its own")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh", b"lo", IFF_UP))
    known = Path("/etc/hosts").read_text()
    Path("/etc/hosts").unlink()
    Path("/etc/hosts").write_text(f"{known}\n127.0.0.1 {' '.join(hosts)}\n")


def environment(user: str) -> dict[str, str]:
    """The environment of somebody who has just come in."""
    fetching = {name: value for name, value in os.environ.items() if name.startswith(FETCHING)}
    return {
        **fetching,
        "PATH": PATH,
        "HOME": pwd.getpwnam(user).pw_dir,
        "USER": user,
        "LOGNAME": user,
        "LANG": "C.UTF-8",
        "DEBIAN_FRONTEND": "noninteractive",
    }


def shell(user: str, commands: str, folder: str) -> list[str]:
    """The command line of a shell in which `user` types these commands, and stops at an error."""
    become = [] if user == "root" else ["runuser", "-u", user, "--"]
    return [*become, "bash", "-euo", "pipefail", "-c", f"cd {folder}\n{commands}"]


def write(file: str, text: str, mode: int = 0o644) -> None:
    Path(file).write_text(text)
    Path(file).chmod(mode)


def stop(sentence: str) -> None:
    sys.exit(f"✗ {sentence}")


def _mount(*arguments: object) -> None:
    subprocess.run(["mount", *map(str, arguments)], check=True)
