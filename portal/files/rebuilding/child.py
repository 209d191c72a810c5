"""The process that reads strangers' files: its limits first, then one file, then one answer."""

import json
import sys
from typing import Any

from portal.files.limits import Limits
from portal.files.rebuilding.dispatch import rebuild
from portal.files.rebuilding.result import Rebuilt, Refused


def confine(bounds: Limits) -> None:
    """
    Give this process a ceiling of time and memory, no core dump, and no file to write to.

    Windows has no such limits; there the caller's timeout is all there is.
    """
    try:
        import resource
    except ImportError:
        return
    wanted = {
        "RLIMIT_CPU": bounds.seconds,
        "RLIMIT_AS": bounds.memory_bytes,
        "RLIMIT_CORE": 0,
        "RLIMIT_FSIZE": 0,
    }
    for name, value in wanted.items():
        try:
            limit = getattr(resource, name)
            hard = resource.getrlimit(limit)[1]
            ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(limit, (ceiling, ceiling))
        except (AttributeError, ValueError, OSError):  # macOS refuses RLIMIT_AS
            continue


def answer(data: bytes, order: dict[str, Any], bounds: Limits) -> tuple[dict[str, Any], bytes]:
    """The head and body of the answer to an order (see `sandbox.rebuild_apart`)."""
    try:
        rebuilt: Rebuilt = rebuild(
            data, extension=order["extension"], keep_colour=order["keep_colour"], limits=bounds
        )
    except Refused as refusal:
        return {"refused": refusal.code, "parameters": refusal.parameters}, b""
    except MemoryError:
        return {"refused": "too-costly", "parameters": {}}, b""
    except Exception:
        # Whatever a reader trips over is the file's doing. Its text may quote the file: no trace.
        return {"refused": "damaged", "parameters": {}}, b""
    return {"kind": rebuilt.kind, "text": rebuilt.text, "notes": rebuilt.notes}, rebuilt.data


def main(order_text: str) -> None:
    """Read a file from standard input, write the answer's head (a line of JSON) and body."""
    order = json.loads(order_text)
    bounds = Limits(**order["limits"])
    confine(bounds)
    head, body = answer(sys.stdin.buffer.read(), order, bounds)
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + body)
