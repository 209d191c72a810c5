"""Files are looked at later, in the process that can open them, and their senders are told."""

import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone, translation

from portal.files import hooks, intake, processes, sandbox
from portal.files.actions import erase
from portal.files.errors import FileRefused
from portal.files.intake import forget_lost, receive
from portal.files.models import State, StoredFile
from portal.files.processes import Holder, lives, one_of
from portal.files.waiting_room import room
from tests.portal.files import samples
from tests.portal.files.conftest import stored_paths
from tests.portal.files.hostile import EICAR

pytestmark = pytest.mark.django_db
CANARY = b"CANARY, what a stranger sent"


@pytest.fixture(autouse=True)
def waiting(settings, tmp_path, media, work_off):
    """An empty folder in which files wait."""
    settings.WAITING_DIR = tmp_path / "waiting"
    room._holder = None
    yield settings.WAITING_DIR
    room._holder = None


@pytest.fixture
def heard(monkeypatch):
    """What rooms are told: the states of files that stop waiting."""
    states = []
    monkeypatch.setattr(hooks, "_callbacks", [lambda stored: states.append(stored.state)])
    return states


def sealed_in(folder):
    return [path for path in folder.iterdir() if path.suffix not in (".lock", "")]


def test_a_file_waits_sealed_and_unseen(upload, waiting, media):
    stored = receive(upload(CANARY))
    assert (stored.state, stored.is_ready, stored.kind, stored.sha256) == ("waiting", False, "", "")
    assert stored.describe(2) == "Attachment 2 – Being checked."
    [path] = sealed_in(waiting)
    assert CANARY not in path.read_bytes()
    assert stored_paths(media) == []


def test_in_its_turn_it_is_made_anew_and_what_was_sent_is_destroyed(
    upload, waiting, media, work_off, heard
):
    waited = receive(upload(samples.jpeg(), "CANARY.jpg"))
    assert work_off() == 1
    stored = StoredFile.objects.get()
    assert (stored.pk, stored.kind, stored.state) == (waited.pk, "jpeg", State.CLEAN)
    assert stored.holder == ""
    assert len(stored_paths(media)) == 1
    assert sealed_in(waiting) == []
    assert heard == [State.CLEAN]


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.txt", "empty"),
        (b"a" * (10 * 1024 * 1024 + 1), "a.txt", "larger than 10.0\xa0MB"),
        (b"hello", "annexe\u202efdp.exe", "hide what the file is"),
        (b"Rar!\x1a\x07\x01", "a.rar", "packed archive"),
    ],
    ids=["empty", "large", "name", "archive"],
)
def test_what_can_be_seen_without_looking_into_it_is_refused_at_once(
    upload, waiting, data, name, says
):
    sent = upload(data)
    sent._name = name
    with pytest.raises(FileRefused, match=says):
        receive(sent)
    assert not StoredFile.objects.exists()
    assert not waiting.exists() or sealed_in(waiting) == []


def test_what_cannot_be_taken_says_why_in_the_language_of_who_reads(
    upload, waiting, work_off, heard
):
    receive(upload(b"MZ\x90\0" + bytes(99), "a.exe"))
    work_off()
    stored = StoredFile.objects.get()
    assert stored.refusal["code"] == "kind"
    assert "cannot take what is in this file: program" in stored.describe(1)
    with translation.override("ar"):
        assert stored.describe(1)
    assert (stored.size, sealed_in(waiting), heard) == (0, [], [State.REFUSED])


def test_one_that_was_removed_meanwhile_is_not_looked_at(
    upload, waiting, work_off, monkeypatch, heard
):
    stored = receive(upload(CANARY))
    erase([stored.pk])
    monkeypatch.setattr(intake, "make_anew", lambda *args: pytest.fail("it was looked at"))
    work_off()
    assert sealed_in(waiting) == []
    assert heard == []


def test_one_that_is_removed_while_it_is_looked_at_leaves_nothing(
    upload, media, work_off, monkeypatch
):
    stored = receive(upload(CANARY))
    make_anew = intake.make_anew

    def and_remove(*args):
        erase([stored.pk])
        return make_anew(*args)

    monkeypatch.setattr(intake, "make_anew", and_remove)
    work_off()
    assert not StoredFile.objects.exists()
    assert stored_paths(media) == []


def test_who_sent_it_has_back_what_was_not_kept(upload, work_off):
    told = []
    receive(upload(CANARY), kept=told.append)
    receive(upload(b"MZ\x90\0" + bytes(99), "a.exe"), kept=told.append)
    work_off()
    assert told == [len(CANARY), 0]


def test_with_no_room_on_the_disk_there_is_a_sentence_and_no_row(upload, monkeypatch):
    def full(*args):
        raise OSError("No space left on device")

    monkeypatch.setattr(intake, "seal", full)
    with pytest.raises(FileRefused, match="no room for files"):
        receive(upload(CANARY))
    assert not StoredFile.objects.exists()


def test_a_row_that_cannot_be_written_leaves_no_file(upload, waiting, monkeypatch):
    def away(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(StoredFile, "save", away)
    with pytest.raises(DatabaseError):
        receive(upload(CANARY))
    assert sealed_in(waiting) == []


def test_while_the_database_is_away_what_was_made_is_kept_in_mind(upload, work_off, monkeypatch):
    receive(upload(CANARY))
    settle, tries = intake.settle, []

    def away_at_first(*args):
        tries.append(args)
        if len(tries) < 3:
            raise DatabaseError
        return settle(*args)

    monkeypatch.setattr(intake, "settle", away_at_first)
    monkeypatch.setattr(intake.time, "sleep", lambda seconds: None)
    work_off()
    assert StoredFile.objects.get().state == State.CLEAN
    assert len(tries) == 3


def test_with_the_scanner_away_what_was_made_waits_for_it(upload, work_off, settings):
    settings.CLAMD_URL = "unix:/nowhere/clamd.sock"
    receive(upload(CANARY))
    work_off()
    stored = StoredFile.objects.get()
    assert (stored.state, bool(stored.sha256)) == (State.QUARANTINED, True)


def test_a_virus_is_refused_by_a_real_scanner(upload, work_off, clamd):
    receive(upload(EICAR))
    work_off()
    assert StoredFile.objects.get().refusal["code"] == "infected"


# -- processes that end ----------------------------------------------------------------------------

ANOTHER = (
    "import sys, django; django.setup()\n"
    "from portal.files.processes import Holder; from portal.files.sealing import seal\n"
    "holder = Holder(); seal(b'CANARY', holder.place_for('a'))\n"
    "print(holder.name, flush=True); sys.stdin.read()"
)


@pytest.fixture
def another(waiting, monkeypatch):
    """A process of this machine that holds the key of a sealed file: its name, and its end."""
    monkeypatch.setenv("WAITING_DIR", str(waiting))
    process = subprocess.Popen(
        [sys.executable, "-c", ANOTHER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=sandbox.ROOT,
    )
    name = process.stdout.readline().strip()

    def end():
        process.kill()
        process.wait()

    yield name, end
    end()


def waiting_row(holder, day=None):
    return StoredFile.objects.create(
        size=6, state=State.WAITING, holder=holder, stored_on=day or timezone.now().date()
    )


def test_what_waits_in_a_process_that_lives_is_left_alone(another, waiting):
    name, _end = another
    waiting_row(name)
    assert lives(name)
    assert forget_lost() == 0
    assert len(sealed_in(waiting)) == 1


def test_what_waited_in_a_process_that_was_killed_is_lost_and_its_sender_is_told(
    another, waiting, heard
):
    name, end = another
    waiting_row(name)
    end()
    call_command("forget_lost_files", verbosity=0)
    stored = StoredFile.objects.get()
    assert (stored.state, stored.refusal["code"]) == (State.REFUSED, "lost")
    assert "restarted before it had looked at this file" in stored.describe(1)
    assert "Attach it again" in stored.describe(1)
    assert heard == [State.REFUSED]
    assert list(waiting.glob(f"{name}*")) == []
    assert forget_lost() == 0


def test_a_machine_that_was_started_anew_knows_its_processes_are_gone(waiting):
    waiting_row(f"{processes.MACHINE}-0123456789abcdef")
    assert forget_lost() == 1


def test_of_another_machine_only_time_tells(waiting):
    today = timezone.now().date()
    waiting_row("another-0123", today - timedelta(days=1))
    assert forget_lost() == 0
    waiting_row("another-0123", today - timedelta(days=2))
    assert forget_lost() == 1


def test_a_file_whose_bytes_were_destroyed_is_lost(upload, waiting, work_off):
    receive(upload(CANARY))
    sealed_in(waiting)[0].unlink()
    work_off()
    assert StoredFile.objects.get().refusal["code"] == "lost"


def test_the_processes_of_a_machine_read_so_many_at_once_together(waiting):
    most, now, lock = 0, 0, threading.Lock()

    def read():
        nonlocal most, now
        with one_of(2):
            with lock:
                now += 1
                most = max(most, now)
            time.sleep(0.02)
            with lock:
                now -= 1

    threads = [threading.Thread(target=read) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert most == 2


def test_a_holder_is_known_to_live_by_everybody_but_the_dead(waiting):
    holder = Holder()
    assert lives(holder.name)
    holder._lock.close()
    assert not lives(holder.name)


# -- threads ---------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_threads_look_at_files_by_themselves_two_at_a_time_and_end(upload, settings, monkeypatch):
    settings.FILES_IN_BACKGROUND = True
    seen, most = threading.Semaphore(0), []

    def look(waiting):
        most.append(sum(each.name == "files" for each in threading.enumerate()))
        seen.release()

    monkeypatch.setattr(intake, "look", look)
    for _ in range(5):
        receive(upload(CANARY))
    for _ in range(5):
        assert seen.acquire(timeout=20)
    assert max(most) <= 2
    for each in threading.enumerate():
        if each.name == "files":
            each.join(timeout=20)
    assert not any(each.name == "files" for each in threading.enumerate())
