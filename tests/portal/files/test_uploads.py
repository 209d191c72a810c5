"""On its way in, an upload has no name on the disk and no more than its share of it."""

import io
import os

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import RequestFactory

from portal.files import checks, uploads


@pytest.fixture(autouse=True)
def handlers(settings, tmp_path):
    settings.FILE_UPLOAD_HANDLERS = [
        "django.core.files.uploadhandler.MemoryFileUploadHandler",
        "portal.files.uploads.NamelessUploadHandler",
    ]
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    settings.CLAMD_URL = ""


def sent(*files: tuple[str, bytes]):
    data = {str(place): SimpleUploadedFile(*file) for place, file in enumerate(files)}
    return RequestFactory().post("/", data)


def test_the_temporary_file_says_nothing():
    file = sent(("report.CANARY Jane", b"hello" * 99)).FILES["0"]
    assert isinstance(file, TemporaryUploadedFile)
    path = file.temporary_file_path()
    assert "CANARY" not in path
    assert os.path.exists(path)
    assert (file.name, file.size, file.read()) == ("report.CANARY Jane", 495, b"hello" * 99)
    file.close()
    assert not os.path.exists(path)


def test_several_files_do_not_mix():
    files = sent(("a.txt", b"a" * 50), ("b.txt", b"b" * 60)).FILES
    assert [(file.name, file.read()) for file in files.values()] == [
        ("a.txt", b"a" * 50),
        ("b.txt", b"b" * 60),
    ]


def test_a_flood_is_cut_off(monkeypatch, tmp_path):
    monkeypatch.setattr(uploads, "REQUEST_BYTES", 100_000)
    with pytest.raises(RequestDataTooBig):
        _ = sent(("a", b"a" * 60_000), ("b", b"b" * 60_000)).POST
    assert sent(("a", b"a" * 60_000)).FILES["0"].size == 60_000


def test_a_flood_is_answered_with_a_page_that_says_what_to_do(client, monkeypatch):
    monkeypatch.setattr(uploads, "REQUEST_BYTES", 1_000)
    flood = io.BytesIO(b"a" * 100_000)
    flood.name = "a.txt"
    answer = client.post("/en/search/", {"file": flood})
    assert answer.status_code == 413
    assert "Copy it into a file of your own" in answer.content.decode()


def test_django_names_are_noticed(settings):
    assert not checks.files_can_be_checked(None)
    settings.FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
    assert [message.id for message in checks.files_can_be_checked(None)] == ["files.W001"]
