"""Files for readers: asked for, made in threads, fetched for ten minutes, and then gone."""

import os
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.core.management import call_command
from django.utils import timezone

from portal.made import storage, store, waiting_room
from portal.made.registry import Made
from portal.made.waiting_room import AT_ONCE, MOST_WAITING, Job, WaitingRoom
from portal.pdf.rendering import PdfUnavailableError
from portal.web.limit_store import StoreAway
from portal.web.turns import MustWait
from tests.portal.made.conftest import SECRET

pytestmark = pytest.mark.django_db


def test_what_is_asked_for_is_made_and_fetched(client, site_tree, ask, room):
    answer = ask()
    assert answer.status_code == 303
    address = answer["Location"]
    waits = client.get(address)
    assert 'http-equiv="refresh" content="2"' in waits.text
    assert client.get(f"{address}print/").text == f"Print {SECRET}"
    assert 'http-equiv="refresh"' in client.get(f"{address}file/").text

    assert room.work_off() == 1
    ready = client.get(address)
    assert "Your file is ready" in ready.text
    assert "refresh" not in ready.text
    file = client.get(f"{address}file/")
    assert file.content.decode() == SECRET
    assert file["Content-Type"] == "text/plain"
    assert 'filename="a file.txt"' in file["Content-Disposition"]
    for each in (waits, ready, file):
        assert each["Cache-Control"] == "no-store"
        assert each["Referrer-Policy"] == "no-referrer"
        assert each["X-Robots-Tag"] == "noindex"
        assert each.cookies == {}


def test_a_file_goes_on_where_it_was_broken_off_and_is_kept_by_nobody(client, site_tree, ask, room):
    address = f"{ask()['Location']}file/"
    waits = client.get(address, headers={"Range": "bytes=0-1"})
    assert waits.status_code == 200
    assert "refresh" in waits.text
    room.work_off()
    whole = client.get(address)
    rest = client.get(address, headers={"Range": "bytes=5-", "If-Range": whole["ETag"]})
    assert (rest.status_code, rest.text) == (206, SECRET[5:])
    assert rest["Cache-Control"] == "no-store"
    assert rest["Referrer-Policy"] == "no-referrer"


def test_two_are_made_at_a_time_in_threads_and_the_room_is_empty_after(settings, kind, ask, client):
    settings.MADE_IN_BACKGROUND = True
    inside, go_on = threading.Semaphore(0), threading.Event()
    most, lock, now = [0], threading.Lock(), [0]

    def make(data):
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        inside.release()
        assert go_on.wait(20)
        with lock:
            now[0] -= 1
        return Made(data["text"].encode(), "file.txt", "text/plain")

    kind(make)
    addresses = [ask(f"text {number}")["Location"] for number in range(5)]
    for _each in range(AT_ONCE):
        assert inside.acquire(timeout=20)
    threads = [each for each in threading.enumerate() if each.name == "made"]
    assert len(threads) == AT_ONCE
    go_on.set()
    for each in threads:
        each.join(20)
    assert most == [AT_ONCE]
    made = [store.file(address.split("/")[3]) for address in addresses]
    assert made == [f"text {number}".encode() for number in range(5)]


def test_whoever_asks_for_many_is_in_nobody_s_way(ask, kind, room):
    order = []
    kind(lambda data: order.append(data["text"]) or Made(b"", "file.txt", "text/plain"))
    for number in range(3):
        ask(f"many {number}", client="192.0.2.1")
    ask("one", client="192.0.2.2")
    room.work_off()
    assert order == ["many 0", "one", "many 1", "many 2"]


def test_after_ten_minutes_it_is_gone_from_the_address_and_from_the_disk(
    client, site_tree, ask, room, tmp_path
):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        address = ask()["Location"]
        room.work_off()
        clock.shift(timedelta(seconds=599))
        assert client.get(f"{address}file/").status_code == 200
        clock.shift(timedelta(seconds=2))
        gone = client.get(f"{address}file/")
        assert gone.status_code == client.get(address).status_code == 404
        assert "kept for ten minutes only" in gone.text
        call_command("forget_made_files")
        assert list((tmp_path / "made").iterdir()) == []


@pytest.mark.parametrize("token", ["a", "x" * 86, "é" * 86, "-" * 86, "a" * 4000])
@pytest.mark.parametrize("more", ["", "file/", "print/"])
def test_an_address_that_was_never_given_out_is_not_found(client, site_tree, room, token, more):
    answer = client.get(f"/en/made/{token}/{more}")
    assert answer.status_code == 404
    assert "kept for ten minutes only" in answer.text


def test_whoever_reads_the_cache_opens_nothing(ask, room, tmp_path):
    token = ask()["Location"].split("/")[3]
    room.work_off()
    kept = b"".join(each.read_bytes() for each in (tmp_path / "made").iterdir())
    names = " ".join(each.name for each in (tmp_path / "made").iterdir())
    assert token[: store.HALF] not in names
    assert token[store.HALF :] not in names
    values = [caches["made"].get(store._place(token, what)) for what in ("asked", "file")]
    for each in [kept.decode("latin-1"), *values]:
        assert "canary" not in each
        assert "a file.txt" not in each
        assert token[: store.HALF] not in each
    another = store.new_token()
    assert store.look(another[: store.HALF] + token[store.HALF :]) is None


def test_a_maker_that_fails_is_logged_without_what_was_typed(
    client, site_tree, ask, kind, room, logged
):
    def fail(data):
        raise ValueError(f"cannot read {data['text']}")

    kind(fail)
    address = ask()["Location"]
    room.work_off()
    page = client.get(address)
    assert page.status_code == 200
    assert "The file could not be made" in page.text
    lines = logged()
    assert "ValueError" in lines
    assert "canary" not in lines
    assert address.split("/")[3] not in lines


def test_a_file_that_is_too_big_is_a_failure(client, site_tree, ask, kind, room, monkeypatch):
    monkeypatch.setattr("portal.made.actions.MOST_BYTES", 10)
    address = ask()["Location"]
    room.work_off()
    assert "The file could not be made" in client.get(address).text


def test_without_pango_the_page_to_print_is_offered(client, site_tree, ask, kind, room):
    def unable(data):
        raise PdfUnavailableError

    kind(unable)
    address = ask()["Location"]
    room.work_off()
    page = client.get(address)
    assert "This file cannot be made here" in page.text
    assert f"{address}print/" in page.text


def test_what_has_no_page_to_print_offers_none(client, site_tree, ask, kind):
    kind(printable=None)
    address = ask()["Location"]
    assert "print/" not in client.get(address).text
    assert client.get(f"{address}print/").status_code == 404


def test_where_too_much_waits_the_page_to_print_is_offered(client, site_tree, ask):
    for number in range(MOST_WAITING):
        assert ask(str(number)).status_code == 303
    answer = ask("one more")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert answer["Cache-Control"] == "no-store"
    href = answer.text.split('href="/en/made/')[1].split('"')[0]
    assert client.get(f"/en/made/{href}").text == "Print one more"


@pytest.mark.usefixtures("one_minute")
def test_whoever_asks_too_often_is_asked_to_wait(ask):
    for number in range(6):
        ask(str(number), client="192.0.2.7")
    with pytest.raises(MustWait):
        ask("one more", client="192.0.2.7")


def test_what_a_process_took_with_it_is_said_to_be_lost(client, site_tree, ask):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        address = ask()["Location"]
        clock.shift(timedelta(seconds=121))
        page = client.get(address)
    assert "Your file was lost" in page.text
    assert "refresh" not in page.text
    assert 'href="/en/some/form/"' in page.text


def test_a_process_that_ends_says_of_what_waits_that_it_is_lost(settings, monkeypatch):
    settings.MADE_IN_BACKGROUND = True
    monkeypatch.setattr(waiting_room, "is_over", lambda: True)
    lost, work = threading.Event(), threading.Event()
    WaitingRoom().put(Job(work.set, lost.set), "somebody")
    assert lost.wait(20)
    assert not work.is_set()


def test_a_process_that_ends_in_order_notes_it_for_the_reader(client, site_tree, ask, room):
    address = ask()["Location"]
    room._next().lost()
    assert "Your file was lost" in client.get(address).text


def test_the_maker_speaks_the_language_of_whoever_asked(ask, kind, room):
    from django.utils import translation

    spoken = []
    kind(lambda data: spoken.append(translation.get_language()) or Made(b"", "a.txt", "text/plain"))
    with translation.override("fr"):
        address = ask()["Location"]
    room.work_off()
    assert address.startswith("/fr/made/")
    assert spoken == ["fr"]


def test_a_folder_that_is_full_takes_nothing_more(ask, room, monkeypatch):
    ask()
    monkeypatch.setattr(storage, "MOST_BYTES", 10)
    with pytest.raises(StoreAway):
        ask()


def test_the_folder_is_of_the_portal_s_user_alone(ask, tmp_path):
    ask()
    assert (tmp_path / "made").stat().st_mode & 0o777 == 0o700
    assert {each.stat().st_mode & 0o777 for each in (tmp_path / "made").iterdir()} == {0o600}


def test_another_process_of_the_machine_answers_the_same_address(ask, room, tmp_path):
    token = ask()["Location"].split("/")[3]
    room.work_off()
    program = (
        "import sys, django; django.setup(); from portal.made import store; "
        "print(store.look(sys.argv[1]).state, store.file(sys.argv[1]).decode())"
    )
    other = {**os.environ, "WAITING_DIR": str(tmp_path)}
    command = [sys.executable, "-c", program, token]
    said = subprocess.run(command, env=other, capture_output=True, text=True)
    assert said.stdout == f"ready {SECRET}\n", said.stderr
