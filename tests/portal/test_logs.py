"""What the log keeps of a request: not what a visitor put into it, nor when somebody answered."""

import json
import logging
import warnings

import pytest
from django.core.exceptions import BadRequest, SuspiciousFileOperation
from django.test import Client

from portal.record.verification.forms import VerifyForm

pytestmark = pytest.mark.django_db

HOST = "telling-host.example"
WORDS = "Telling words"
ANSWERING = "/en/consultations/any/respond/"


@pytest.fixture
def visitor(site_tree):
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def lines_of(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("path", ["/en/", "/en/about", "/record/", "/admin/", "/static/none.css"])
def test_a_host_that_is_not_ours_is_not_written_down(visitor, logged, path):
    assert visitor.get(path, HTTP_HOST=HOST).status_code in (400, 404)
    text = logged()
    assert HOST not in text
    assert ANSWERING not in text


def test_an_operator_who_forgot_a_host_is_told_of_what_kind_the_refusal_is(visitor, logged):
    visitor.get("/en/", HTTP_HOST=HOST)
    lines = lines_of(logged())
    assert "refused: DisallowedHost" in [line["event"] for line in lines]
    assert [line["status"] for line in lines if line["event"] == "request"] == [400]


@pytest.mark.parametrize("host", ["testserver", HOST])
@pytest.mark.parametrize("path", [ANSWERING, ANSWERING.rstrip("/"), "/record/verify"])
def test_where_people_answer_there_is_no_line_at_all(visitor, logged, host, path):
    visitor.get(path, HTTP_HOST=host)
    visitor.post(path, {"code": WORDS}, HTTP_HOST=host)
    visitor.post(path, b"junk", content_type="multipart/form-data", HTTP_HOST=host)
    assert logged() == ""


def test_a_form_from_elsewhere_leaves_no_referrer(visitor, logged):
    refused = visitor.post(
        "/en/accounts/login/", secure=True, HTTP_REFERER=f"https://{HOST}/thread"
    )
    assert refused.status_code == 403
    refused = visitor.post("/en/accounts/login/", secure=True, HTTP_ORIGIN=f"https://{HOST}")
    assert refused.status_code == 403
    text = logged()
    assert "refused: csrf" in text
    assert HOST not in text


@pytest.mark.parametrize("error", [SuspiciousFileOperation, BadRequest])
def test_what_is_refused_is_not_quoted(visitor, logged, monkeypatch, error):
    monkeypatch.setattr("portal.search.results.context", failing(error))
    assert visitor.get("/en/search/").status_code == 400
    text = logged()
    assert WORDS not in text
    assert '"status": 400' in text


def failing(error: type[Exception]):
    def fail(*args, **kwargs):
        try:
            raise LookupError(WORDS)
        except LookupError as cause:
            raise error(f"{WORDS} in the way") from cause

    return fail


def test_what_a_library_says_meanwhile_is_not_heard(visitor, logged, monkeypatch):
    def complaining(*args, **kwargs):
        logging.getLogger("some.library").warning("about %s", WORDS)
        warnings.warn(WORDS, UserWarning, stacklevel=1)
        return VerifyForm(*args, **kwargs)

    monkeypatch.setattr("portal.record.verification.views.VerifyForm", complaining)
    assert visitor.get("/record/verify/").status_code == 200
    assert logged() == ""


def test_a_confidential_page_that_breaks_tells_where_and_not_why(visitor, logged, monkeypatch):
    """What a database says of a row that it refuses holds the row."""
    monkeypatch.setattr("portal.record.verification.views.VerifyForm", failing(RuntimeError))
    assert visitor.post("/record/verify/", {"receipt": WORDS}).status_code == 500
    text = logged()
    assert WORDS not in text
    assert "/record/verify/" not in text
    [line] = lines_of(text)
    assert line["event"] == "a confidential page failed"
    assert [each for each in line["places"] if "/" not in each] == ["LookupError", "RuntimeError"]
    assert any("portal/record/verification/views.py" in each for each in line["places"])


def test_an_ordinary_page_that_breaks_says_why(visitor, logged, monkeypatch):
    monkeypatch.setattr("portal.search.results.context", failing(RuntimeError))
    assert visitor.get("/en/search/").status_code == 500
    assert f"{WORDS} in the way" in logged()
