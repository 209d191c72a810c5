"""What lies in the browser, what in the database, and how long either opens anything."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from consultations.responses.access import handles
from consultations.responses.access.codes import hash_code, normalise
from consultations.responses.models import Draft, Handle, Response
from tests.canaries import every_row
from tests.consultations.factories import ConsultationPageFactory
from tests.consultations.responses.builders import short_questionnaire
from tests.consultations.responses.walk import Visitor
from tests.factories import UserFactory

NOON = datetime(2026, 11, 24, 12, 3, 17, tzinfo=UTC)
COOKIE = "handle-en"
CLEARED = '"cache", "cookies", "storage"'


@pytest.fixture
def page(consultations):
    return ConsultationPageFactory(
        questionnaire=short_questionnaire(), opens_at=NOON - timedelta(days=9)
    )


@pytest.fixture
def visitor(page):
    return Visitor(page)


@pytest.fixture
def account(page):
    """Somebody at a browser, signed in."""
    visitor = Visitor(page)
    visitor.client.force_login(UserFactory())
    return visitor


@pytest.fixture
def https(settings):
    """A function that has a browser's requests come over HTTPS."""
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    def use(visitor):
        visitor.client.defaults["HTTP_X_FORWARDED_PROTO"] = "https"

    return use


def copied(visitor):
    """Another browser with a copy of what this one holds."""
    thief = Visitor(visitor.page)
    thief.client.cookies[COOKIE] = visitor.client.cookies[COOKIE].value
    return thief


def is_shut_out(visitor):
    """Whether a browser is asked for the code, on every page that would show something."""
    asked = visitor.at("resume")
    names = ("code", "code_text", "tasks", "check", "sent", "status")
    return all(visitor.see(name).url == asked for name in names)


# -- in the browser --------------------------------------------------------------------------------


def test_the_cookie_is_for_these_pages_alone_and_is_not_the_code(visitor):
    cookie = visitor.begin().cookies[COOKIE]
    assert cookie["path"] == visitor.at("start")
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert cookie["expires"] == cookie["max-age"] == ""
    assert len(cookie.value) >= 43
    held = " ".join(str(each) for each in visitor.client.cookies.values()).upper()
    for code in (visitor.noted, normalise(visitor.noted), hash_code(visitor.noted)):
        assert code.upper() not in held


def test_each_answer_opened_gets_a_handle_of_its_own(visitor):
    visitor.begin()
    first, thief = visitor.client.cookies[COOKIE].value, copied(visitor)
    visitor.come_back()
    assert visitor.client.cookies[COOKIE].value != first
    assert is_shut_out(thief), "the one before opens nothing any more"
    assert Handle.objects.count() == 1


@pytest.mark.parametrize("typed", ["code", "hash", "token hash", "junk", "\0"])
def test_nothing_else_in_the_cookie_opens_anything(visitor, typed):
    visitor.begin()
    row = Handle.objects.get()
    put = {"code": visitor.noted, "hash": hash_code(visitor.noted), "token hash": row.token_hash}
    visitor.client.cookies[COOKIE] = put.get(typed, typed)
    assert visitor.see("tasks").url == visitor.at("resume")


# -- in the database -------------------------------------------------------------------------------


def test_a_stolen_database_opens_nothing(visitor):
    visitor.begin()
    code, row = normalise(visitor.noted), Handle.objects.get()
    for table, rows in every_row().items():
        if "cache" not in table:
            assert not any(code in each.upper() for each in rows), table
    draft = Draft.objects.get()
    values = {str(value) for value in Handle.objects.values().get().values()}
    assert values.isdisjoint({str(draft.pk), str(draft.submission_key), draft.code_hash})
    for guess in (row.token_hash, bytes(row.sealed).decode(), str(row.pk)):
        assert handles.read(guess, NOON) is None


def test_no_row_is_tied_to_an_answer():
    others = {field.name for field in Handle._meta.get_fields() if field.is_relation}
    assert others == set()


@pytest.mark.parametrize("minute", [0, 1, 14, 15, 44, 59])
def test_the_end_is_a_quarter_of_an_hour_and_within_two_hours(visitor, minute):
    at = NOON.replace(minute=minute, second=59)
    with time_machine.travel(at, tick=False):
        visitor.begin()
    (row,) = Handle.objects.all()
    assert (row.ends_at.minute % 15, row.ends_at.second, row.ends_at.microsecond) == (0, 0, 0)
    assert timedelta(hours=1, minutes=45) < row.ends_at - at <= timedelta(hours=2)


def test_two_hours_without_use_close_it(visitor):
    with time_machine.travel(NOON, tick=False):
        visitor.begin()
    with time_machine.travel(NOON + timedelta(hours=2), tick=False):
        assert is_shut_out(visitor)
        assert "No response is open in this browser" in visitor.text("resume")
        assert visitor.come_back().url == visitor.at("tasks")


def test_use_keeps_it_open(visitor):
    with time_machine.travel(NOON, tick=False):
        visitor.begin()
    for hours in range(1, 8):
        with time_machine.travel(NOON + timedelta(hours=hours), tick=False):
            assert visitor.see("tasks").status_code == 200


def test_use_is_written_down_four_times_an_hour_at_most(visitor, django_assert_num_queries):
    with time_machine.travel(NOON, tick=False):
        visitor.begin()
        with django_assert_num_queries(1):
            handles.read(visitor.client.cookies[COOKIE].value, NOON)


def test_what_has_ended_is_erased_by_housekeeping(visitor, capsys):
    with time_machine.travel(NOON, tick=False):
        visitor.begin()
        call_command("erase_ended_handles")
        assert Handle.objects.count() == 1
    with time_machine.travel(NOON + timedelta(hours=2), tick=False):
        call_command("erase_ended_handles")
    assert not Handle.objects.exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps no number of rows")
def test_the_place_of_a_row_is_its_key(visitor):
    visitor.begin()
    with connection.cursor() as cursor:
        cursor.execute("SELECT rowid, id FROM responses_handle")
        assert all(place == key for place, key in cursor.fetchall())


# -- leaving ---------------------------------------------------------------------------------------


def exit_page(visitor):
    return visitor.client.post(visitor.at("exit"))


def forget(visitor):
    return visitor.client.post(visitor.at("forget"))


def discard(visitor):
    return visitor.client.post(visitor.at("discard"), {"sure": "on"})


def send(visitor):
    visitor.answer_all()
    assert visitor.submit().url == visitor.at("sent")
    return visitor.see("sent")


LEAVING = [exit_page, forget, discard, send]


@pytest.mark.parametrize("leave", LEAVING)
def test_leaving_closes_it_everywhere(visitor, leave):
    visitor.begin()
    thief = copied(visitor)
    answer = leave(visitor)
    assert answer.cookies[COOKIE].value == ""
    assert is_shut_out(visitor)
    assert is_shut_out(thief)
    visitor.come_back()
    opened = "discard" not in leave.__name__
    assert (visitor.see("code").status_code == 200) is opened


@pytest.mark.parametrize("leave", LEAVING)
def test_over_https_the_browser_is_told_to_forget_everything(visitor, https, leave):
    https(visitor)
    visitor.begin()
    assert leave(visitor)["Clear-Site-Data"] == CLEARED


@pytest.mark.parametrize("leave", LEAVING)
def test_without_https_each_cookie_is_deleted_by_itself(visitor, leave):
    """Chromium takes no cookie beside a header that it does not follow there."""
    visitor.begin()
    visitor.client.cookies["another"] = "of this site"
    answer = leave(visitor)
    assert "Clear-Site-Data" not in answer
    assert {name for name, cookie in answer.cookies.items() if not cookie.value} >= {
        COOKIE,
        "another",
    }
    assert not any(cookie.value for cookie in answer.cookies.values())


def test_stop_for_now_closes_the_answer(visitor):
    visitor.begin()
    page = BeautifulSoup(visitor.text("tasks"), "html.parser")
    [button] = [each for each in page.select("form button") if "Stop for now" in each.text]
    form = button.find_parent("form")
    assert (form["method"], form["action"]) == ("post", visitor.at("forget"))
    answer = visitor.client.post(form["action"])
    assert "The response is closed here" in answer.content.decode()
    assert visitor.client.get(form["action"]).url == visitor.at("start")
    assert is_shut_out(visitor)


@pytest.mark.parametrize("leave", LEAVING)
def test_leaving_a_nameless_answer_signs_out(account, leave):
    account.begin()
    leave(account)
    assert "_auth_user_id" not in account.client.session
    assert account.client.get(reverse("account_overview")).status_code == 302


@pytest.mark.parametrize("leave", [forget, send])
def test_who_answers_under_their_name_stays_signed_in(account, leave):
    account.begin("named", name="Ada")
    if leave is send:
        account.answer_all()
        answer = account.client.get(account.submit().url)
    else:
        answer = leave(account)
    assert "Clear-Site-Data" not in answer
    assert account.client.get(reverse("account_overview")).status_code == 200


def test_the_way_out_leaves_no_session_behind_whoever_takes_it(account):
    account.begin("named", name="Ada")
    assert exit_page(account).cookies["sessionid"].value == ""
    assert account.client.get(account.at("tasks")).url == account.at("resume")


def test_another_site_cannot_sign_anybody_out(account):
    account.begin("named", name="Ada")
    for name in ("exit", "forget"):
        answer = account.client.post(account.at(name), headers={"sec-fetch-site": "cross-site"})
        assert "Clear-Site-Data" not in answer
    assert account.see("tasks").status_code == 200


def test_leaving_needs_no_token(page):
    for name, status in (("exit", 303), ("forget", 200)):
        visitor = Visitor(page)
        visitor.begin()
        visitor.client.handler.enforce_csrf_checks = True
        assert visitor.client.post(visitor.at(name)).status_code == status
        assert is_shut_out(visitor)


def test_the_way_out_is_taken_by_its_button_alone(visitor):
    visitor.begin()
    assert visitor.see("exit").url == visitor.at("start")
    assert visitor.see("tasks").status_code == 200
    answer = exit_page(visitor)
    assert answer.status_code == 303
    assert answer.url == "https://weather.com/"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]


def test_the_way_out_works_where_the_consultation_is_gone(visitor):
    visitor.begin()
    thief = copied(visitor)
    type(visitor.page).objects.update(live=False)
    assert visitor.see("tasks").status_code == 404
    assert exit_page(visitor).status_code == 303
    type(visitor.page).objects.update(live=True)
    assert is_shut_out(thief)
    assert Client().post(reverse("responses:exit", args=["no-such"])).status_code == 303


def test_the_way_out_works_where_the_database_does_not(visitor, https):
    visitor.begin()
    https(visitor)

    def fail(*args):
        raise OperationalError

    with connection.execute_wrapper(fail):
        answer = exit_page(visitor)
    assert (answer.status_code, answer.url) == (303, "https://weather.com/")
    assert answer["Clear-Site-Data"] == CLEARED


@pytest.mark.parametrize("name", ["start", "identity", "code", "tasks", "part", "check", "resume"])
def test_the_way_out_is_the_first_thing_on_every_page(visitor, name):
    visitor.begin()
    page = visitor.text(name, *([1] if name == "part" else []))
    body = page[page.index("<body") :]
    assert body.index(visitor.at("exit")) < body.index("Skip to main content")
    policy = visitor.see("start")["Content-Security-Policy"]
    assert "form-action 'self' https:;" in policy + ";"


def test_only_pages_that_lead_out_allow_a_form_to(visitor):
    policy = visitor.client.get(visitor.page.url)["Content-Security-Policy"]
    assert "form-action 'self';" in policy + ";"


# -- after sending ---------------------------------------------------------------------------------


@pytest.fixture
def checked(visitor):
    """A visitor whose answer lacks nothing but being sent."""
    visitor.begin()
    visitor.answer_all()
    return visitor


def test_the_receipt_is_shown_once_with_the_code(checked):
    checked.submit()
    page = checked.text("sent")
    assert checked.noted in page
    assert "shows it only to somebody who types it" in page
    assert Response.objects.get().reference in page
    assert is_shut_out(checked), "a reload asks for the code"


def test_until_the_receipt_is_shown_nothing_else_opens(checked):
    checked.submit()
    for name in ("code", "tasks", "status", "check"):
        assert checked.see(name).url == checked.at("resume")
    for name in ("receipt_file", "answers_file", "answers_text", "withdraw"):
        assert checked.see(name).status_code == 404
    assert checked.client.head(checked.at("sent")).status_code == 302, "looking is not reading"
    assert checked.noted in checked.text("sent")


def test_a_copy_of_the_browser_shows_the_receipt_no_more(checked):
    thief = copied(checked)
    checked.submit()
    checked.text("sent")
    assert is_shut_out(thief)


def test_who_presses_twice_sees_the_receipt_of_the_second_press(checked):
    browser = Client()
    browser.cookies[COOKIE] = checked.client.cookies[COOKIE].value
    data = {"declared": "on", "revision": str(Draft.objects.get().revision)}
    for _press in range(2):
        # The browser drops what the first press led to before it has come.
        assert checked.client.post(checked.at("check"), data).url == checked.at("sent")
        assert checked.noted in browser.get(checked.at("sent")).content.decode()
        browser.cookies[COOKIE] = checked.client.cookies[COOKIE].value
    assert Response.objects.count() == 1


def test_a_receipt_that_nobody_fetched_is_gone_within_the_hour(checked):
    at = datetime.now(UTC)
    checked.submit()
    with time_machine.travel(at + timedelta(minutes=21), tick=False):
        assert is_shut_out(checked)


def test_with_the_code_the_receipt_is_shown_as_often_as_one_likes(checked):
    checked.submit()
    checked.text("sent")
    checked.come_back()
    for _time in range(2):
        page = checked.text("sent")
        assert checked.noted in page
        assert checked.at("proof") in page
        assert "shows it only to somebody who types it" not in page
        assert "Receipt (JSON)" in checked.text("proof")


def test_where_the_code_is_shown_no_page_says_that_it_cannot_be(checked):
    checked.come_back()
    assert checked.noted in checked.text("code")
    assert "cannot show it to you again" not in checked.text("code")
    checked.submit()
    checked.text("sent")
    checked.come_back()
    assert checked.noted in checked.text("code")
    status = checked.text("status")
    assert "What to keep, and how to get a proof" in status
    assert "Your receipt and copies" not in status


# -- what the browser's lists of pages and downloads say -------------------------------------------


def title(page):
    return page.split("<title>")[1].split("</title>")[0].strip()


def test_titles_say_nothing_of_a_nameless_answer(checked):
    names = ("start", "resume", "identity", "upload", "code", "tasks", "check", "discard")
    pages = [checked.text(name) for name in names]
    pages += [checked.text("part", number) for number in (1, 2)]
    pages.append(checked.send("part", {"q-exporter": "neither"}, 1).content.decode())
    checked.submit()
    pages.append(checked.text("sent"))
    checked.come_back()
    pages += [checked.text(name) for name in ("status", "withdraw", "sent", "late")]
    titles = {title(page) for page in pages}
    assert titles == {"Form", "Form, page 1", "Form, page 2", "Error: Form, page 1"}
    assert all('name="description" content="Form"' in page for page in pages)


def test_titles_of_an_answer_under_a_name_say_what_it_is(account):
    account.begin("named", name="Ada")
    assert title(account.text("tasks")).startswith(f"Your response: {account.page.title} – ")
    account.begin("anonymous")
    assert title(account.text("tasks")) == "Form"


def test_files_of_a_nameless_answer_are_called_nothing(checked):
    note = checked.see("code_text")
    assert note.content.decode().strip() == checked.noted, "has only the code"
    checked.submit()
    reference = Response.objects.get().reference
    checked.come_back()
    files = [checked.see(name) for name in ("receipt_file", "answers_file", "answers_text")]
    for answer in (note, *files):
        called = answer["Content-Disposition"]
        for word in (reference, checked.page.slug, "answer", "receipt", "code", "response"):
            assert word not in called


def test_the_pages_of_answering_lead_nowhere_else(visitor):
    visitor.begin()
    for name in ("tasks", "code", "check"):
        page = BeautifulSoup(visitor.text(name), "html.parser")
        assert page.select_one("header .site-header__brand")
        elsewhere = "nav:not(.languages), [role=search], form[action*=search]"
        assert not page.header.select(elsewhere)
