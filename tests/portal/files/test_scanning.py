"""The virus scanner: when it finds, when it does not answer, and what happens afterwards."""

import socket

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.http import Http404

from portal.files import checks, scanning, storage
from portal.files.actions import scan_quarantined, take_in
from portal.files.downloads import download
from portal.files.errors import FileRefused, ScannerUnavailable
from portal.files.models import State, StoredFile
from portal.files.scanning import Verdict, scan
from tests.portal.files import samples
from tests.portal.files.conftest import answering, stored_paths
from tests.portal.files.hostile import EICAR

pytestmark = pytest.mark.django_db

OK = b"stream: OK\0"
FOUND = b"stream: Portal.Eicar.UNOFFICIAL FOUND\0"
NOBODY = "tcp://127.0.0.1:1"


def hidden_in(kind: str) -> bytes:
    if kind == "docx":
        return samples.docx(extra={"word/media/image1.jpeg": samples.jpeg() + EICAR})
    if kind == "pdf":
        return samples.written(samples.simple_pdf(text=EICAR.decode().replace(")", "\\)")))
    return EICAR


def test_without_a_scanner_nothing_waits(media, upload):
    assert scan(b"x") is Verdict.CLEAN
    assert take_in(upload(b"hello")).state == State.CLEAN


def test_what_passes_is_ready(media, upload, settings):
    with answering(OK) as settings.CLAMD_URL:
        assert take_in(upload(samples.pdf(), "a.pdf")).state == State.CLEAN


def test_what_is_found_is_refused_without_its_name(media, upload, settings):
    with answering(FOUND) as settings.CLAMD_URL, pytest.raises(FileRefused) as caught:
        take_in(upload(b"hello"))
    assert caught.value.code == "infected"
    assert "Eicar" not in str(caught.value)
    assert stored_paths(media) == []
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    "reply",
    [b"INSTREAM size limit exceeded. ERROR\0", b"", b"HTTP/1.1 400 Bad Request\r\n\r\n\0", None,
     b"x" * 100_000],
    ids=["limit", "silence", "another server", "hangs up", "endless"],
)  # fmt: skip
def test_an_answer_that_is_none_makes_a_file_wait(media, upload, settings, reply):
    with answering(reply) as settings.CLAMD_URL:
        stored = take_in(upload(b"hello"))
    assert stored.state == State.QUARANTINED


def test_a_scanner_that_hangs_is_not_waited_for(media, settings, monkeypatch):
    monkeypatch.setattr(scanning, "ANSWER_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.CLAMD_URL = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(ScannerUnavailable):
            scan(b"hello")


def test_what_waits_is_the_cleaned_file_and_nobody_gets_it(media, upload, settings, rf):
    settings.CLAMD_URL = NOBODY
    stored = take_in(upload(samples.jpeg(), "a.jpg"))
    [path] = stored_paths(media)
    assert path.parts[-3] == "quarantine"
    assert not samples.tells(path.read_bytes())
    with pytest.raises(Http404):
        download(rf.get("/"), stored, name="a")
    assert str(State.QUARANTINED.label) in stored.describe(1)


def test_bad_files_are_refused_at_once_even_so(media, upload, settings):
    settings.CLAMD_URL = NOBODY
    with pytest.raises(FileRefused):
        take_in(upload(samples.docx(), "a.pdf"))
    assert stored_paths(media) == []


def test_scanning_later_releases_what_is_clean(media, upload, settings, rf):
    settings.CLAMD_URL = NOBODY
    stored = take_in(upload(b"hello"))
    with pytest.raises(CommandError, match="does not answer"):
        call_command("scan_quarantine")
    assert StoredFile.objects.waiting().count() == 1
    with answering(OK) as settings.CLAMD_URL:
        assert scan_quarantined() == {State.CLEAN: 1, State.INFECTED: 0}
    stored.refresh_from_db()
    assert stored in StoredFile.objects.ready()
    assert download(rf.get("/"), stored, name="a").content == b"hello"
    assert [path.parts[-3] for path in stored_paths(media)] == ["files"]


def test_scanning_later_erases_what_is_not(media, upload, settings, rf):
    settings.CLAMD_URL = NOBODY
    stored = take_in(upload(b"hello"))
    with answering(FOUND) as settings.CLAMD_URL:
        scan_quarantined()
    stored.refresh_from_db()
    assert stored.state == State.INFECTED
    assert stored.describe(1).endswith("Deleted: it held harmful software")
    assert stored_paths(media) == []
    with pytest.raises(Http404):
        download(rf.get("/"), stored, name="a")


def test_a_scan_that_was_cut_off_is_taken_up_again(media, upload, settings):
    settings.CLAMD_URL = NOBODY
    stored = take_in(upload(b"hello"))
    half = StoredFile(pk=stored.pk, kind="txt", state=State.CLEAN, stored_on=stored.stored_on)
    storage.write(half, b"hel")  # the clean copy, but the row was never told
    with answering(OK) as settings.CLAMD_URL:
        scan_quarantined()
    stored.refresh_from_db()
    assert storage.read(stored) == b"hello"


def test_one_whose_bytes_are_gone_does_not_stop_the_others(media, upload, settings):
    settings.CLAMD_URL = NOBODY
    lost, kept = take_in(upload(b"lost")), take_in(upload(b"kept"))
    storage.delete(lost)
    with answering(OK) as settings.CLAMD_URL:
        assert scan_quarantined()[State.CLEAN] == 1
    kept.refresh_from_db()
    assert kept.is_ready
    assert StoredFile.objects.waiting().get() == lost


@pytest.mark.parametrize(
    ("url", "fine"),
    [("", True), ("tcp://clamd:3310", True), ("unix:/run/clamd.ctl", True),
     ("unix:///run/clamd.ctl", True), ("clamd:3310", False), ("http://clamd", False),
     ("unix:clamd", False)],
)  # fmt: skip
def test_an_address_that_is_none_stops_the_start(settings, url, fine):
    settings.CLAMD_URL = url
    found = {message.id for message in run_checks()}
    assert ("files.E001" not in found) == fine


def test_a_machine_that_cannot_read_pictures_says_so(monkeypatch):
    monkeypatch.setattr(checks, "missing_decoders", lambda: ["JPEG"])
    assert "files.E002" in {message.id for message in run_checks()}


# With a real clamd, whose one signature is the EICAR test string's (.ci/clamd).


@pytest.mark.parametrize("kind", ["txt", "docx", "pdf"])
def test_a_real_scanner_finds_the_test_virus(clamd, media, upload, kind):
    settings_url = clamd
    assert settings_url
    with pytest.raises(FileRefused) as caught:
        take_in(upload(hidden_in(kind), f"a.{kind}"))
    assert caught.value.code == "infected"
    assert stored_paths(media) == []


@pytest.mark.parametrize("maker", [samples.pdf, samples.docx, samples.jpeg, lambda: b"x" * 10**7])
def test_a_real_scanner_passes_what_is_honest(clamd, media, upload, maker):
    assert take_in(upload(maker(), "a")).state == State.CLEAN


def test_a_real_scanner_catches_up(clamd, media, upload, settings):
    settings.CLAMD_URL = NOBODY
    good, bad = take_in(upload(b"hello")), take_in(upload(EICAR))
    settings.CLAMD_URL = clamd
    assert scan_quarantined() == {State.CLEAN: 1, State.INFECTED: 1}
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.state, bad.state) == (State.CLEAN, State.INFECTED)
