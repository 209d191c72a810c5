"""The process that reads strangers' files: its limits first, then one file, then one answer."""

import json
import sys
from typing import Any

from portal.files.confinement import confine
from portal.files.limits import Limits
from portal.files.rebuilding.dispatch import rebuild
from portal.files.rebuilding.result import Rebuilt, Refused


def answer(data: bytes, order: dict[str, Any], bounds: Limits) -> tuple[dict[str, Any], bytes]:
    """Return the head and body of the answer to an order (see `sandbox.rebuild_apart`)."""
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
