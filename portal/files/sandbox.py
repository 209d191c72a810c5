"""Reading files in a process of its own: one that breaks a reader breaks nothing else."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings

import portal
from portal.files.errors import FileRefused
from portal.files.limits import Limits
from portal.files.messages import refusal_message
from portal.files.rebuilding.result import Rebuilt

ROOT = Path(portal.__file__).resolve().parents[1]
NEEDED = ("SYSTEMROOT",)  # Windows starts nothing without it
# glibc gives freed memory back to the system at once, and the next page's drawing waits for it.
REUSE = {"MALLOC_TRIM_THRESHOLD_": "268435456", "MALLOC_MMAP_THRESHOLD_": "134217728"}
# -I: nothing of the caller's environment reaches the process. It finds the portal by its argument.
START = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    " from portal.files.rebuilding.child import main; main(sys.argv[2])"
)
TOO_COSTLY: dict[str, Any] = {"refused": "too-costly", "parameters": {}}


def limits() -> Limits:
    """Return the limits in force: the room's own, changed by `settings.FILE_LIMITS`."""
    return Limits(**getattr(settings, "FILE_LIMITS", {}))


def rebuild_apart(data: bytes, *, extension: str, keep_colour: bool, bounds: Limits) -> Rebuilt:
    """
    Make a file anew in another process.

    `extension` is what the file is called, "" for nothing. Raises FileRefused, for a file that
    takes too long or too much memory as well.
    """
    order = {"extension": extension, "keep_colour": keep_colour}
    answer, body = ask_apart(START, data, order, bounds)
    if code := answer.get("refused"):
        parameters = answer["parameters"]
        raise FileRefused(code, refusal_message(code, parameters), parameters)
    return Rebuilt(answer["kind"], body, answer["text"], tuple(answer["notes"]))


def ask_apart(
    start: str, data: bytes, order: dict[str, Any], bounds: Limits
) -> tuple[dict[str, Any], bytes]:
    """
    Have code like `START` read a file in another process; returns the head and body of its answer.

    The head holds "refused", a code, and "parameters" where there is nothing else: "too-costly" for
    a file that takes too long or too much memory.
    """
    order_text = json.dumps({**order, "limits": asdict(bounds)})
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-I", "-c", start, str(ROOT), order_text],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # readers quote what they stumble over
            timeout=bounds.seconds * 2,
            env={**REUSE, **{n: os.environ[n] for n in NEEDED if n in os.environ}},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return TOO_COSTLY, b""
    head, _, body = done.stdout.partition(b"\n")
    try:
        return json.loads(head), body
    except ValueError:  # it was ended from outside, or ran out of memory before it could answer
        return TOO_COSTLY, b""
