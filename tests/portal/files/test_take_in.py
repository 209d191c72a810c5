"""From an upload to a stored file: what is kept, what is forgotten, what a refusal leaves."""

import datetime
import hashlib
import io
import os
import subprocess
import sys
import time
import uuid
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from portal.files import sandbox, storage
from portal.files.actions import erase, take_in
from portal.files.errors import FileRefused
from portal.files.limits import Limits
from portal.files.messages import NOTES
from portal.files.models import State, StoredFile
from portal.files.storage import NO_TIME
from tests.portal.files import samples
from tests.portal.files.conftest import stored_paths
from tests.portal.files.hostile import EICAR

pytestmark = pytest.mark.django_db


def test_a_photo_is_kept_without_what_it_told(media, upload):
    stored = take_in(upload(samples.jpeg(), "CANARY-holiday.jpg", "image/jpeg"))
    data = storage.read(stored)
    assert (stored.kind, stored.media_type, stored.kind_label) == (
        "jpeg",
        "image/jpeg",
        "JPEG picture",
    )
    assert (stored.state, stored.is_ready) == (State.CLEAN, True)
    assert stored.size == len(data)
    assert stored.sha256 == hashlib.sha256(data).hexdigest()
    assert not samples.tells(data)
    assert stored.told == [NOTES["picture"]]
    assert stored.text == ""


def test_a_description_stands_for_the_name(media, upload):
    stored = take_in(upload(b"a" * 120 * 1024, "CANARY.txt"))
    assert stored.describe(1) == "Attachment 1 (Plain text, 120.0\xa0KB)"
    stored.state = State.QUARANTINED
    assert stored.describe(2).endswith("– Being checked for harmful software")


def test_neither_name_nor_hour_is_kept(media, upload, caplog, capfd, time_machine):
    time_machine.move_to("2026-11-24T13:14:15Z", tick=False)
    data = samples.pdf()
    with caplog.at_level(0):
        stored = take_in(upload(data, "CANARY report.pdf", "application/CANARY"))
    [path] = stored_paths(media)
    assert stored.stored_on == datetime.date(2026, 11, 24)
    midnight = datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC).timestamp()
    assert path.stat().st_mtime == midnight
    assert {each.stat().st_mtime for each in path.parents[:2]} == {NO_TIME}
    assert path.name == stored.id.hex
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM files_storedfile")
        assert "CANARY" not in str(cursor.fetchall())
    assert "CANARY" not in caplog.text + "".join(capfd.readouterr()) + str(path)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_only_the_portal_itself_may_read_what_is_stored(media, upload):
    take_in(upload(b"hello"))
    [path] = stored_paths(media)
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.txt", "empty"),
        (b"a" * (10 * 1024 * 1024 + 1), "a.txt", "larger than 10.0\xa0MB"),
        (samples.docx(), "a.pdf", "called .pdf, but what is in it is: Word document"),
        (samples.jpeg()[:900], "a.jpg", "cannot read this file to its end"),
        (b"MZ\x90\0" + bytes(99), "a.exe", "cannot take what is in this file: program"),
    ],
    ids=["empty", "large", "disguised", "damaged", "program"],
)
def test_a_refusal_says_why_and_leaves_nothing(media, upload, data, name, says):
    with pytest.raises(FileRefused) as caught:
        take_in(upload(data, name))
    assert says in str(caught.value)
    assert not StoredFile.objects.exists()
    assert stored_paths(media) == []


@pytest.mark.parametrize("name", ["annexe\u202efdp.exe", "a\0.txt", "a/b.txt", "..\\..\\a.txt"])
def test_a_name_made_to_deceive_is_refused(media, name):
    # Django's own forms clean names; other callers may not.
    raw = SimpleNamespace(name=name, size=5, seek=lambda _: None, read=lambda _: b"hello")
    with pytest.raises(FileRefused) as caught:
        take_in(raw)
    assert caught.value.code == "name"
    assert name not in str(caught.value)


@pytest.mark.parametrize(
    "name", ["", "report", "photo.jpg", "photo.PNG", "my file.v2", "x.unknown", "a.b.c.jpeg"]
)
def test_innocent_names_are_no_matter(media, upload, name):
    assert take_in(upload(samples.png(), name or "_")).kind == "png"


def test_the_declared_type_is_no_matter(media, upload):
    assert take_in(upload(b"a,b\n", "a.csv", "application/x-msdownload")).kind == "csv"
    assert take_in(upload(b"a,b\n", "a.txt", "image/png")).kind == "txt"


def test_a_size_that_lies_is_found_out(media):
    raw = SimpleNamespace(
        name="a.txt", size=3, seek=lambda _: None, read=lambda count: b"a" * count
    )
    with pytest.raises(FileRefused) as caught:
        take_in(raw)
    assert caught.value.code == "too-large"


def test_limits_are_settings(media, upload, settings):
    settings.FILE_LIMITS = {"file_bytes": 3}
    with pytest.raises(FileRefused, match="larger than 3"):
        take_in(upload(b"hello"))


@pytest.mark.parametrize(
    "work",
    ["while True: pass", "list(range(10**9))", "import os; os._exit(1)", "raise SystemExit"],
    ids=["endless", "greedy", "killed", "ended"],
)
def test_a_file_that_defeats_its_reader_costs_little(media, upload, settings, monkeypatch, work):
    settings.FILE_LIMITS = {"seconds": 1, "memory_bytes": 300 * 1024 * 1024}
    confined = (
        "import sys, json; sys.path.insert(0, sys.argv[1]);"
        "from portal.files.confinement import confine;"
        "from portal.files.limits import Limits;"
        "confine(Limits(**json.loads(sys.argv[2])['limits']))\n"
    )
    monkeypatch.setattr(sandbox, "START", confined + work)
    begun = time.monotonic()
    with pytest.raises(FileRefused) as caught:
        take_in(upload(b"hello"))
    assert caught.value.code == "too-costly"
    assert time.monotonic() - begun < 5
    assert stored_paths(media) == []


def test_the_reader_knows_nothing_of_us(media, upload, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "CANARY")
    monkeypatch.setattr(
        sandbox,
        "START",
        "import os, json; print(json.dumps({'kind': 'txt', 'text': '', 'notes': []}));"
        " print(dict(os.environ), end='')",
    )
    told = sandbox.rebuild_apart(b"x", extension="", keep_colour=False, bounds=Limits()).data
    assert b"CANARY" not in told


ATTEMPTS = """
import os, socket, subprocess
for attempt in (
    socket.socket, lambda: subprocess.run([sys.executable, "-c", ""]), lambda: open(PLACE, "w"),
    lambda: open(PLACE, "r+"), lambda: os.unlink(PLACE), lambda: os.truncate(PLACE, 0),
):
    try:
        attempt()
    except OSError:
        continue
    print("not stopped:", attempt)
print(open(PLACE).read())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux's filter of system calls")
def test_the_reader_reaches_no_network_no_program_and_no_file_to_write_to(tmp_path):
    place = tmp_path / "a"
    place.write_text("whole")
    code = (
        "import sys; from portal.files.confinement import confine;"
        f"from portal.files.limits import Limits; confine(Limits())\nPLACE = {str(place)!r}"
    )
    done = subprocess.run(
        [sys.executable, "-c", code + ATTEMPTS], capture_output=True, cwd=sandbox.ROOT, check=True
    )
    assert done.stdout.decode() == "whole\n"


def test_erasing_takes_row_and_bytes_once_it_is_certain(
    media, upload, django_capture_on_commit_callbacks
):
    stored = take_in(upload(b"hello"))
    with django_capture_on_commit_callbacks(execute=True):
        assert erase([stored.id, uuid.uuid4()]) == 1
        assert len(stored_paths(media)) == 1
    assert stored_paths(media) == []
    assert not StoredFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_erased(media, upload):
    stored = take_in(upload(b"hello"))
    try:
        with transaction.atomic():
            erase([str(stored.id)])
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    assert storage.read(StoredFile.objects.get()) == b"hello"
    erase([stored.id])


def test_bytes_do_not_outlive_a_row_that_could_not_be_written(media, upload, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(StoredFile, "save", fail)
    with pytest.raises(OSError, match="disk full"):
        take_in(upload(b"hello"))
    assert stored_paths(media) == []


def test_the_test_virus_is_whole():
    assert hashlib.md5(EICAR).hexdigest() == "44d88612fea8a8f36de82e1278abb02f"  # noqa: S324


def test_commands_say_what_they_did(media):
    out = io.StringIO()
    call_command("scan_quarantine", stdout=out)
    call_command("remove_unused_files", stdout=out)
    assert out.getvalue().splitlines() == [
        "0 clean, 0 infected and erased",
        "0 unused files and 0 stray copies erased",
    ]
