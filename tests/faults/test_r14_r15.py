"""
R14 and R15: every hostile file is refused, whole path and all, and leaves nothing; what files told
about people is gone from what is stored, and the documents still open.
"""

import io
import json
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfReader

from portal.files import sandbox, storage
from portal.files.actions import take_in
from portal.files.errors import FileRefused
from portal.files.limits import Limits
from portal.files.models import StoredFile
from tests.portal.files import samples
from tests.portal.files.conftest import clamd, media, stored_paths  # noqa: F401 - fixtures
from tests.portal.files.hostile import CORPUS, EICAR, HARMLESS, Hostile
from tests.portal.files.test_metadata import KEPT, MAKERS, TOLD

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


@pytest.mark.parametrize("hostile", [h for h in CORPUS if h not in HARMLESS], ids=str)
def test_r14_every_hostile_file_is_refused_and_leaves_nothing(media, hostile):  # noqa: F811
    refusal = refused(hostile)
    assert refusal.code == hostile.code
    assert len(str(refusal)) > 30
    assert not StoredFile.objects.exists()
    assert stored_paths(media) == []


@pytest.mark.parametrize("hostile", HARMLESS, ids=str)
def test_r14_a_picture_that_was_another_thing_too_is_a_picture_alone(media, hostile):  # noqa: F811
    try:
        stored = take_in(SimpleUploadedFile(hostile.name, hostile.build()))
    except FileRefused as refusal:
        assert refusal.code == "damaged"  # noqa: PT017 - one of the two is right
    else:
        data = storage.read(stored)
        assert not any(each in data for each in (b"PK\3\4", b"MZ\x90", b"<?php", b"%PDF", b"<html"))


@pytest.mark.parametrize("virus", VIRUSES, ids=str)
def test_r14_viruses_are_refused_by_a_real_scanner(media, clamd, virus):  # noqa: F811
    assert refused(virus).code == "infected"
    assert not StoredFile.objects.exists()
    assert stored_paths(media) == []


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's /proc")
@pytest.mark.parametrize("hostile", [h for h in CORPUS if h.slow], ids=str)
def test_r14_the_greediest_stay_small(hostile):
    """The most memory that the reading process ever held, as the system saw it."""
    order = {"extension": "", "keep_colour": False, "limits": asdict(Limits())}
    told = "; sys.stderr.write(open('/proc/self/status').read())"
    done = subprocess.run(
        [sys.executable, "-I", "-c", sandbox.START + told, str(sandbox.ROOT), json.dumps(order)],
        input=hostile.build(),
        capture_output=True,
        check=True,
    )
    assert hostile.code in done.stdout.decode()
    status = dict(line.split(":", 1) for line in done.stderr.decode().splitlines())
    assert int(status["VmHWM"].split()[0]) / 1024 < MEGABYTES


@pytest.mark.parametrize("kind", MAKERS)
def test_r15_what_a_file_told_is_gone_from_what_is_stored(media, kind):  # noqa: F811
    before = MAKERS[kind]()
    for what in TOLD[kind].split():
        assert samples.tells(before, f"CANARY{'' if what == 'old' else '-'}{what}")
    stored = take_in(SimpleUploadedFile("CANARY-name", before))
    after = storage.read(stored)
    assert not samples.tells(after)
    assert stored.told
    for what in KEPT[kind].split():
        assert samples.tells(after, f"KEEP-{what}") or samples.tells(after, f"KEEP {what}")
    opens(kind, after)


def opens(kind: str, data: bytes) -> None:
    """The document is one to the programs that read such documents."""
    if kind in ("jpeg", "png"):
        image = Image.open(io.BytesIO(data))
        image.load()
        assert image.size == (64, 48)
        assert not image.getexif()
        assert set(image.info) <= {
            "jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression",
        }  # fmt: skip
    elif kind == "pdf":
        reader = PdfReader(io.BytesIO(data), strict=True)
        assert reader.pages[0].extract_text() == "KEEP text"
        assert reader.metadata is None
        assert reader.xmp_metadata is None
    elif kind == "xlsx":
        assert openpyxl.load_workbook(io.BytesIO(data)).active["A1"].value == "KEEP-cell"
    else:
        assert samples.unpacked(data)
