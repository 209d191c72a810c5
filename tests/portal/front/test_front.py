"""What a reader without a cookie gets from the front, and what everybody else does not."""

import gzip
from datetime import UTC, datetime, timedelta

import brotli
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import http_date

from portal.front import middleware
from portal.front.memory import Memory
from portal.front.middleware import FrontMiddleware
from portal.front.tokens import TokensAwayError, tokens

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 1, 12, 0, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def was_kept():
    """A function that asks and says whether the answer came without a question to the database."""

    def ask(client: Client, path: str, **headers: str) -> bool:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path, headers=headers).status_code in (200, 304)
        return not queries.captured_queries

    return ask


def test_the_second_reader_gets_the_same_bytes_without_a_question_to_the_database(
    worker, site_tree, was_kept
):
    first = worker.get("/en/")
    assert was_kept(worker, "/en/")
    assert worker.get("/en/").content == first.content
    assert not first.cookies


def test_who_comes_just_after_the_maker_does_not_make_it_again(
    worker, site_tree, was_kept, monkeypatch
):
    """It was not there yet when they looked, and is when their turn to make it comes."""
    worker.get("/en/")
    real, looked = middleware.current, []

    def too_early_once(memory, key):
        looked.append(key)
        return None if len(looked) == 1 else real(memory, key)

    monkeypatch.setattr(middleware, "current", too_early_once)
    assert was_kept(worker, "/en/")


def test_a_page_is_gone_from_every_worker_with_the_commit_that_changes_it(
    worker, another_worker, site_tree, commit
):
    page = site_tree.about
    for each in (worker, another_worker):
        assert "Something else" not in each.get(page.url).content.decode()
    page.title = "Something else"
    page.save_revision().publish()
    commit()
    for each in (worker, another_worker):
        assert "Something else" in each.get(page.url).content.decode()


def test_a_page_that_was_begun_before_a_commit_is_not_kept_for_after_it(
    worker, site_tree, commit, monkeypatch
):
    """The commit comes while the page is being made, after what it shows was read."""
    page = site_tree.about
    inner = FrontMiddleware.make

    def make(self, request, key, memory):
        real = self.get_response

        def slowly(request):
            response = real(request)
            page.title = "Meanwhile"
            page.save_revision().publish()
            commit()
            return response

        monkeypatch.setattr(self, "get_response", slowly)
        response = inner(self, request, key, memory)
        monkeypatch.setattr(self, "get_response", real)
        return response

    with monkeypatch.context() as patched:
        patched.setattr(FrontMiddleware, "make", make)
        assert "Meanwhile" not in worker.get(page.url).content.decode()
    assert "Meanwhile" in worker.get(page.url).content.decode()


def test_no_page_outlives_the_minute(worker, site_tree, was_kept, noon):
    """Deadlines and openings are full minutes: nobody sees one page on both sides of one."""
    worker.get("/en/")
    noon.move_to(NOON.replace(second=59))
    assert was_kept(worker, "/en/")
    noon.move_to(NOON + timedelta(seconds=50))
    assert not was_kept(worker, "/en/")


@pytest.mark.parametrize(
    "headers",
    [{"cookie": "sessionid=x"}, {"cookie": "a=b"}, {"authorization": "Basic x"}],
)
def test_who_brings_anything_of_their_own_is_not_answered_from_memory(
    worker, site_tree, was_kept, headers
):
    worker.get("/en/")
    assert not was_kept(worker, "/en/", **headers)


def test_words_searched_for_are_not_kept_and_a_guide_still_knows_them(worker, site_tree, was_kept):
    for path in ("/en/search/?q=Kamera", "/en/search/?kind=guide&q=Kamera"):
        worker.get(path)
        assert not was_kept(worker, path)
    referer = {"referer": "http://testserver/en/search/?q=cameras"}
    worker.get("/en/guides/")
    assert not was_kept(worker, "/en/guides/", **referer)


def test_confidential_pages_and_forms_are_made_each_time(worker, site_tree, was_kept):
    for path in ("/en/before-you-answer/", "/record/verify/", "/en/accounts/login/"):
        first = worker.get(path)
        assert "no-store" in first["Cache-Control"] or first.cookies or "ETag" not in first
        assert "ETag" not in first, path
    assert "ETag" not in worker.get("/health/live")


def test_a_failing_page_is_never_kept(worker, site_tree, monkeypatch):
    from portal.cms.models import StandardPage

    worker.raise_request_exception = False
    with monkeypatch.context() as patched:
        patched.setattr(StandardPage, "get_context", lambda *_, **__: 1 / 0)
        assert worker.get(site_tree.about.url).status_code == 500
    assert worker.get("/en/no-such-page/").status_code == 404


def test_languages_and_hosts_have_pages_of_their_own(worker, site_tree, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    english = worker.get("/record/", headers={"accept-language": "en"})
    french = worker.get("/record/", headers={"accept-language": "fr"})
    again = worker.get("/record/", headers={"accept-language": "fr, en;q=0.5"})
    assert (english["Content-Language"], french["Content-Language"]) == ("en", "fr")
    assert again.content == french.content
    assert worker.get("/record/", headers={"accept-language": "xx"}).status_code == 200
    assert worker.get("/en/", headers={"host": "evil.example"}).status_code == 400
    assert worker.get("/en/").status_code == 200
    assert worker.get("/en/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("gzip, br;q=0", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("identity", None),
        ("br;q=0.0, gzip;q=0", None),
        ("", None),
    ],
)
def test_a_browser_gets_the_shortest_form_that_it_takes(worker, site_tree, accepted, encoding):
    whole = worker.get("/en/").content
    response = worker.get("/en/", headers={"accept-encoding": accepted})
    assert response.get("Content-Encoding") == encoding
    opened = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert opened(response.content) == whole
    assert response["Content-Length"] == str(len(response.content))
    assert "Accept-Encoding" in response["Vary"]


def test_a_browser_that_has_the_page_is_told_so(worker, site_tree, was_kept):
    tag = worker.get("/en/")["ETag"]
    for tags in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
        response = worker.get("/en/", headers={"if-none-match": tags})
        assert (response.status_code, response.content) == (304, b"")
        assert response["ETag"] == tag
        assert response["Cache-Control"] == "no-cache"
    assert worker.get("/en/", headers={"if-none-match": '"other"'}).status_code == 200


def test_the_first_question_of_a_browser_that_has_the_page_is_answered_so_too(worker, site_tree):
    """Feeds answer such questions themselves: what is kept is the whole of one."""
    tag = worker.get("/feeds/guides/")["ETag"]
    another = Client()
    assert another.get("/feeds/guides/", headers={"if-none-match": tag}).status_code == 304
    assert another.get("/feeds/guides/").status_code == 200


def test_it_is_said_to_the_day_since_when_a_page_is_as_it_is(worker, site_tree, noon):
    # Most pages name their day where they are printed, so they are new each day.
    assert "Last-Modified" not in worker.get("/feeds/guides/")
    noon.move_to(NOON + timedelta(days=2))
    response = worker.get("/feeds/guides/")
    assert response["Last-Modified"] == "Tue, 02 Mar 2027 00:00:00 GMT"
    since = {"if-modified-since": response["Last-Modified"]}
    assert worker.get("/feeds/guides/", headers=since).status_code == 304


def test_a_condition_from_before_or_from_tomorrow_gets_the_page(worker, site_tree):
    worker.get("/en/")
    for at in (NOON - timedelta(seconds=1), NOON + timedelta(days=1)):
        since = {"if-modified-since": http_date(at.timestamp())}
        assert worker.get("/en/", headers=since).status_code == 200
    assert worker.get("/en/", headers={"if-modified-since": "yesterday"}).status_code == 200


def test_head_has_the_headers_of_the_page(worker, site_tree):
    head, page = worker.head("/en/"), worker.get("/en/")
    assert head.content == b""
    assert head["ETag"] == page["ETag"]


def test_ten_thousand_made_up_addresses_push_out_no_page_and_fill_no_memory(
    worker, site_tree, was_kept, settings, monkeypatch
):
    settings.FRONT_MEGABYTES = 1
    most = []
    real = Memory.put

    def put(memory, key, page):
        real(memory, key, page)
        most.append(memory.bytes)

    monkeypatch.setattr(Memory, "put", put)
    worker.get("/en/")
    for number in range(60):
        assert worker.get(f"/en/?a={number}&b=2").status_code == 200
        assert worker.get(f"/en/?b=2&a={number}").status_code == 200
    assert max(most) <= 1024 * 1024
    assert was_kept(worker, "/en/")
    assert not was_kept(worker, "/en/?a=0&b=2")


def test_an_address_too_long_is_answered_and_not_kept(worker, site_tree, was_kept):
    path = "/en/?a=" + "x" * 2_000
    worker.get(path)
    assert not was_kept(worker, path)


def test_where_tokens_cannot_be_had_each_page_is_made(worker, site_tree, was_kept, monkeypatch):
    worker.get("/en/")

    def away(*_):
        raise TokensAwayError

    monkeypatch.setattr(tokens(), "of", away)
    monkeypatch.setattr(tokens(), "now", away)
    assert not was_kept(worker, "/en/")
    assert worker.get("/en/").status_code == 200


def test_a_kept_page_says_all_that_a_page_says(worker, site_tree, settings):
    """The policy, the language and what else inner middleware adds."""
    for path in ("/en/", "/en/guides/", "/record/", "/feeds/guides/", "/robots.txt"):
        settings.FRONT_MEGABYTES = 0
        made = worker.get(path)
        settings.FRONT_MEGABYTES = 8
        worker.get(path)
        kept = worker.get(path)
        differ = {"ETag", "Vary", "Cache-Control", "Content-Length", "Last-Modified"}
        assert {k: v for k, v in kept.items() if k not in differ} == {
            k: v for k, v in made.items() if k not in differ
        }
        assert kept.content == made.content
