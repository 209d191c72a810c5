"""When a day has ended, neither database nor disk tells its hours."""

import secrets
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from portal.curation.models import MissedSearch
from portal.files import storage
from portal.files.actions import erase, take_in
from portal.files.models import State, StoredFile
from portal.record.actions import append
from portal.record.actions import erase as erase_entries
from portal.record.models import Entry
from portal.record.sequencer import publish_roots
from portal.traces import sqlite
from portal.traces.actions import forget_traces, models_without_order
from portal.traces.models import Forgotten

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TOMORROW = NOON + timedelta(days=1)
ROWS = 12

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own")
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def with_long_text(number):
    """A row that SQLite needs pages of its own for."""
    return StoredFile.objects.create(
        kind="pdf",
        size=0,
        sha256="",
        state=State.CLEAN,
        stored_on=NOON.date(),
        text=f"<{number}>".rjust(20_000, "-"),
    )


def places_in_the_file():
    """Where in SQLite's file the long texts end, in the order in which they were written."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    held = Path(connection.settings_dict["NAME"]).read_bytes()
    return [held.index(f"-<{number}>".encode()) for number in range(ROWS)]


def in_order(values):
    return all(one < other for one, other in pairwise(values))


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_sqlite_tells_no_order_by_where_pages_lie():
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # no page is free: each row gets one at the end of the file
    for number in range(ROWS):
        with_long_text(number)
    assert in_order(places_in_the_file())
    assert forget_traces(at=TOMORROW)
    assert not in_order(places_in_the_file())
    wal = Path(f"{connection.settings_dict['NAME']}-wal")
    assert not wal.exists() or wal.stat().st_size == 0


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_too_large_is_said_once_a_day(monkeypatch):
    monkeypatch.setattr(sqlite, "MOST_BYTES", 1000)
    with time_machine.travel(TOMORROW):
        with pytest.raises(CommandError, match="larger than 500 MB"):
            call_command("forget_traces")
        call_command("forget_traces")


def written_by(model, condition="true"):
    """In the order in which rows lie: their keys, and which transactions wrote them."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {model._meta.pk.column}, xmin::text FROM {table}"  # noqa: S608
            f" WHERE {condition} ORDER BY ctid"
        )
        rows = cursor.fetchall()
    return [key for key, _xmin in rows], {xmin for _key, xmin in rows}


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_postgresql_tells_no_order_by_rows_and_transactions():
    searched = [
        MissedSearch.objects.create(day=NOON.date(), digest=f"{number}", language="en").pk
        for number in range(ROWS)
    ]
    lying, transactions = written_by(MissedSearch)
    assert lying == searched
    assert len(transactions) == ROWS
    assert forget_traces(at=TOMORROW)
    lying, transactions = written_by(MissedSearch)
    assert sorted(lying) == sorted(searched)
    assert lying != searched
    assert len(transactions) == 1
    MissedSearch.objects.update(words="another day's")
    assert forget_traces(at=TOMORROW + timedelta(days=1))
    assert len(written_by(MissedSearch)[1]) == 1


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_postgresql_does_not_tell_when_something_was_withdrawn():
    leaves = []
    with time_machine.travel(NOON, tick=False):
        for _number in range(ROWS):
            with transaction.atomic():
                entry = append(kind="a.thing", statement={}, public=False, at=NOON)
            leaves.append(entry.leaf)
    with transaction.atomic():
        publish_roots(at=TOMORROW)
    for leaf in leaves:
        with transaction.atomic():
            erase_entries([leaf], at=TOMORROW, statement={"because": "withdrawn"})
    erased = "erased_by <> ''"
    assert len(written_by(Entry, erased)[1]) == ROWS
    assert forget_traces(at=TOMORROW + timedelta(days=1))
    assert len(written_by(Entry, erased)[1]) == 1


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_table_in_use_is_written_anew_later():
    import psycopg

    MissedSearch.objects.create(day=NOON.date(), digest="1", language="en")
    MissedSearch.objects.create(day=NOON.date(), digest="2", language="en")
    given = connection.get_connection_params()
    keys = ("dbname", "host", "port", "user", "password")
    with psycopg.connect(**{key: given[key] for key in keys if given.get(key)}) as other:
        other.execute("UPDATE curation_missedsearch SET count = 2")
        with time_machine.travel(TOMORROW), pytest.raises(CommandError, match="in use"):
            call_command("forget_traces")
        assert Forgotten.objects.until() is None
    with time_machine.travel(TOMORROW):
        call_command("forget_traces", verbosity=0)
    assert Forgotten.objects.until() == NOON.date()
    assert set(MissedSearch.objects.values_list("count", flat=True)) == {2}


@pytest.mark.django_db(transaction=True)
def test_it_is_done_once_a_day_and_loses_nothing():
    kept = {with_long_text(number).text for number in range(3)}
    searched = MissedSearch.objects.create(day=NOON.date(), digest="1", language="en")
    assert forget_traces(at=TOMORROW)
    assert not forget_traces(at=TOMORROW)
    assert Forgotten.objects.until() == NOON.date()
    assert set(StoredFile.objects.values_list("text", flat=True)) == kept
    assert MissedSearch.objects.get() == searched
    with time_machine.travel(TOMORROW + timedelta(days=1)):
        said = StringIO()
        call_command("forget_traces", stdout=said)
        assert "written anew" in said.getvalue()


@pytest.mark.django_db
def test_inside_a_transaction_nothing_is_done():
    assert not forget_traces(at=TOMORROW)
    assert Forgotten.objects.until() is None


def test_every_table_without_an_order_is_written_anew():
    labels = {model._meta.label for model in models_without_order()}
    assert {"responses.Response", "files.StoredFile", "responses.LateToken"} <= labels


# -- files -----------------------------------------------------------------------------------------


def stored_paths(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.django_db(transaction=True)
def test_the_system_notes_the_night_and_not_the_upload(media):
    with time_machine.travel(NOON, tick=False):
        kept = take_in(SimpleUploadedFile("a.txt", b"What I saw."))
    [path] = stored_paths(media)
    before = path.stat()
    assert forget_traces(at=TOMORROW)
    after = path.stat()
    assert storage.read(kept) == b"What I saw."
    assert after.st_ino != before.st_ino
    assert after.st_ctime_ns > before.st_ctime_ns
    assert after.st_mtime == before.st_mtime == datetime(2026, 11, 24, tzinfo=UTC).timestamp()
    assert after.st_mode == before.st_mode
    assert stored_paths(media) == [path]


@pytest.mark.django_db(transaction=True)
def test_only_the_files_of_ended_days_are_written_anew(media):
    Forgotten.objects.have(date(2026, 11, 22))
    inodes = {}
    for days in (-3, 0, 1):
        with time_machine.travel(NOON + timedelta(days=days), tick=False):
            stored = take_in(SimpleUploadedFile("a.txt", secrets.token_hex().encode()))
        path = media / storage.CLEAN / stored.storage_name
        inodes[days] = path, path.stat().st_ino
    assert forget_traces(at=TOMORROW)
    assert [days for days, (path, inode) in inodes.items() if path.stat().st_ino != inode] == [0]


@pytest.mark.django_db
def test_folders_tell_nothing_whatever_happens_in_them(media, django_capture_on_commit_callbacks):
    one, other = (take_in(SimpleUploadedFile("a.txt", text)) for text in (b"One.", b"Other."))
    with django_capture_on_commit_callbacks(execute=True):
        erase([one.pk])
    folders = [path for path in (media / storage.CLEAN).rglob("*") if path.is_dir()]
    assert folders
    times = {path.stat().st_mtime for path in [media / storage.CLEAN, *folders]}
    assert times == {storage.NO_TIME}
    assert storage.read(other) == b"Other."


@pytest.mark.django_db(transaction=True)
def test_bytes_that_are_gone_stop_nothing(media):
    with time_machine.travel(NOON, tick=False):
        stored = take_in(SimpleUploadedFile("a.txt", b"What I saw."))
    storage.delete(stored)
    assert forget_traces(at=TOMORROW)
