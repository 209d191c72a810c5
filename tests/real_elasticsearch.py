"""
Real Elasticsearch nodes on this machine, from the folder that ELASTICSEARCH_HOME names.

`.ci/elasticsearch` starts one with `python3 tests/real_elasticsearch.py --while PID`, which prints
its address and ends with that process; fault runs and benchmarks start nodes of their own, so as to
stop and kill them. Standard library only: the first happens before there is an environment.
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

HEAP = "512m"
START_SECONDS = 120
# It refuses to run as root.
NOBODY = {"user": "nobody", "group": "nogroup", "extra_groups": []}


def home() -> Path | None:
    """Elasticsearch's folder; None where this machine has none."""
    named = os.environ.get("ELASTICSEARCH_HOME")
    return Path(named) if named else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Node:
    """
    One node; `start` begins it, `wait` returns once it answers, `kill` ends it as power loss does.

    Of a cluster, `name` is its own and `seeds` the transport addresses of all by name. `options`
    go before those set here; files that they name belong into `work / "config"`. A node that was
    stopped or killed may be started again, with the data it had.
    """

    def __init__(
        self,
        name: str = "",
        seeds: dict[str, str] | None = None,
        options: dict[str, str] | None = None,
    ) -> None:
        folder = home()
        if folder is None:
            raise RuntimeError("ELASTICSEARCH_HOME names no Elasticsearch.")
        self.home = folder
        self.name = name or "alone"
        self.port = free_port()
        self.seeds = seeds
        self.options = options or {}
        self.work = Path(tempfile.mkdtemp(prefix="elasticsearch-"))
        self.transport = int(seeds[name].rpartition(":")[2]) if seeds else free_port()
        self.process: subprocess.Popen[bytes] | None = None
        shutil.copytree(self.home / "config", self.work / "config")
        for part in ("data", "logs", "tmp"):
            (self.work / part).mkdir()
        if os.geteuid() == 0:
            for path in (self.work, *self.work.rglob("*")):
                shutil.chown(path, "nobody", "nogroup")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [
            *("java", "-Xms4m", "-Xmx64m", "-XX:+UseSerialGC"),
            *("-Dcli.name=server", f"-Dcli.script={self.home}/bin/elasticsearch"),
            *("-Dcli.libs=lib/tools/server-cli", f"-Des.path.home={self.home}"),
            *(f"-Des.path.conf={self.work}/config", "-Des.distribution.type=tar"),
            *("-cp", f"{self.home}/lib/*:{self.home}/lib/cli-launcher/*"),
            "org.elasticsearch.launcher.CliToolLauncher",
        ]
        options = {
            "node.name": self.name,
            "http.port": self.port,
            "transport.port": self.transport,
            "network.host": "127.0.0.1",
            "path.data": self.work / "data",
            "path.logs": self.work / "logs",
            "xpack.security.enabled": "false",
            "cluster.routing.allocation.disk.threshold_enabled": "false",
        }
        if self.seeds:
            options["discovery.seed_hosts"] = ",".join(self.seeds.values())
            options["cluster.initial_master_nodes"] = ",".join(self.seeds)
        else:
            options["discovery.type"] = "single-node"
        for name, value in (options | self.options).items():
            command += ["-E", f"{name}={value}"]
        with (self.work / "output").open("ab") as output:
            self.process = subprocess.Popen(
                command,
                cwd=self.home,  # where its launcher looks for the modules
                env={
                    "PATH": os.environ["PATH"],
                    "ES_JAVA_OPTS": f"-Xms{HEAP} -Xmx{HEAP}",
                    "ES_TMPDIR": str(self.work / "tmp"),
                },
                stdout=output,
                stderr=output,
                start_new_session=True,
                **(NOBODY if os.geteuid() == 0 else {}),
            )

    def wait(self, nodes: int = 1) -> None:
        """Return once the node answers, in a cluster of that many; raises RuntimeError if not."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process is None or self.process.poll() is not None:
                break
            with contextlib.suppress(OSError, ValueError):
                health = f"{self.url}/_cluster/health?timeout=1s"
                with urllib.request.urlopen(health, timeout=5) as answer:  # noqa: S310
                    if json.load(answer)["number_of_nodes"] >= nodes:
                        return
            time.sleep(0.2)
        raise RuntimeError((self.work / "output").read_text(errors="replace")[-3_000:])

    def pause(self) -> None:
        """It holds its connections and answers nothing, until `resume`."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def stop(self) -> None:
        """End it in good order."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=60)
            self._signal(signal.SIGKILL)

    def kill(self) -> None:
        """End it at once, with nothing said to anyone."""
        self._signal(signal.SIGKILL)
        if self.process is not None:
            self.process.wait(timeout=60)

    def remove(self) -> None:
        """Kill it and forget its data."""
        self.kill()
        shutil.rmtree(self.work, ignore_errors=True)

    def _signal(self, number: signal.Signals) -> None:
        # The launcher and the server it starts are a group of their own.
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


def cluster(size: int = 3) -> list[Node]:
    """Nodes that know each other, started and joined."""
    seeds = {f"node-{number}": f"127.0.0.1:{free_port()}" for number in range(1, size + 1)}
    nodes = [Node(name, seeds) for name in seeds]
    for node in nodes:
        node.start()
    for node in nodes:
        node.wait(size)
    return nodes


def serve(watched: int) -> None:
    """One node for as long as that process lives."""
    node = Node()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        node.start()
        node.wait()
        print(node.url, flush=True)
        while True:
            os.kill(watched, 0)
            time.sleep(1)
    except ProcessLookupError:
        pass
    finally:
        node.remove()


if __name__ == "__main__":
    serve(int(sys.argv[sys.argv.index("--while") + 1]))
