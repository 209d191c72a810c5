"""The process that reads editors' files: its limits first, then one file, then one answer."""

import json
import sys

from portal.files.confinement import confine
from portal.files.editorial.dispatch import prepare
from portal.files.editorial.result import Refused, Report
from portal.files.limits import Limits


def main(order_text: str) -> None:
    """Read a file from standard input, write the answer's head (a line of JSON) and body."""
    order = json.loads(order_text)
    bounds, report = Limits(**order["limits"]), Report()
    confine(bounds)
    body = b""
    try:
        body = prepare(sys.stdin.buffer.read(), order["extension"], report, bounds)
        head = {"removed": sorted(report.removed), "left": report.left}
    except Refused as refusal:
        head = {"refused": refusal.code, "parameters": refusal.parameters}
    except MemoryError:
        head = {"refused": "too-costly", "parameters": {}}
    except Exception:  # whatever a reader trips over is the file's doing
        head = {"refused": "damaged", "parameters": {}}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + body)
