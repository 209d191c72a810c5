"""
R14 and P13: every hostile file is refused and leaves nothing, or becomes what does no harm, over
the whole path; and what the process that reads files costs at most. R15: tests/portal/files.
"""

import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.files import storage
from portal.files.actions import take_in
from portal.files.errors import FileRefused
from portal.files.models import StoredFile
from portal.files.rebuilding.result import Rebuilt
from tests.portal.files import samples
from tests.portal.files.apart import apart, pages_of
from tests.portal.files.conftest import clamd, media, stored_paths  # noqa: F401 - fixtures
from tests.portal.files.hostile import CORPUS, EICAR, Hostile
from tests.portal.files.inert import require_inert
from tests.portal.files.test_producers import SAMPLES

pytestmark = [pytest.mark.faults, pytest.mark.django_db]

SECONDS = 8
MEGABYTES = 220

VIRUSES = [
    Hostile("the test virus", "a.txt", lambda: EICAR, "infected"),
    Hostile(
        "the test virus in Word",
        "a.docx",
        lambda: samples.docx(extra={"word/media/image1.jpeg": samples.jpeg() + EICAR}),
        "infected",
    ),
    Hostile(
        "the test virus in Excel",
        "a.xlsx",
        lambda: samples.xlsx(extra={"xl/persons/person.xml": EICAR}),
        "infected",
    ),
    Hostile(
        "the test virus in a PDF",
        "a.pdf",
        lambda: samples.written(
            samples.simple_pdf(text=EICAR.decode().replace("(", "\\(").replace(")", "\\)"))
        ),
        "infected",
    ),
    Hostile("the test virus behind a picture", "a.jpg", lambda: samples.jpeg() + EICAR, "infected"),
]


def refused(hostile: Hostile) -> FileRefused:
    upload = SimpleUploadedFile(hostile.name, hostile.build())
    begun = time.monotonic()
    with pytest.raises(FileRefused) as caught:
        take_in(upload)
    assert time.monotonic() - begun < SECONDS
    return caught.value


@pytest.mark.parametrize("hostile", [h for h in CORPUS if h.code != "rebuilt"], ids=str)
def test_r14_what_harms_is_refused_and_leaves_nothing(media, hostile):  # noqa: F811
    refusal = refused(hostile)
    assert refusal.code == hostile.code
    assert len(str(refusal)) > 30
    assert not StoredFile.objects.exists()
    assert stored_paths(media) == []


@pytest.mark.parametrize("hostile", [h for h in CORPUS if h.code == "rebuilt"], ids=str)
def test_r14_what_is_taken_does_no_harm_any_more(media, hostile):  # noqa: F811
    stored = take_in(SimpleUploadedFile(hostile.name, hostile.build()))
    data = storage.read(stored)
    assert not any(each in data for each in (b"MZ\x90", b"<?php", b"<script", b"vbaProject"))
    if not hostile.name.endswith((".docx", ".odt", ".exe")):
        require_inert(Rebuilt(stored.kind, data))


@pytest.mark.parametrize("virus", VIRUSES, ids=str)
def test_r14_viruses_are_refused_by_a_real_scanner(media, clamd, virus):  # noqa: F811
    assert refused(virus).code == "infected"
    assert not StoredFile.objects.exists()
    assert stored_paths(media) == []


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's /proc")
@pytest.mark.parametrize("hostile", [h for h in CORPUS if h.slow], ids=str)
def test_r14_the_greediest_stay_small(hostile):
    """Those whose process is ended for its greed tell nothing; the limit of addresses held them."""
    head, _, _, megabytes = apart(hostile.build())
    assert head.get("refused", "too-costly") == hostile.code or hostile.code == "rebuilt"
    assert megabytes < MEGABYTES


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's /proc")
def test_p13_a_report_of_36_pages_takes_256_megabytes():
    """How long it takes is measured as a ratio (tests/bench/p13.py)."""
    head, body, _seconds, megabytes = apart(pages_of(SAMPLES / "latex.pdf", 36))
    assert head["kind"] == "pdf"
    assert head["text"].count("\f") == 35
    assert megabytes <= 256
    assert len(body) / 36 < 60_000
