"""
P13: a PDF of 36 pages made anew, next to drawing its pages and encoding them alone.

Both are whole processes; what counts is the time of their processor.
"""

import resource
import subprocess
import sys

from tests.bench.contestants import ROOT
from tests.bench.rows import Row, Samples, at_most
from tests.portal.files.apart import apart, pages_of

REPORT = ROOT / "tests" / "portal" / "files" / "samples" / "latex.pdf"
PAGES, ROUNDS = 36, 5
# 1 s on the machine where the goal of 3 s was set.
GOAL, GOAL_MEGABYTES = 3, 256
WHAT = f"a PDF of {PAGES} pages made anew"
DRAWING = """
import io, sys
import pypdfium2
document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
for page in document:
    picture = page.render(scale=150 / 72).to_pil()
    picture.save(io.BytesIO(), "JPEG", quality=75)
"""


def run() -> list[Row]:
    """The rows of this goal, measured."""
    report = pages_of(REPORT, PAGES)
    samples, most = Samples(), 0.0
    for _round in range(ROUNDS):
        _head, _body, seconds, megabytes = apart(report)
        samples.add("made anew", [seconds * 1000])
        samples.add("drawn alone", [drawn_alone(report) * 1000])
        most = max(most, megabytes)
    return [
        at_most(samples, "made anew", "drawn alone", GOAL, id="P13", what=WHAT),
        Row(
            "P13",
            f"{WHAT}: memory",
            f"{most:.0f} MB",
            f"≤ {GOAL_MEGABYTES} MB",
            most <= GOAL_MEGABYTES,
        ),
    ]


def drawn_alone(report: bytes) -> float:
    """Seconds of the processor that PDFium and Pillow take for the same pages."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", DRAWING], input=report, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
