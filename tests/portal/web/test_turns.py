"""Turns: whoever comes when all is taken waits, is let in later, and loses nothing."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from portal.web.turns import HOLDS, MustWait, Turns
from portal.web.waiting import SECRETS, ask_to_wait

NOON = datetime(2027, 3, 1, 12, 0, 5, tzinfo=UTC)
EASY = Turns("easy", most=2, pooled=4, seconds=20, windows=3)
STRICT = Turns("strict", most=2, pooled=4, seconds=20, windows=3, is_strict=True)
ONE, OTHER, SHARED = "203.0.113.1", "203.0.113.2", "100.64.0.1"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def take(turns, address=ONE, ticket="", about=()):
    """Return the wait, or None where it is let in at once."""
    request = RequestFactory().post("/", {"turn": ticket}, REMOTE_ADDR=address)
    try:
        turns.take(request, *about)
    except MustWait as wait:
        return wait
    return None


def test_a_client_has_its_turns_and_then_waits_for_the_next_window():
    assert [take(EASY), take(EASY)] == [None, None]
    wait = take(EASY)
    assert wait.seconds == 15
    assert wait.ticket


def test_others_do_not_wait_for_it():
    for _n in range(50):
        take(STRICT)
    assert take(STRICT, OTHER) is None
    assert take(STRICT, about=("another account",)) is None


def test_a_network_of_many_has_more_turns():
    assert [take(EASY, SHARED) for _n in range(4)] == [None] * 4
    assert take(EASY, SHARED).seconds == 15


def test_whoever_comes_back_in_time_is_let_in_once(clock):
    take(EASY), take(EASY)
    ticket = take(EASY).ticket
    clock.shift(10)
    assert take(EASY, ticket=ticket).seconds == 5
    assert take(EASY, ticket=ticket).ticket == ticket
    clock.shift(5)
    for _others in range(20):
        take(EASY)
    assert take(EASY, ticket=ticket) is None
    assert take(EASY, ticket=ticket).seconds > 0


def test_those_who_wait_come_in_the_order_in_which_they_asked():
    assert [(wait := take(STRICT)) and wait.seconds for _n in range(6)] == [
        None,
        None,
        15,
        15,
        35,
        35,
    ]


def test_nobody_waits_longer_than_the_longest_wait(clock):
    waits = [take(EASY) for _n in range(1000)]
    last = waits[-1]
    assert last.seconds == 55
    clock.shift(55)
    assert take(EASY, ticket=last.ticket) is None


def test_a_strict_queue_is_closed_when_it_is_full_and_opens_again(clock):
    for _n in range(6):
        take(STRICT)
    closed = take(STRICT)
    assert (closed.ticket, closed.seconds) == ("", 15)
    clock.shift(15)
    assert take(STRICT).ticket


def test_a_ticket_is_of_use_for_ten_minutes_and_no_longer(clock):
    take(EASY), take(EASY)
    ticket = take(EASY).ticket
    clock.shift(15 + 20 + HOLDS + 1)
    for _n in range(2):
        assert take(EASY) is None
    assert take(EASY, ticket=ticket).ticket != ticket


@pytest.mark.parametrize("forged", ["", "x", "WyJlYXN5Il0:abc", "é" * 500])
def test_a_ticket_of_one_s_own_making_is_none(forged):
    take(EASY), take(EASY)
    assert take(EASY, ticket=forged).seconds == 15


def test_a_ticket_is_of_use_for_whom_and_what_it_was_given_alone(clock):
    for turns in (EASY, STRICT):
        for address in (ONE, OTHER):
            take(turns, address), take(turns, address)
    ticket = take(EASY).ticket
    clock.shift(15)
    for turns, address in ((STRICT, ONE), (EASY, OTHER)):
        take(turns, address), take(turns, address)
        assert take(turns, address, ticket=ticket) is not None


def test_what_turned_out_well_is_counted_no_more(rf):
    for _n in range(50):
        STRICT.take(rf.post("/", REMOTE_ADDR=ONE)).give_back()
    assert take(STRICT) is None


def test_a_turn_by_ticket_gives_back_nothing(clock, rf):
    take(STRICT), take(STRICT)
    ticket = take(STRICT).ticket
    clock.shift(15)
    take(STRICT)
    STRICT.take(rf.post("/", {"turn": ticket}, REMOTE_ADDR=ONE)).give_back()
    assert take(STRICT) is not None


def test_when_the_day_ends_all_are_let_in(clock):
    ticket = [take(STRICT) for _n in range(3)][-1].ticket
    clock.move_to(NOON.replace(hour=0, minute=0, second=1) + timedelta(days=1))
    assert take(STRICT, ticket=ticket) is None


def test_nothing_that_is_kept_tells_of_those_who_wait():
    before = set(caches["default"]._run("SELECT key FROM limits", []))
    take(STRICT), take(STRICT), take(STRICT)
    rows = caches["default"]._run("SELECT key, number, value, expires FROM limits", [])
    new = [row for row in rows if (row[0],) not in before and row[0] != "day"]
    assert sorted(row[1] for row in new) == [1, 3]  # how many, of two windows
    assert {row[2] for row in new} == {None}
    assert {row[3] % 60 for row in new} == {0}


def window() -> int:
    return int(time.time()) // STRICT.seconds


class Pace(RuleBasedStateMachine):
    """However anybody comes and comes back, a strict limit is kept in every window."""

    def __init__(self) -> None:
        super().__init__()
        caches["default"].clear()
        self.travel = time_machine.travel(NOON, tick=False)
        self.clock = self.travel.start()
        self.tickets: list[str] = []
        self.let_in = 0
        self.windows = {window()}

    @rule(which=st.integers(0, 5))
    def ask(self, which: int) -> None:
        ticket = self.tickets.pop(which) if which < len(self.tickets) else ""
        wait = take(STRICT, ticket=ticket)
        self.let_in += wait is None
        if wait and wait.ticket:
            self.tickets.append(wait.ticket)

    @rule(seconds=st.integers(1, 45))
    def wait(self, seconds: int) -> None:
        for _each in range(seconds):
            self.clock.shift(1)
            self.windows.add(window())

    @invariant()
    def pace(self) -> None:
        assert self.let_in <= STRICT.most * len(self.windows)

    def teardown(self) -> None:
        self.travel.stop()


TestPace = Pace.TestCase
TestPace.settings = hypothesis_settings(max_examples=25, stateful_step_count=30, deadline=None)


# -- the page --------------------------------------------------------------------------------------


def page_for(data, wait=None, path="/en/somewhere/?of=1") -> tuple[HttpResponse, BeautifulSoup]:
    request = RequestFactory().post(path, data)
    request.user, request._messages = AnonymousUser(), []
    page = ask_to_wait(request, wait or MustWait(40, "the-ticket", "Because."))
    return page, BeautifulSoup(page.content, "html.parser")


@pytest.mark.django_db
class TestPage:
    def test_it_says_why_and_how_long_and_posts_what_was_typed_once_more(self, site_tree):
        typed = {"text": ["Two\nlines & <b>", "again"], "csrfmiddlewaretoken": "old", "turn": "old"}
        response, page = page_for(typed)
        assert response.status_code == 429
        assert response.headers["Retry-After"] == "40"
        assert "no-store" in response.headers["Cache-Control"]
        form = page.main.form
        assert form["action"] == "/en/somewhere/?of=1"
        carried = [(each["name"], each["value"]) for each in form.find_all("input")]
        assert ("text", "Two\nlines & <b>") in carried
        assert ("text", "again") in carried
        assert [value for name, value in carried if name == "turn"] == ["the-ticket"]
        assert len([name for name, _v in carried if name == "csrfmiddlewaretoken"]) == 1
        said = page.main.get_text(" ")
        assert "Because." in said
        assert re.search(r"Your turn comes in\s+40 seconds", said)

    @pytest.mark.parametrize("name", SECRETS)
    def test_no_secret_is_written_into_it(self, site_tree, name):
        response, page = page_for({"login": "ada@people.example", name: "the-very-secret"})
        assert "the-very-secret" not in response.content.decode()
        assert page.find("input", {"name": name}).get("value") is None
        assert page.find("label", {"for": f"again-{name}"})
        assert page.find("input", {"name": "login"})["value"] == "ada@people.example"

    def test_a_file_is_asked_for_again(self, site_tree):
        from django.core.files.uploadedfile import SimpleUploadedFile

        _response, page = page_for({"file": SimpleUploadedFile("form.txt", b"words")})
        assert page.find("input", {"type": "file", "name": "file"})
        assert page.main.form["enctype"] == "multipart/form-data"

    def test_without_a_ticket_it_says_when_to_try_again(self, site_tree):
        _response, page = page_for({"a": "b"}, MustWait(250, "", "Because."))
        assert re.search(r"Try again in\s+5 minutes", page.main.get_text(" "))
        assert page.find("input", {"name": "turn"}) is None
