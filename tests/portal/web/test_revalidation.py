"""Files are sent whole, in a part, or not at all if they are known (RFC 9110, 13 and 14)."""

import io
import time
from itertools import count

import pytest
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.middleware.gzip import GZipMiddleware
from django.template.response import TemplateResponse
from django.utils.http import http_date

from portal.web import upgrades
from portal.web.revalidation import revalidated, tag_of

WHOLE = b"0123456789" * 30
SIZE = len(WHOLE)
LAST_CHANGE = http_date(1_700_000_000)


def as_bytes(request):
    return HttpResponse(WHOLE, content_type="application/pdf")


def as_file(request):
    answer = FileResponse(io.BytesIO(WHOLE), content_type="application/pdf")
    answer["Last-Modified"] = LAST_CHANGE
    return answer


def as_stream(request):
    parts = (WHOLE[at : at + 7].decode() for at in range(0, SIZE, 7))
    return StreamingHttpResponse(parts, content_type="text/csv", headers={"ETag": tag_of("a")})


every_way = pytest.mark.parametrize("view", [as_bytes, as_file, as_stream])


@pytest.fixture
def ask(rf):
    def asked(view, method="get", path="/a", **headers):
        request = getattr(rf, method)(path, headers=headers)
        return GZipMiddleware(revalidated(view))(request)

    return asked


def body(answer):
    return answer.getvalue()


@every_way
@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=5-20", 5, 20),
        ("bytes=290-", 290, 299),
        ("bytes=-3", 297, 299),
        ("bytes=-1000", 0, 299),
        ("bytes=298-4000", 298, 299),
        ("Bytes= 5-6", 5, 6),
    ],
)
def test_one_range_is_sent_as_it_was_asked_for(ask, view, asked, first, last):
    answer = ask(view, range=asked)
    assert answer.status_code == 206
    assert body(answer) == WHOLE[first : last + 1]
    assert answer["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert answer["Content-Length"] == str(last - first + 1)
    assert answer["ETag"] == ask(view)["ETag"]


@every_way
@pytest.mark.parametrize("asked", ["bytes=300-", "bytes=9999-10000", "bytes=-0"])
def test_a_range_beyond_the_end_is_answered_with_the_size(ask, view, asked):
    answer = ask(view, range=asked)
    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{SIZE}"
    assert body(answer) == b""


@every_way
@pytest.mark.parametrize(
    "asked",
    [
        *(
            "bytes=0-1,5-6",
            "bytes=9-2",
            "bytes=-",
            "bytes",
            "lines=1-2",
            "bytes=a-b",
            "bytes=1-2 x",
        ),
        *("bytes=" + "1" * 40 + "-", "bytes=\u0661-\u0662"),
    ],
)
def test_several_ranges_and_nonsense_get_the_whole(ask, view, asked):
    answer = ask(view, range=asked)
    assert answer.status_code == 200
    assert body(answer) == WHOLE
    assert answer["Accept-Ranges"] == "bytes"
    assert "Content-Range" not in answer


@every_way
def test_head_has_no_ranges(ask, view):
    answer = ask(view, "head", range="bytes=0-1")
    assert answer.status_code == 200
    assert "Content-Range" not in answer
    assert answer["Accept-Ranges"] == "bytes"


@every_way
def test_a_part_is_one_of_the_bytes_as_they_are_whatever_is_compressed(ask, view):
    answer = ask(view, range="bytes=0-250", accept_encoding="gzip, br")
    assert answer.status_code == 206
    assert "Content-Encoding" not in answer
    assert body(answer) == WHOLE[:251]
    assert answer["ETag"].startswith('"')


def test_text_is_compressed_and_other_files_can_be_gone_on_with(ask):
    """A tag of what was compressed on its way is a weak one, which no browser goes on with."""
    text = ask(as_stream, accept_encoding="gzip")
    assert text["Content-Encoding"] == "gzip"
    assert text["ETag"].startswith("W/")
    for view in (as_bytes, as_file):
        answer = ask(view, accept_encoding="gzip")
        assert "Content-Encoding" not in answer
        assert answer["ETag"].startswith('"')
        assert body(answer) == WHOLE


@every_way
def test_the_rest_is_sent_if_the_file_is_the_same_and_else_the_whole(ask, view):
    tag = ask(view)["ETag"]
    assert ask(view, range="bytes=290-", if_range=tag).status_code == 206
    for stale in ('"another"', f"W/{tag}", http_date(time.time()), "nonsense"):
        answer = ask(view, range="bytes=290-", if_range=stale)
        assert answer.status_code == 200, stale
        assert body(answer) == WHOLE
    assert ask(view, range="bytes=300-", if_range='"another"').status_code == 200


def test_the_rest_is_sent_by_the_day_of_the_last_change(ask):
    assert ask(as_file, range="bytes=290-", if_range=LAST_CHANGE).status_code == 206
    answer = ask(as_file, range="bytes=290-", if_range=http_date(1_700_000_001))
    assert answer.status_code == 200


def test_a_change_of_just_now_is_not_told_by_its_date(ask):
    """Two of one second have the same."""
    now = http_date(time.time())

    def changed(request):
        headers = {"Last-Modified": now}
        return HttpResponse(WHOLE, content_type="application/pdf", headers=headers)

    assert ask(changed, range="bytes=5-", if_range=now).status_code == 200


@every_way
@pytest.mark.parametrize("method", ["get", "head"])
def test_who_has_it_is_sent_nothing(ask, view, method):
    tag = ask(view)["ETag"]
    for held in (tag, f'"another", {tag}', f"W/{tag}", "*"):
        answer = ask(view, method, if_none_match=held, range="bytes=0-1")
        assert answer.status_code == 304, held
        assert body(answer) == b""
        assert answer["ETag"] == tag
        assert answer["Cache-Control"] == "no-cache"
    assert ask(view, method, if_none_match='"another"').status_code == 200


@every_way
def test_a_condition_from_tomorrow_says_nothing(ask, view):
    tomorrow = http_date(time.time() + 24 * 60 * 60)
    assert ask(view, if_modified_since=tomorrow).status_code == 200
    assert ask(view, if_unmodified_since=tomorrow).status_code == 200


def test_dates_count_where_the_file_tells_one(ask):
    later, before = http_date(1_700_000_060), http_date(1_600_000_000)
    assert ask(as_file, if_modified_since=later).status_code == 304
    assert ask(as_file, if_modified_since=before).status_code == 200
    assert ask(as_file, if_unmodified_since=before).status_code == 412
    assert ask(as_bytes, if_unmodified_since=before).status_code == 200


@every_way
def test_who_wants_only_what_they_had_is_told_that_it_is_gone(ask, view):
    assert ask(view, if_match='"another"').status_code == 412
    assert ask(view, if_match=ask(view)["ETag"], range="bytes=0-1").status_code == 206


def test_what_is_no_file_is_left_alone(ask):
    def refused(request):
        return HttpResponse("No", status=403)

    def without_tag(request):
        return StreamingHttpResponse([WHOLE])

    for view, status in ((refused, 403), (without_tag, 200)):
        answer = ask(view, range="bytes=0-1", if_none_match="*")
        assert answer.status_code == status
        assert "ETag" not in answer
        assert "Accept-Ranges" not in answer


def test_a_page_that_asks_for_a_password_is_no_file(rf):
    def page(request):
        return TemplateResponse(request, "wagtaildocs/password_required.html")

    answer = revalidated(page)(rf.get("/a", headers={"Range": "bytes=0-1"}))
    assert answer.status_code == 200
    assert "ETag" not in answer
    assert "Cache-Control" not in answer


def test_what_the_view_says_of_caches_holds_for_each_answer(ask):
    def private(request):
        headers = {"Cache-Control": "private, no-store"}
        return HttpResponse(WHOLE, content_type="application/pdf", headers=headers)

    tag = ask(private)["ETag"]
    conditions = ({}, {"range": "bytes=0-1"}, {"range": "bytes=900-"}, {"if_none_match": tag})
    answers = [ask(private, **each) for each in conditions]
    assert [each.status_code for each in answers] == [200, 206, 416, 304]
    assert {each["Cache-Control"] for each in answers} == {"private, no-store"}


def test_no_shared_cache_is_told_of_a_confidential_page_or_of_a_session(ask, rf, settings):
    assert "Cache-Control" not in ask(as_bytes, path="/en/consultations/a/form.pdf")
    request = rf.get("/a")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "somebody"
    assert "Cache-Control" not in revalidated(as_bytes)(request)


def test_what_changes_while_a_part_of_it_is_made_is_sent_whole(ask):
    turns = count()

    def changing(request):
        tag = tag_of(next(turns))
        return StreamingHttpResponse([WHOLE], content_type="text/csv", headers={"ETag": tag})

    answer = ask(changing, range="bytes=5-6")
    assert answer.status_code == 200
    assert body(answer) == WHOLE


def test_a_file_that_is_not_sent_is_closed(ask):
    opened = []

    def noted(request):
        opened.append(io.BytesIO(WHOLE))
        return FileResponse(opened[-1], content_type="application/pdf")

    tag = ask(noted)["ETag"]
    for headers in ({"if_none_match": tag}, {"range": "bytes=900-"}):
        ask(noted, **headers)
        assert opened[-1].closed


def test_a_tag_changes_with_what_it_names_with_the_code_and_with_the_key(settings, monkeypatch):
    tags = {tag_of("a", 1), tag_of("a", 2), tag_of("a1")}
    assert tag_of("a", 1) in tags
    monkeypatch.setattr("portal.web.revalidation.code", lambda: "the next version")
    tags.add(tag_of("a", 1))
    settings.SECRET_KEY = "another"
    tags.add(tag_of("a", 1))
    assert len(tags) == 5


@pytest.fixture
def upgrade(settings, tmp_path):
    """A place with code in it, and what it is called now."""
    settings.ROOT = tmp_path
    (tmp_path / "portal" / "locale").mkdir(parents=True)
    (tmp_path / "requirements.txt").write_text("a==1")
    (tmp_path / "portal" / "views.py").write_text("1")

    def change(name=None, text=""):
        if name:
            (tmp_path / name).write_text(text)
        upgrades.code.cache_clear()
        return upgrades.code()

    yield change
    upgrades.code.cache_clear()


def test_an_upgrade_of_code_words_or_libraries_is_another_code(upgrade, monkeypatch):
    monkeypatch.setattr(upgrades, "STARTED", time.time() + 60)
    before = upgrade()
    assert upgrade() == before
    assert upgrade("portal/notes.txt", "no code") == before
    seen = {
        before,
        upgrade("portal/views.py", "2"),
        upgrade("portal/locale/django.mo", "words"),
        upgrade("requirements.txt", "a==2"),
    }
    assert len(seen) == 4


def test_a_process_that_runs_older_code_than_lies_there_has_a_code_of_its_own(upgrade, monkeypatch):
    monkeypatch.setattr(upgrades, "STARTED", time.time() - 60)
    assert upgrade() != upgrade()
