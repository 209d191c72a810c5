"""A database or a store of limits that is away: 503 with a sentence, never 500."""

import sqlite3
from contextlib import contextmanager
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from django.urls import reverse

from portal.taxonomy.languages import direction_of
from portal.unavailable import is_away
from portal.web.limit_store import SQLiteStore, StoreAway
from tests.consultations.responses.builders import consultation_that_asks, draft_to_send
from tests.consultations.responses.walk import Visitor

PARAMS = {"KEY_PREFIX": "limits", "TIMEOUT": 300}


@contextmanager
def database_away(error=None):
    """Every statement fails as it does while the server restarts."""

    def fail(*_statement):
        raise error or OperationalError("connection refused")

    with connection.execute_wrapper(fail):
        yield


def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.django_db
class TestDatabase:
    @pytest.mark.parametrize(
        "path", ["/en/", "/en/search/?q=x", "/en/consultations/", "/record/", "/en/nowhere/", "/"]
    )
    def test_a_page_is_a_sentence_and_says_when_to_come_back(self, site_tree, path):
        with database_away():
            answer = visitor().get(path, follow=True)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "30"
        assert "no-store" in answer.headers["Cache-Control"]
        assert "Please try again in a few minutes." in answer.content.decode()

    def test_whoever_sends_something_is_told_that_it_may_not_have_arrived(self, site_tree):
        page = consultation_that_asks()
        _draft, code = draft_to_send(page)
        person = Visitor(page, visitor())
        person.type_code(code)
        with database_away():
            answer = person.client.post(person.at("check"), {"declared": "on"})
        assert answer.status_code == 503
        assert "keep a copy of what you typed" in answer.content.decode()
        assert person.submit().status_code == 302

    def test_signing_in(self, member):
        with database_away():
            answer = visitor().post(reverse("account_login"), {"login": member.email})
        assert answer.status_code == 503

    def test_the_process_still_says_that_it_lives(self):
        with database_away():
            assert visitor().get("/health/live").status_code == 200
            assert visitor().get("/health/ready").status_code == 503

    def test_a_fault_of_ours_stays_one(self, site_tree):
        def wrong(*_statement):
            raise ValueError("a fault")

        with connection.execute_wrapper(wrong):
            assert visitor().get("/en/").status_code == 500


@pytest.mark.parametrize("statement", ["SELECT * FROM nothing", "SELEC"])
def test_a_statement_that_is_wrong_is_no_database_that_is_away(statement):
    try:
        sqlite3.connect(":memory:").execute(statement)
    except sqlite3.OperationalError as cause:
        error = OperationalError(str(cause))
        error.__cause__ = cause
    assert not is_away(error)


def test_what_says_that_it_is_away(tmp_path):
    try:
        sqlite3.connect(tmp_path / "no" / "folder")
    except sqlite3.OperationalError as cause:
        error = OperationalError(str(cause))
        error.__cause__ = cause
    assert is_away(error)
    assert is_away(InterfaceError("connection already closed"))
    assert is_away(StoreAway())
    assert not is_away(ValueError())
    assert not is_away(None)


@pytest.fixture
def away(tmp_path):
    """The store of limits in a place that cannot be written, as on a disk that is gone."""
    in_the_way = tmp_path / "a-file"
    in_the_way.write_text("")
    kept, caches["default"] = caches["default"], SQLiteStore(str(in_the_way / "x"), PARAMS)
    yield
    caches["default"] = kept


@pytest.mark.django_db
class TestLimits:
    def test_no_secret_is_looked_at_uncounted(self, member, away):
        member.set_password("a long enough pass phrase")
        member.save()
        client = visitor()
        for password in ("wrong", "a long enough pass phrase"):
            data = {"login": member.email, "password": password}
            answer = client.post(reverse("account_login"), data)
            assert answer.status_code == 503
            assert answer.headers["Retry-After"] == "30"
        assert "_auth_user_id" not in client.session

    def test_an_answer_is_written_and_sent_all_the_same(self, site_tree, away):
        person = Visitor(consultation_that_asks(), visitor())
        person.begin()
        person.answer_all()
        assert person.submit().url == person.at("sent")

    def test_pages_are_read_all_the_same(self, site_tree, away):
        for path in ("/en/", "/en/search/?q=x", "/en/consultations/", "/record/"):
            assert visitor().get(path).status_code == 200, path

    def test_health_says_so(self, site_tree, away):
        answer = visitor().get("/health/ready")
        assert answer.status_code == 200
        assert answer.json()["limits"] == "cannot be counted: nobody can sign in"


@pytest.mark.parametrize("name", ["400.html", "413.html", "500.html", "503.html"])
def test_what_stands_outside_the_catalogues_is_there_in_each_language(name, settings):
    page = BeautifulSoup((Path("templates") / name).read_text(), "html.parser")
    languages = [code for code, _name in settings.LANGUAGES]
    links = page.select(".plain-page__languages a")
    assert [each["href"] for each in links] == [f"#{code}" for code in languages]
    sections = page.find_all("section")
    assert [each["id"] for each in sections] == languages
    lengths = set()
    for link, section in zip(links, sections, strict=True):
        code = section["id"]
        assert link["lang"] == section["lang"] == code
        assert link["dir"] == section["dir"] == direction_of(code)
        assert section.find("a")["href"] == f"/{code}/"
        lengths.add(len(section.find_all("p")))
    assert len(lengths) == 1, "a sentence is missing"
    assert len({each.text for each in sections}) == len(languages)


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_a_reverse_proxy_can_serve_it_as_it_is(name):
    """Nothing in it is for a template engine, which then is not there."""
    text = (Path("templates") / name).read_text()
    assert "{" not in text
    assert text.lower().startswith("<!doctype html>")
