"""Rebuilding in a process of its own: a file that breaks a reader breaks nothing else."""

import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path

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
_turn = threading.BoundedSemaphore(Limits().at_once)


def limits() -> Limits:
    """The limits in force: the room's own, changed by `settings.FILE_LIMITS`."""
    return Limits(**getattr(settings, "FILE_LIMITS", {}))


def rebuild_apart(data: bytes, *, extension: str, keep_colour: bool, bounds: Limits) -> Rebuilt:
    """
    Make a file anew in another process.

    `extension` is what the file is called, "" for nothing. Raises FileRefused, for a file that
    takes too long or too much memory as well.
    """
    order = json.dumps(
        {"extension": extension, "keep_colour": keep_colour, "limits": asdict(bounds)}
    )
    with _turn:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and code
                [sys.executable, "-I", "-c", START, str(ROOT), order],
                input=data,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # readers quote what they stumble over
                timeout=bounds.seconds * 2,
                env={**REUSE, **{n: os.environ[n] for n in NEEDED if n in os.environ}},
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise FileRefused("too-costly", refusal_message("too-costly", {})) from None
    head, _, body = done.stdout.partition(b"\n")
    try:
        answer = json.loads(head)
    except ValueError:  # it was ended from outside, or ran out of memory before it could answer
        raise FileRefused("too-costly", refusal_message("too-costly", {})) from None
    if code := answer.get("refused"):
        raise FileRefused(code, refusal_message(code, answer["parameters"]))
    return Rebuilt(answer["kind"], body, answer["text"], tuple(answer["notes"]))
