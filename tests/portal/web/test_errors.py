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


@pytest.mark.parametrize(
    ("without", "right"),
    [
        ("/en/search?q=4.A.5", "/en/search/?q=4.A.5"),
        ("/robots.txt/", "/robots.txt"),
        ("/health/live/", "/health/live"),
    ],
)
def test_an_address_works_with_and_without_its_last_slash(client, site_tree, without, right):
    answer = client.get(without)
    assert answer.status_code in (301, 308)
    assert answer.url == right
    assert client.get(right).status_code == 200


@pytest.mark.parametrize("nowhere", ["/en/nowhere/", "/en/nowhere", "/nowhere.txt/", "/admin/no/"])
def test_no_slash_makes_an_address_of_what_is_none(client, site_tree, nowhere):
    answer = client.get(nowhere, follow=True)
    assert answer.status_code == 404 or "/login/" in answer.request["PATH_INFO"]


def test_a_form_sent_without_the_last_slash_arrives(thread, browser):
    typed = {"body": "Word for word", "language": "en"}
    moved = browser.post(thread.rstrip("/"), typed)
    assert moved.status_code == 308, "a browser sends the same form again"
    assert moved.url == thread
    landed = browser.post(thread.rstrip("/"), typed, follow=True)
    assert "Word for word" in landed.content.decode()


def test_a_text_as_long_as_a_book_comes_back_with_what_is_wrong(thread, browser):
    book = "word " * 700_000
    answer = browser.post(thread, {"body": book, "language": "en"})
    assert answer.status_code == 422
    assert "At most 5,000 fit." in answer.content.decode()
    assert book.strip() in answer.content.decode()


@pytest.mark.parametrize(
    "too_much",
    [
        {"body": "x" * (10 * 1024 * 1024 + 1)},
        {f"f{number}": "" for number in range(1001)},
    ],
    ids=["bytes", "fields"],
)
def test_what_is_more_than_is_read_is_answered_with_what_to_do(thread, browser, too_much):
    answer = browser.post(thread, too_much)
    page = answer.content.decode()
    assert answer.status_code == 413
    assert "<h1>What you sent is too large</h1>" in page
    assert "nothing of it is saved" in page
    assert "The form says" not in page, "not every form does"


def test_what_cannot_be_read_is_answered_with_a_page_of_ours(thread, browser):
    answer = browser.post(thread, b"--x", content_type="multipart/form-data", headers={"x": "y"})
    assert answer.status_code == 400
    assert "We could not read what your browser sent" in answer.content.decode()
