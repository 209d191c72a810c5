"""Clearance for what is for officials only: two people, the record, and who sees it."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from consultations.moderation import actions
from consultations.moderation.errors import NotPermitted, Refused, WrongStatus
from consultations.moderation.models import Clearance
from consultations.moderation.permissions import user_is_cleared
from portal.record.audit import findings as found_by_audit
from portal.record.models import Entry
from portal.staff_log.models import StaffEvent
from portal.stakeholders import roles
from tests.factories import UserFactory
from tests.staff import use_factor

pytestmark = pytest.mark.django_db

PAGE = "/admin/clearances/"


@pytest.fixture
def first():
    return UserFactory(role=roles.ADMINISTRATOR, name="First")


@pytest.fixture
def second():
    return UserFactory(role=roles.ADMINISTRATOR, name="Second")


@pytest.fixture
def person():
    return UserFactory(role=roles.MODERATOR, name="Mona")


def fresh(person):
    return type(person).objects.get(pk=person.pk)


def test_one_proposes_and_opens_nothing_and_a_second_gives(first, second, person):
    proposed = actions.propose_clearance(person=person, by=first)
    assert not user_is_cleared(fresh(person))
    assert not Entry.objects.exists()
    actions.give_clearance(clearance=proposed, by=second)
    assert user_is_cleared(fresh(person))


@pytest.mark.parametrize("superuser", [True, False])
def test_nobody_gives_what_they_proposed_nor_to_themselves(first, superuser):
    person = UserFactory(role=roles.ADMINISTRATOR, is_superuser=superuser)
    first.is_superuser = superuser
    first.save()
    own = actions.propose_clearance(person=person, by=first)
    for by in (first, person):
        with pytest.raises(NotPermitted):
            actions.give_clearance(clearance=own, by=by)
    assert not user_is_cleared(person)


@pytest.mark.parametrize("role", [None, *roles.ROLES[:-1]])
def test_only_administrators_propose_and_give(first, person, role):
    other = UserFactory(role=role)
    with pytest.raises(NotPermitted):
        actions.propose_clearance(person=other, by=other)
    proposed = actions.propose_clearance(person=person, by=first)
    with pytest.raises(NotPermitted):
        actions.give_clearance(clearance=proposed, by=other)
    with pytest.raises(NotPermitted):
        actions.end_clearance(clearance=proposed, by=other)


def test_without_the_second_factor_nobody_gives(first, second, person, settings):
    proposed = actions.propose_clearance(person=person, by=first)
    settings.STAFF_MFA_REQUIRED = True
    with pytest.raises(NotPermitted):
        actions.give_clearance(clearance=proposed, by=second)


def test_it_is_entered_sealed_and_without_names(first, second, person):
    proposed = actions.propose_clearance(person=person, by=first)
    given = actions.give_clearance(clearance=proposed, by=second)
    ended = actions.end_clearance(clearance=given, by=person)
    entries = Entry.objects.in_bulk([ended.record_leaf, ended.end_leaf])
    begun, end = entries[ended.record_leaf], entries[ended.end_leaf]
    assert begun.statement["person"] == person.pk
    assert begun.statement["given_by"] == second.pk
    assert end.statement["follows"] == begun.leaf
    assert not begun.public
    assert not end.public
    assert "Mona" not in f"{begun.text}{end.text}"


def test_one_person_ends_it_at_once(first, second, person):
    for by in (person, first):
        given = actions.give_clearance(
            clearance=actions.propose_clearance(person=person, by=first), by=second
        )
        actions.end_clearance(clearance=given, by=by)
        assert not user_is_cleared(fresh(person))
        with pytest.raises(WrongStatus):
            actions.end_clearance(clearance=given, by=by)
        with pytest.raises(WrongStatus):
            actions.give_clearance(clearance=given, by=second)


def test_nobody_is_proposed_twice(first, second, person):
    actions.propose_clearance(person=person, by=first)
    with pytest.raises(Refused):
        actions.propose_clearance(person=person, by=second)


def findings():
    return [finding.text for finding in found_by_audit()]


def test_the_audit_finds_whoever_was_cleared_without_an_entry(first, second, person):
    actions.give_clearance(clearance=actions.propose_clearance(person=person, by=first), by=second)
    assert findings() == []
    thief = UserFactory(role=roles.ANALYST)
    Clearance.objects.update(person=thief)
    assert findings() == ["a clearance is not as entered"]
    Clearance.objects.update(person=person)
    forged = Clearance.objects.create(
        person=thief, proposed_on="2026-11-24", given_on="2026-11-24", given_by=second
    )
    assert findings() == ["a clearance has no entry of its own"]
    forged.delete()
    given = Clearance.objects.get()
    actions.end_clearance(clearance=given, by=first)
    assert findings() == []
    Clearance.objects.update(ended_on=None)
    assert findings() == ["a clearance that has ended is in force"]
    Clearance.objects.all().delete()
    assert "no clearance as entered here" in findings()


def test_an_account_that_goes_breaks_nothing(first, second, person):
    actions.give_clearance(clearance=actions.propose_clearance(person=person, by=first), by=second)
    for each in (person, first, second):
        each.delete()
    assert findings() == []


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def test_the_whole_way_in_the_admin(first, second, person):
    proposing, giving = browser(first), browser(second)
    page = proposing.post(PAGE, {"act": "propose", "person": person.pk}, follow=True)
    assert "Another administrator gives it." in page.content.decode()
    pk = Clearance.objects.get().pk
    assert 'value="give"' not in page.content.decode(), "not to whoever proposed it"
    assert 'value="give"' in giving.get(PAGE).content.decode()
    proposing.post(PAGE, {"act": "give", "clearance": pk})
    assert not user_is_cleared(fresh(person))
    giving.post(PAGE, {"act": "give", "clearance": pk})
    assert user_is_cleared(fresh(person))
    shown = browser(person).get(PAGE).content.decode()
    assert "Proposed by First" in shown
    assert "Given by Second" in shown
    assert Clearance.objects.get().record_leaf in shown
    assert "Propose somebody" not in shown
    browser(person).post(PAGE, {"act": "end", "clearance": pk})
    assert not user_is_cleared(fresh(person))
    assert [event.detail for event in StaffEvent.objects.filter(what="clearance")][::-1] == [
        "proposed: Mona",
        "given: Mona",
        "ended: Mona",
    ]


@pytest.mark.parametrize("role", [None, *roles.ROLES[:-1]])
def test_nobody_else_sees_who_is_cleared(role):
    assert browser(UserFactory(role=role)).get(PAGE).status_code in (302, 403)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"act": "give"},
        {"act": "give", "clearance": "9" * 30},
        {"act": "give", "clearance": "x"},
        {"act": "nonsense", "clearance": "1"},
    ],
)
def test_what_does_not_fit_does_nothing(first, second, person, data):
    actions.propose_clearance(person=person, by=second)
    assert browser(first).post(PAGE, data, follow=True).status_code == 404
    assert not user_is_cleared(fresh(person))


@pytest.mark.parametrize("person", ["", "0", "x", "9" * 30])
def test_whoever_cannot_be_proposed_is_told_where_they_were_chosen(first, person):
    answer = browser(first).post(PAGE, {"act": "propose", "person": person})
    assert answer.status_code == 422
    assert not Clearance.objects.exists()


def test_no_group_and_no_permission_clears_anybody(person):
    assert not Permission.objects.filter(codename="read_confidential").exists()
    assert not Group.objects.filter(name__startswith="Cleared").exists()


def test_with_the_factor_it_is_given_in_the_admin(first, second, person, settings):
    proposed = actions.propose_clearance(person=person, by=first)
    settings.STAFF_MFA_REQUIRED = True
    giving = browser(second)
    data = {"act": "give", "clearance": proposed.pk}
    assert giving.post(PAGE, data).url.startswith("/en/accounts/2fa/")
    use_factor(giving)
    giving.post(PAGE, data)
    assert Clearance.objects.get().given_by == second
