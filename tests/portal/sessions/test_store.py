"""When sessions end, and what the database knows of them."""

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client

from portal.sessions.actions import end_sessions
from portal.sessions.models import Session
from portal.stakeholders import roles
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

NOW = "2026-11-24 09:30:15Z"
OWN = "/en/accounts/"


@pytest.fixture(autouse=True)
def as_in_production(settings):
    settings.STAFF_SESSION_IDLE_MINUTES = 30
    settings.STAFF_SESSION_HOURS = 12
    settings.MEMBER_SESSION_DAYS = 90


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def signed_in(role=None):
    client = Client()
    client.force_login(UserFactory(role=role))
    client.get(OWN)
    return client


def is_in(client, path=OWN):
    return client.get(path).status_code == 200


def test_staff_are_signed_out_half_an_hour_after_the_last_thing_they_did(clock):
    editor = signed_in(roles.EDITOR)
    for _ in range(4):
        clock.shift(timedelta(minutes=29))
        assert is_in(editor)
    clock.shift(timedelta(minutes=30))
    assert not is_in(editor)


def test_staff_are_signed_out_after_twelve_hours_whatever_they_do(clock):
    editor = signed_in(roles.EDITOR)
    for _ in range(12 * 3 - 1):
        clock.shift(timedelta(minutes=20))
        assert is_in(editor)
    clock.shift(timedelta(minutes=20))
    assert not is_in(editor)


def test_what_an_open_page_of_the_admin_asks_by_itself_keeps_nobody_in(clock):
    editor = signed_in(roles.EDITOR)
    for _ in range(3):
        clock.shift(timedelta(minutes=9))
        editor.post("/admin/editing-sessions/ping/wagtailcore/page/1/", {})
    clock.shift(timedelta(minutes=5))
    assert not is_in(editor)


def test_the_door_of_the_admin_says_that_one_was_signed_out(clock):
    editor = signed_in(roles.EDITOR)
    clock.shift(timedelta(minutes=30))
    page = editor.get("/admin/pages/", follow=True).content.decode()
    assert "You have been signed out." in page
    assert "You have been signed out." not in Client().get("/admin/", follow=True).content.decode()


def test_whoever_is_given_a_role_while_signed_in_has_staff_s_hours_from_then_on(clock):
    member = signed_in()
    person = Session.objects.get().person
    person.is_superuser = True
    person.save()
    assert is_in(member)
    clock.shift(timedelta(minutes=30))
    assert not is_in(member)


def test_members_stay_for_two_weeks_without_a_visit(clock):
    member = signed_in()
    for _ in range(4):
        clock.shift(timedelta(days=14))
        assert is_in(member)
    clock.shift(timedelta(days=16))
    assert not is_in(member)


def test_members_are_signed_out_ninety_days_after_they_signed_in(clock):
    member = signed_in()
    for _ in range(9):
        clock.shift(timedelta(days=10))
        assert is_in(member)
    clock.shift(timedelta(days=1))
    assert not is_in(member)


def test_of_a_member_s_session_the_database_knows_two_days_and_no_finer_time(clock):
    member = signed_in()
    clock.shift(timedelta(days=3, hours=2, minutes=11))
    member.get(OWN)
    found = Session.objects.get()
    assert (found.begun_on, found.used_on) == (date(2026, 11, 24), date(2026, 11, 27))
    assert found.expire_date == datetime(2026, 12, 12, tzinfo=UTC)
    written = str(found.get_decoded())
    moment = datetime.fromisoformat(NOW).timestamp()
    for day in (0, 3):
        assert str(int(moment + day * 86400))[:5] not in written


def test_a_visit_writes_once_a_day_for_members_and_once_a_minute_for_staff(clock):
    member, editor = signed_in(), signed_in(roles.EDITOR)

    def writes(client):
        with CaptureWrites() as written:
            client.get(OWN)
        return len(written)

    assert (writes(member), writes(editor)) == (0, 0)
    clock.shift(timedelta(minutes=1))
    assert (writes(member), writes(editor)) == (0, 1)
    clock.shift(timedelta(days=1))
    assert (writes(member), writes(member)) == (1, 0)


class CaptureWrites:
    """The statements of a block that change sessions."""

    def __enter__(self):
        self.written = []
        self.ended = connection.execute_wrapper(self._note)
        self.ended.__enter__()
        return self.written

    def __exit__(self, *error):
        return self.ended.__exit__(*error)

    def _note(self, execute, sql, parameters, many, context):
        if sql.startswith("UPDATE") and "portal_sessions" in sql:
            self.written.append(sql)
        return execute(sql, parameters, many, context)


def test_the_key_that_a_browser_has_stands_nowhere_in_the_database(clock):
    member = signed_in()
    key = member.cookies["sessionid"].value
    row = Session.objects.get()
    assert row.pk == hashlib.sha256(key.encode()).hexdigest()
    assert key not in str(Session.objects.values().get())
    stranger = Client()
    stranger.cookies["sessionid"] = row.pk
    assert not is_in(stranger)
    assert is_in(member)


@pytest.mark.parametrize("key", ["", "x", "é" * 40, "\x80" * 40, "a" * 5000])
def test_any_cookie_is_answered(client, key):
    client.cookies["sessionid"] = key
    assert client.get(OWN).status_code == 302


def test_the_cookie_of_staff_goes_with_the_browser(clock):
    for role, age in ((roles.EDITOR, ""), (None, 14 * 24 * 3600)):
        person = UserFactory(role=role)
        person.set_password("a long enough pass phrase")
        person.save()
        client = Client()
        data = {"login": person.email, "password": "a long enough pass phrase"}
        client.post("/en/accounts/login/", data)
        client.get(OWN)
        assert client.cookies["sessionid"]["max-age"] == age, role


def test_a_session_that_was_ended_is_over_at_once(clock):
    member = signed_in()
    assert end_sessions(Session.objects.get().person) == 1
    assert not is_in(member)


def test_sessions_that_have_ended_are_erased(clock):
    signed_in(roles.EDITOR)
    signed_in()
    clock.shift(timedelta(hours=1))
    call_command("erase_ended_sessions")
    assert Session.objects.count() == 1
    clock.shift(timedelta(days=15))
    call_command("erase_ended_sessions")
    assert not Session.objects.exists()


def test_signing_in_gives_a_new_key_and_ends_the_old(client, clock, member):
    session = client.session
    session["something"] = 1
    session.save()
    before = client.cookies["sessionid"].value
    client.force_login(member)
    assert client.cookies["sessionid"].value != before
    assert Session.objects.get().person == member
