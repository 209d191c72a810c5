"""The process that reads files, run by itself: what it answers, and what that costs."""

import io
import json
import resource
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pikepdf

from portal.files import sandbox
from portal.files.limits import Limits


def apart(data: bytes) -> tuple[dict, bytes, float, float]:
    """
    The answer of the process that reads a file, head and body; seconds of its processor, megabytes
    of memory that it held at most.
    """
    order = {"extension": "", "keep_colour": False, "limits": asdict(Limits())}
    told = "; sys.stderr.write(open('/proc/self/status').read())"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-I", "-c", sandbox.START + told, str(sandbox.ROOT), json.dumps(order)],
        input=data,
        capture_output=True,
        env=sandbox.REUSE,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    head, _, body = done.stdout.partition(b"\n")
    status = dict(row.split(":", 1) for row in done.stderr.decode().splitlines() if ":" in row)
    megabytes = int(status["VmHWM"].split()[0]) / 1024 if "VmHWM" in status else 0.0
    return json.loads(head or b"{}"), body, seconds, megabytes


def pages_of(path: Path, count: int) -> bytes:
    """A PDF that has the first page of another so many times."""
    with pikepdf.open(path) as document:
        page = document.pages[0]
        while len(document.pages) < count:
            document.pages.append(page)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()
