"""A PostgreSQL of our own for a while, from Debian's package; as .ci/postgresql, but durable."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def installed() -> Path | None:
    """The folder of the newest server's programs; None where there is no server."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    return found[-1].parent if found else None


@contextmanager
def throw_away() -> Iterator[str]:
    """A new server on a free port, as a DATABASE_URL; gone afterwards. As postgres where root."""
    programs = installed()
    assert programs, "no PostgreSQL"
    folder = Path(tempfile.mkdtemp(prefix="portal-bench-"))
    port = free_port()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    _run(f"{programs}/initdb -D {data} -U portal --auth=trust --encoding=UTF8 --locale=C.UTF-8")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1"
    _run(f"{programs}/pg_ctl -D {data} -w -l {folder}/log -o '{options}' start")
    try:
        yield f"postgres://portal@127.0.0.1:{port}/postgres"
    finally:
        _run(f"{programs}/pg_ctl -D {data} -m immediate stop")
        shutil.rmtree(folder)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _run(command: str) -> None:
    # The server refuses to be started by root.
    shell = ["su", "postgres", "-s", "/bin/sh", "-c"] if os.geteuid() == 0 else ["/bin/sh", "-c"]
    subprocess.run([*shell, command], check=True, stdout=subprocess.DEVNULL, cwd="/")
