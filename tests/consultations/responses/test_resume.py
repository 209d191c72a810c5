"""The one entry for whoever has a code, whichever consultation the answer is to."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from consultations.responses import expiry
from consultations.responses.access.codes import new_code
from consultations.responses.access.rate_limits import WRONG_CODES
from consultations.responses.models import Handle
from tests.consultations.responses.builders import consultation_that_asks
from tests.consultations.responses.walk import Visitor

ENTRY = "/en/resume/"


@pytest.fixture
def begun(page):
    """A draft without a name, in another browser than the one that comes back."""
    visitor = Visitor(page)
    visitor.begin()
    return visitor


def typed(client, code):
    """What the browser is led to by a code that it types at the entry, and what is then shown."""
    answer = client.post(ENTRY, {"code": code})
    assert answer.status_code == 302, "the page that shows what was typed is another's"
    return answer


def test_a_code_finds_its_draft_among_all_consultations(begun):
    consultation_that_asks(slug="another")
    visitor = Visitor(begun.page)
    answer = typed(visitor.client, begun.noted.lower().replace("-", " "))
    assert answer.url == visitor.at("tasks")
    assert visitor.see("tasks").status_code == 200


def test_a_code_finds_where_an_answer_stands_that_was_sent(begun):
    begun.answer_all()
    begun.submit()
    visitor = Visitor(begun.page)
    assert typed(visitor.client, begun.noted).url == visitor.at("status")
    assert "Received" in visitor.text("status")


def test_the_browser_holds_it_for_the_pages_of_that_answer_alone(begun):
    visitor = Visitor(begun.page)
    cookie = typed(visitor.client, begun.noted).cookies["handle-en"]
    assert cookie["path"] == visitor.at("start")
    assert cookie["httponly"]
    assert begun.noted not in str(cookie)


def test_what_opens_nothing_is_shown_once_with_the_reason(client, page):
    wrong = new_code()
    answer = typed(client, wrong)
    assert answer.url == ENTRY
    assert answer.cookies["typed-en"]["path"] == ENTRY
    told = client.get(ENTRY)
    assert told.status_code == 422
    assert wrong in told.content.decode()
    assert "This code opens nothing" in told.content.decode()
    assert wrong not in client.get(ENTRY).content.decode()
    assert not Handle.objects.exists()


@pytest.mark.usefixtures("one_minute")
def test_wrong_codes_are_counted_together_with_those_of_a_consultation(client, page):
    for _each in range(WRONG_CODES.most):
        Visitor(page, client).type_code(new_code())
    typed(client, new_code())
    told = client.get(ENTRY)
    assert told.status_code == 429
    assert "Many wrong codes" in told.content.decode()


@pytest.mark.usefixtures("one_minute")
def test_a_right_code_is_let_in_after_many_wrong_ones(client, begun):
    for _each in range(WRONG_CODES.most + 1):
        typed(client, new_code())
    assert typed(client, begun.noted).url == begun.at("tasks")


def test_of_a_consultation_that_is_not_public_nothing_is_opened(client, begun):
    begun.page.unpublish()
    assert typed(client, begun.noted).url == ENTRY


def test_codes_that_have_ended_are_told_as_if_they_had_opened_nothing(client, begun):
    begun.answer_all()
    begun.submit()
    page = begun.page
    page.outcome_published_at = page.closes_at
    page.outcome_summary = "It is done."
    page.save()
    last = expiry.months_after(page.closes_at.date(), page.code_months)
    with time_machine.travel(page.closes_at + timedelta(days=32 * page.code_months)):
        assert timezone.now().date() > last
        assert typed(client, begun.noted).url == ENTRY
        ended = client.get(ENTRY).content.decode()
        typed(client, new_code())
        never = client.get(ENTRY).content.decode()
    reason = [
        BeautifulSoup(each, "html.parser").select_one(".govuk-error-message").text
        for each in (ended, never)
    ]
    assert reason[0] == reason[1]


def test_a_form_from_elsewhere_opens_nothing(begun):
    client = Client(enforce_csrf_checks=True)
    assert typed(client, begun.noted).url == f"{ENTRY}?again"
    told = client.get(f"{ENTRY}?again")
    assert told.status_code == 403
    assert "handle-en" not in client.cookies


def test_the_page_says_nothing_in_title_or_address_and_leads_out_at_once(client, page):
    shown = BeautifulSoup(client.get(ENTRY).content, "html.parser")
    assert shown.title.text == "Form"
    assert shown.select_one("form.exit-page")["action"] == "/en/exit/"
    assert not shown.select(".site-nav, form[role=search]")
    assert shown.select_one("input[name=code]")["autocomplete"] == "off"
