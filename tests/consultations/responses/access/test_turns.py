"""What is posted where somebody answers takes turns: by the answer in hand, else by client."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from consultations.responses.access.codes import new_code
from consultations.responses.access.turns import IN_HAND, WITHOUT
from consultations.responses.models import Draft, Response
from portal.web.clients import DRAFTS_FROM
from tests.consultations.responses.builders import consultation_that_asks, draft_to_send
from tests.consultations.responses.walk import Visitor

NOON = datetime(2027, 3, 1, 12, 0, 5, tzinfo=UTC)
HERE = "203.0.113.1"
WHO = {"identity": "anonymous", "submitter_type": "civil-society", "language": "en", "place": ""}


@pytest.fixture
def page(site_tree):
    with time_machine.travel(NOON - timedelta(days=1), tick=False):
        return consultation_that_asks()


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def at(page, address=HERE):
    return Visitor(page, Client(REMOTE_ADDR=address))


def begin(page, address=HERE):
    """Begin an answer in a new browser, without looking at the pages before."""
    visitor = at(page, address)
    return visitor.client.post(visitor.at("identity"), WHO)


def flood(page, address=HERE):
    for _n in range(WITHOUT.most + 30):
        begin(page, address)


def carried(answer):
    form = BeautifulSoup(answer.content, "html.parser").main.form
    return form["action"], {each["name"]: each.get("value", "") for each in form.find_all("input")}


def test_whoever_begins_behind_a_flood_waits_a_little_and_loses_nothing(page, clock):
    flood(page)
    visitor = at(page)
    answer = visitor.client.post(visitor.at("identity"), {**WHO, "place": "DK"})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) <= 120
    action, typed = carried(answer)
    assert typed.items() >= {**WHO, "place": "DK"}.items()
    clock.shift(int(answer.headers["Retry-After"]))
    flood(page)  # which goes on
    answer = visitor.client.post(action, typed)
    assert answer.url == visitor.at("code")


def test_the_page_says_no_word_of_what_is_answered_to_the_history(page):
    flood(page)
    visitor = at(page)
    shown = BeautifulSoup(visitor.client.post(visitor.at("identity"), WHO).content, "html.parser")
    assert shown.title.get_text() == "Form"
    assert shown.select_one(".exit-page")


def test_who_has_an_answer_in_hand_waits_for_nobody(page):
    """Writing, sending and coming back with the code, behind an address that somebody floods."""
    honest = at(page)
    honest.begin()
    other = at(page)
    _draft, code = draft_to_send(page)
    flood(page)
    for _n in range(30):
        at(page).type_code(new_code())
    honest.answer_all()
    assert honest.submit().url == honest.at("sent")
    assert other.type_code(code).url == other.at("tasks")
    assert other.submit().url == other.at("sent")
    assert Response.objects.count() == 2


def test_another_address_is_not_touched(page):
    flood(page)
    assert begin(page, "203.0.113.2").status_code == 302


def test_an_address_from_which_many_drafts_come_has_more_turns(page):
    for number in range(DRAFTS_FROM.most):
        visitor = at(page)
        visitor.type_code(draft_to_send(page)[1])
        visitor.send("part", {"q-exporter": "no"}, 1)
        assert begin(page).status_code == 302, number
    statuses = [begin(page).status_code for _n in range(WITHOUT.pooled)]
    assert statuses.count(302) == WITHOUT.pooled - DRAFTS_FROM.most


def test_an_answer_in_hand_has_its_own_turns_too(page, clock):
    visitor = at(page)
    visitor.begin()
    save = visitor.at("part", 1)
    statuses = [
        visitor.client.post(save, {"q-exporter": "no"}).status_code
        for _n in range(IN_HAND.most + 1)
    ]
    assert statuses[-1] == 429
    assert set(statuses[:-1]) <= {302, 409, 422}


def test_what_is_forged_is_never_put_into_a_page_to_be_sent_by_us(page):
    flood(page)
    forging = Client(enforce_csrf_checks=True, REMOTE_ADDR=HERE)
    answer = forging.post(at(page).at("identity"), WHO)
    assert answer.status_code == 403
    assert "Your turn comes in" not in answer.content.decode()


def test_a_code_is_not_written_into_the_page(page):
    closed = consultation_that_asks(slug="closed", closed=True)
    flood(page)
    visitor = at(closed)
    code = new_code()
    answer = visitor.client.post(visitor.at("late"), {**WHO, "code": code})
    assert answer.status_code == 429
    assert code not in answer.content.decode()
    assert re.search(r"Code", BeautifulSoup(answer.content, "html.parser").main.get_text())


def test_leaving_never_waits(page):
    flood(page)
    visitor = at(page)
    assert visitor.client.post(visitor.at("forget")).status_code == 302
    assert visitor.client.post(visitor.at("exit")).status_code == 303


def test_the_pages_take_a_fixed_number_of_drafts_whatever_is_flooded(page):
    flood(page)
    assert Draft.objects.count() == WITHOUT.most
