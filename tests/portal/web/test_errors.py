"""A refusal is answered with its own status and sentence, also one that no view knows."""

import pytest
from django.test import Client

from portal.web.errors import NotPermitted, Refused
from tests.consultations.factories import ConsultationPageFactory
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


class MoonIsFull(Refused):
    """What no table and no view has ever heard of."""

    message = "Not while the moon is full."
    status_code = 423


def refusing(*args, **kwargs):
    raise MoonIsFull


@pytest.fixture
def thread(site_tree):
    return f"/en/consultations/{ConsultationPageFactory().slug}/discussion/"


@pytest.fixture
def browser(moderator):
    client = Client(raise_request_exception=False)
    client.force_login(moderator)
    return client


def test_a_form_says_what_refuses_it_and_keeps_its_text(thread, browser, monkeypatch):
    monkeypatch.setattr("consultations.discussion.actions.submit_comment", refusing)
    answer = browser.post(thread, {"body": "Word for word", "language": "en"})
    assert answer.status_code == 423
    assert MoonIsFull.message in answer.content.decode()
    assert "Word for word" in answer.content.decode()


def test_a_page_without_a_form_to_say_it_in_says_it(thread, browser, monkeypatch):
    monkeypatch.setattr("consultations.discussion.actions.reopen_thread", refusing)
    answer = browser.post(f"{thread}closing/", {"reopen": "1"})
    assert answer.status_code == 423
    assert MoonIsFull.message in answer.content.decode()


def test_who_may_not_is_told_so(thread, browser, monkeypatch):
    def refusing(**kwargs):
        raise NotPermitted

    monkeypatch.setattr("consultations.discussion.actions.reopen_thread", refusing)
    answer = browser.post(f"{thread}closing/", {"reopen": "1"})
    assert answer.status_code == 403
    assert str(NotPermitted()) in answer.content.decode()


def test_where_people_answer_it_is_the_same(thread, monkeypatch):
    page = ConsultationPageFactory(slug="asks", questionnaire=True)
    monkeypatch.setattr("consultations.responses.actions.begin_draft", refusing)
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory())
    answer = client.post(
        f"/en/consultations/{page.slug}/respond/identity/",
        {"identity": "named", "name": "Ada", "submitter_type": "academia", "language": "en"},
    )
    assert answer.status_code == 423
    assert MoonIsFull.message in answer.content.decode()
    assert 'value="Ada"' in answer.content.decode()
