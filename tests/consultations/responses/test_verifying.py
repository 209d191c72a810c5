"""Verifying for a layman: the answer in one sentence; of who has no name, no more than that."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils.html import escape

from consultations.responses import actions, receipts
from consultations.responses.models import Response, ResponseVersion
from portal.record.models import Entry
from portal.record.sequencer import publish_roots
from tests.consultations.responses.builders import ACADEMIA, NOBODY, begun, save, sent

pytestmark = pytest.mark.django_db
VERIFY = "/record/verify/"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)
IN = "is in the record, complete and unchanged."


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def named(clock, page):
    """A response with a name, and its code; the day of both has ended."""
    draft, code = begun(page, identity="named", details=ACADEMIA)
    save(draft, 1, {"exporter": False})
    save(draft, 2, {"view": "Ask who will use it."})
    return actions.submit_draft(draft=draft, by=NOBODY), code


@pytest.fixture
def nameless(clock, page):
    return sent(page)


def day_ends(clock):
    publish_roots(at=NOON + DAY)
    clock.move_to(NOON + DAY)


def newest(response):
    return response.versions.latest("number")


def show(client, given):
    """Paste something, and return what the page says."""
    http_response = client.post(VERIFY, {"receipt": json.dumps(given)})
    return http_response.content.decode()


def type_code(client, code):
    """Type a code, and return the page that follows."""
    http_response = client.post(VERIFY, {"code": code}, follow=True)
    return http_response


def answer(page):
    """The one sentence."""
    return re.search(r'notice__title">([^<]+)<', page).group(1)


def told(page, response):
    """Whether a page says anything of which answer it is."""
    shown = page.split("<main")[1]
    return any(
        escape(words) in shown for words in (response.reference, response.consultation.title)
    )


def test_who_has_a_name_is_answered_by_it(client, clock, named):
    response, code = named
    day_ends(clock)
    sentence = f"Your response {response.reference} of 24 November 2026 {IN}"
    version = newest(response)
    assert answer(show(client, receipts.receipt_of(version))) == sentence
    assert answer(show(client, receipts.answers_of(version))) == sentence
    assert answer(type_code(client, code).content.decode()) == sentence


def test_before_the_day_has_ended_the_holder_is_told_when_to_come_back(client, named):
    response, code = named
    for page in (
        show(client, receipts.receipt_of(newest(response))),
        show(client, receipts.answers_of(newest(response))),
        type_code(client, code).content.decode(),
    ):
        assert "is not shown in the record yet." in answer(page)
        assert "by the end of 25 November 2026" in page


def test_without_a_name_receipt_and_code_tell_neither_reference_nor_consultation(
    client, clock, nameless
):
    response, code = nameless
    day_ends(clock)
    index = Entry.objects.get(leaf=newest(response).record_leaf).index
    for page in (
        show(client, receipts.receipt_of(newest(response))),
        type_code(client, code).content.decode(),
    ):
        assert answer(page) == f"What you showed {IN}"
        assert not told(page, response)
        for words in ("November", "2026", f"/record/{index}/", f"entry {index}"):
            assert words not in page.split("<main")[1]


def test_nor_do_they_before_the_day_has_ended(client, nameless):
    response, code = nameless
    for page in (
        show(client, receipts.receipt_of(newest(response))),
        type_code(client, code).content.decode(),
    ):
        assert "this one within two days" in page
        assert not told(page, response)
        assert "November" not in page.split("<main")[1]


def test_a_name_that_is_withheld_is_told_no_more_than_none(client, clock, named):
    response, _code = named
    Response.objects.update(handling="name-withheld")
    day_ends(clock)
    assert not told(show(client, receipts.receipt_of(newest(response))), response)


def test_with_the_words_themselves_who_has_no_name_sees_which_answer_it_is(client, clock, nameless):
    response, _code = nameless
    day_ends(clock)
    page = show(client, receipts.answers_of(newest(response)))
    assert answer(page) == f"Your response {response.reference} of 24 November 2026 {IN}"
    assert told(page, response)


def test_answers_as_a_file(client, clock, nameless):
    response, _code = nameless
    day_ends(clock)
    text = json.dumps(receipts.answers_of(newest(response)), ensure_ascii=False)
    file = SimpleUploadedFile("file.json", text.encode())
    assert IN in client.post(VERIFY, {"file": file}).content.decode()


def test_answers_altered_by_a_word_are_not_those_and_tell_nothing(client, clock, nameless):
    response, _code = nameless
    day_ends(clock)
    given = receipts.answers_of(newest(response))
    given["content"]["answers"]["view"]["value"] += "!"
    page = show(client, given)
    assert answer(page) == "These are not the words that were entered."
    assert not told(page, response)


def test_answers_of_another_portal_are_not_known(client, nameless):
    given = receipts.answers_of(newest(nameless[0])) | {"salt": "00" * 32}
    http_response = client.post(VERIFY, {"receipt": json.dumps(given)})
    assert http_response.status_code == 422
    assert "The portal keeps no such response" in http_response.content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {"salt": "zz", "content": {}},
        {"salt": "00" * 32, "content": []},
        {"salt": "00" * 32, "content": {"a": 1.5}},
        {"salt": 7, "content": {}},
    ],
)
def test_answers_of_another_shape_are_told(client, page, given):
    http_response = client.post(VERIFY, {"receipt": json.dumps(given)})
    assert http_response.status_code == 422
    assert "not as it should be" in http_response.content.decode()


def test_words_that_the_portal_changed_are_its_own_fault(client, clock, named):
    response, code = named
    held = receipts.receipt_of(newest(response))
    day_ends(clock)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE responses_responseversion SET name = 'Somebody else'")
    for page in (show(client, held), type_code(client, code).content.decode()):
        assert answer(page) == "What the portal keeps of this is not what was entered."


def test_an_answer_that_was_dropped_is_told_by_receipt_and_code(client, clock, named):
    response, code = named
    held = receipts.receipt_of(newest(response))
    Entry.objects.filter(leaf=held["leaf"]).delete()
    publish_roots(at=NOON + 3 * DAY)
    clock.move_to(NOON + 3 * DAY)
    for page in (show(client, held), type_code(client, code).content.decode()):
        assert "The portal broke its promise" in answer(page)


def test_what_was_withdrawn_and_erased(client, clock, nameless):
    response, code = nameless
    held, answers = (
        receipts.receipt_of(newest(response)),
        receipts.answers_of(newest(response)),
    )
    actions.withdraw_response(response=response, by=NOBODY)
    day_ends(clock)
    for page in (show(client, held), type_code(client, code).content.decode()):
        assert "what it said has been erased since" in answer(page)
    assert "The portal keeps no such response" in show(client, answers)


def test_the_newest_version_is_what_a_code_is_answered_for(client, clock, nameless):
    response, code = nameless
    draft = actions.begin_revision(response=response, by=NOBODY)
    save(draft, 2, {"view": "Another view."})
    actions.submit_draft(draft=draft, by=NOBODY)
    day_ends(clock)
    page = type_code(client, code).content.decode()
    assert answer(page) == f"What you showed {IN}"
    assert ResponseVersion.objects.count() == 2
    Entry.objects.filter(leaf=newest(response).record_leaf).delete()
    assert IN not in answer(type_code(client, code).content.decode())


def test_a_code_is_shown_by_another_request_and_stays_nowhere(client, clock, nameless):
    response, code = nameless
    day_ends(clock)
    http_response = client.post(VERIFY, {"code": code})
    assert http_response.status_code == 302
    cookie = http_response.cookies["verifying"]
    leaf = newest(response).record_leaf
    for secret in (code, code.replace("-", ""), leaf, response.reference):
        assert secret not in http_response.headers["Location"]
        assert secret not in cookie.value
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", "")
    shown = client.get(http_response.headers["Location"])
    assert code not in shown.content.decode()
    assert shown.cookies["verifying"].value == ""
    assert IN not in client.get(VERIFY).content.decode().split("<form")[0].split("<h1")[0]


def test_a_code_typed_otherwise_is_the_same(client, clock, nameless):
    _response, code = nameless
    day_ends(clock)
    for typed in (code.lower(), code.replace("-", " "), code.replace("0", "O")):
        assert IN in answer(type_code(client, typed).content.decode())


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0" * 20, "This code opens nothing"),
        ("0" * 19, "you typed 19"),
        ("0" * 18 + "é!", "No code has"),
        ("٠" * 20, "This code opens nothing"),
        ("0" * 150, "at most 100 characters"),
        ("\x00\u200b" * 20, "Choose a file, type a code, or paste a text."),
    ],
)
def test_a_code_mistyped_is_told_where_it_was_typed_and_kept(client, page, typed, said):
    http_response = type_code(client, typed)
    shown = http_response.content.decode()
    assert http_response.status_code == 422
    assert said in shown
    if "\x00" not in typed and "٠" not in typed:
        assert escape(typed) in shown
    assert "verifying" not in client.cookies or not client.cookies["verifying"].value


def test_a_code_of_a_draft_is_told_that_nothing_was_sent(client, page):
    _draft, code = begun(page)
    assert (
        "was not sent, so nothing of it is in the record"
        in type_code(client, code).content.decode()
    )


def test_codes_are_limited_as_everywhere(client, page, nameless):
    for _try in range(5):
        type_code(client, "0" * 20)
    http_response = type_code(client, "0" * 20)
    assert http_response.status_code == 429
    assert "Many wrong codes" in http_response.content.decode()
    assert type_code(client, nameless[1]).status_code == 200


def test_a_browser_that_keeps_no_cookies_is_told_so(client, nameless):
    client.post(VERIFY, {"code": nameless[1]})
    client.cookies.clear()
    http_response = client.get(f"{VERIFY}?again")
    assert http_response.status_code == 422
    assert "This needs cookies" in http_response.content.decode()


@pytest.mark.parametrize("junk", ["", "x", "gAAAAA", "é"])
def test_a_cookie_of_somebody_else_s_making_does_nothing(client, page, junk):
    client.cookies["verifying"] = junk
    assert client.get(VERIFY).status_code == 200


def test_two_things_at_once_are_one_too_many(client, nameless):
    http_response = client.post(VERIFY, {"receipt": "{}", "code": nameless[1]})
    assert http_response.status_code == 422
    assert "Show one of the three" in http_response.content.decode()


def test_the_square_on_paper_opens_the_answer(client, clock, named):
    response, _code = named
    held = receipts.receipt_of(newest(response))
    day_ends(clock)
    query = {name: held[name] for name in ("leaf", "by", "signature")}
    page = client.get(VERIFY, query).content.decode()
    assert answer(page) == f"Your response {response.reference} of 24 November 2026 {IN}"
    for name, value in (("leaf", "00" * 32), ("by", "2027-01-01"), ("signature", "00" * 64)):
        altered = client.get(VERIFY, query | {name: value}).content.decode()
        assert answer(altered) == "This does not match the record."
        assert not told(altered, response)
    for name in query:
        http_response = client.get(VERIFY, query | {name: "\x00junk"})
        assert http_response.status_code == 422
        assert "This address is not whole" in http_response.content.decode()


def test_the_page_has_its_other_address_in_no_log(client, named, caplog):
    response, code = named
    with caplog.at_level("DEBUG"):
        type_code(client, code)
        show(client, receipts.receipt_of(newest(response)))
    assert code not in caplog.text
    assert response.reference not in caplog.text
