"""A lost second factor goes when two administrators say so, and its owner is told everywhere."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse

from portal.notifications.delivery import send_due
from portal.staff_log.models import StaffEvent
from portal.stakeholders import actions, roles
from portal.stakeholders.actions.errors import (
    NothingToReset,
    NotPermitted,
    Refused,
    WaitsAlready,
)
from portal.stakeholders.models import FactorReset
from portal.stakeholders.permissions import user_can_approve_reset, user_can_ask_for_reset
from tests.factories import UserFactory
from tests.staff import set_up_factor

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
REASON = "I rang the number that we have."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def people():
    first, second = (UserFactory(name=name, role=roles.ADMINISTRATOR) for name in ("One", "Two"))
    person = UserFactory(name="Lost", role=roles.MODERATOR)
    set_up_factor(person)
    return first, second, person


def ask(by, person):
    return actions.ask_for_reset(person=person, by=by, reason=REASON)


def has_factor(person):
    return Authenticator.objects.filter(user=person).exists()


def mailed(person):
    send_due()
    return [each.subject for each in mail.outbox if person.email in each.to]


def test_one_asks_and_a_second_approves(people):
    first, second, person = people
    browser = Client()
    browser.force_login(person)
    person.emailaddress_set.create(email="older@people.example", verified=False)
    reset = ask(first, person)
    assert has_factor(person)
    assert browser.get(reverse("account_overview")).status_code == 200
    assert actions.approve_reset(reset=reset, by=second) == 1
    assert not has_factor(person)
    assert browser.get(reverse("account_overview")).status_code == 302, "a session goes on"
    for number in (1, 2):
        assert len(mailed(person)) == 2, number
    assert [each for each in mail.outbox if each.to == ["older@people.example"]]
    lines = [f"{each.name} {each.what} {each.detail}" for each in StaffEvent.objects.order_by("pk")]
    assert [line for line in lines if "signed" not in line] == [
        "One factor-reset asked: Lost",
        "Two factor-reset approved: Lost",
        "Lost factor-removed by two administrators",
    ]


def test_nobody_approves_what_they_asked_for_or_what_is_about_them(people):
    first, second, person = people
    reset = ask(first, person)
    with pytest.raises(NotPermitted):
        actions.approve_reset(reset=reset, by=first)
    set_up_factor(second)
    own = ask(first, second)
    with pytest.raises(NotPermitted):
        actions.approve_reset(reset=own, by=second)
    with pytest.raises(NotPermitted):
        ask(second, second)
    assert has_factor(person)
    assert has_factor(second)


@pytest.mark.parametrize("role", [None, *roles.ROLES, "superuser"])
@pytest.mark.parametrize("is_superusers", [False, True])
def test_who_may_ask_and_approve(people, role, is_superusers):
    first, _second, person = people
    superuser = UserFactory(is_superuser=True)
    if is_superusers:
        person = superuser
        first = UserFactory(is_superuser=True)
        set_up_factor(person)
    somebody = UserFactory(is_superuser=True) if role == "superuser" else UserFactory(role=role)
    may = role == "superuser" or (role == roles.ADMINISTRATOR and not is_superusers)
    assert user_can_ask_for_reset(somebody, person) is may
    assert user_can_approve_reset(somebody, ask(first, person)) is may


def test_a_request_that_counts_no_more(people, clock):
    first, second, person = people
    reset = ask(first, person)
    with pytest.raises(WaitsAlready):
        ask(second, person)
    first.groups.clear()
    with pytest.raises(Refused):
        actions.approve_reset(reset=reset, by=second)
    clock.shift(timedelta(days=7))
    reset = ask(second, person)
    assert FactorReset.objects.count() == 1
    clock.shift(timedelta(days=7))
    third = UserFactory(role=roles.ADMINISTRATOR)
    with pytest.raises(Refused):
        actions.approve_reset(reset=reset, by=third)
    assert has_factor(person)


def test_a_refused_request_removes_nothing(people):
    first, second, person = people
    actions.refuse_reset(reset=ask(first, person), by=second)
    assert has_factor(person)
    assert not FactorReset.objects.exists()


def test_who_has_no_factor_needs_none_removed(people):
    first, _second, _person = people
    with pytest.raises(NothingToReset):
        ask(first, UserFactory())


def test_the_pages_lead_through_it(people):
    first, second, person = people
    one, two = Client(), Client()
    one.force_login(first)
    two.force_login(second)
    page = reverse("ask_for_reset", args=[person.pk])
    assert one.post(page, {"reason": ""}).status_code == 422
    assert one.post(page, {"reason": REASON}).status_code == 302
    here = reverse("factor_resets")
    reset = FactorReset.objects.get()
    assert "Waits for another administrator." in one.get(here).content.decode()
    assert REASON in two.get(here).content.decode()
    assert "waits for a second administrator" in two.get("/admin/users/").content.decode()
    one.post(here, {"reset": reset.pk, "act": "approve"})
    assert has_factor(person)
    two.post(here, {"reset": reset.pk, "act": "approve"})
    assert not has_factor(person)
    for odd in ("x", "9" * 30):
        assert two.post(here, {"reset": odd}, follow=True).status_code == 404


def test_a_changed_address_is_told_to_the_old_one(people):
    person = people[2]
    old = person.email
    person.email = "new@people.example"
    actions.change_address_by_staff(user=person, email="new@people.example")
    send_due()
    assert [each.to for each in mail.outbox] == [[old]]
