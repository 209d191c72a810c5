"""The list of people: what it says of each, how it is searched and filtered, and at what cost."""

import re
from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.stakeholders import actions, roles
from portal.stakeholders.actions import load_states
from portal.stakeholders.models import State, User
from tests.factories import OrganisationFactory, UserFactory
from tests.staff import set_up_factor

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/users/"


@pytest.fixture
def administrator(client):
    person = UserFactory(name="Ada Admin", role=roles.ADMINISTRATOR)
    client.force_login(person)
    return person


def row_of(client, person, **query):
    """What the list says of somebody, cell by cell."""
    page = client.get(PEOPLE, query).content.decode()
    rows = [row for row in re.findall(r"<tr.*?</tr>", page, re.S) if person.email in row]
    if not rows:
        return None
    cells = re.findall(r"<td.*?</td>", rows[0], re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells][2:]


def test_the_list_says_what_an_administrator_looks_for(client, administrator):
    load_states()
    works = OrganisationFactory(name="Works")
    person = UserFactory(
        role=[roles.MODERATOR, roles.EDITOR],
        organisation=works,
        state=State.objects.get(iso2="EE"),
        last_login=datetime(2026, 11, 12, 9, 41, tzinfo=UTC),
    )
    set_up_factor(person)
    Authenticator.objects.create(user=person, type="webauthn", data={})
    assert row_of(client, person) == [
        person.email,
        "Editors, Moderators",
        "Passkey, Authenticator app",
        "12 November 2026",
        "Works, Estonia",
        "Active",
    ]


def test_of_a_member_it_says_no_day(client, administrator):
    person = UserFactory(last_login=datetime(2026, 11, 12, 9, 41, tzinfo=UTC))
    assert row_of(client, person)[1:] == ["", "None", "November 2026", "", "Active"]
    for role in (None, roles.EDITOR):
        if role:
            person.groups.add(Group.objects.get(name=role))
        assert "9:41" not in client.get(PEOPLE).content.decode()
    page = client.get(PEOPLE).content.decode()
    assert "ordering=last" not in page, "the order tells what the column does not"


def test_states_of_accounts(client, administrator):
    locked, new = UserFactory(is_active=False), UserFactory(verified=False)
    assert row_of(client, locked)[-1] == "Locked"
    assert row_of(client, new)[-1] == "Address not confirmed yet"
    for state, shown, hidden in (("locked", locked, new), ("new", new, locked)):
        assert row_of(client, shown, state=state)
        assert row_of(client, hidden, state=state) is None
        assert row_of(client, administrator, state=state) is None
    assert row_of(client, administrator, state="active")


def test_it_is_filtered_by_role_and_factor_and_searched(client, administrator):
    moderator = UserFactory(name="Zoe", role=[roles.MODERATOR, roles.EDITOR])
    set_up_factor(moderator)
    group = {name: Group.objects.get(name=name).pk for name in roles.ROLES}
    both = [group[roles.MODERATOR], group[roles.EDITOR]]
    page = client.get(PEOPLE, {"role": both}).content.decode()
    assert page.count(f">{moderator.email}<") <= 1
    assert row_of(client, moderator, role=both, q="Zoe", factor="totp")
    assert row_of(client, moderator, factor="none") is None
    assert row_of(client, moderator, factor="passkey") is None
    assert row_of(client, moderator, q=moderator.email[:8])
    assert row_of(client, administrator, role=both) is None
    assert client.get(PEOPLE, {"role": "x", "factor": "x", "state": "x"}).status_code == 200


def test_the_number_of_queries_is_fixed(client, administrator):
    def asked():
        client.get(PEOPLE)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(PEOPLE).status_code == 200
        return len(captured)

    UserFactory(role=roles.EDITOR, organisation=OrganisationFactory())
    few = asked()
    for _number in range(12):
        person = UserFactory(role=roles.EDITOR, organisation=OrganisationFactory())
        set_up_factor(person)
    assert asked() == few
    assert few < 30


def test_who_is_invited_stands_above_the_list(client, administrator):
    actions.invite(
        email="ines@people.example",
        roles=Group.objects.filter(name=roles.EDITOR),
        reason="To help.",
        by=administrator,
    )
    assert "ines@people.example (Editors)" in client.get(PEOPLE).content.decode()
    assert "ines@people.example" in client.get(PEOPLE, {"q": "ines"}).content.decode()
    assert "ines@people.example" not in client.get(PEOPLE, {"q": "zoe"}).content.decode()


def test_everything_about_a_person_is_reached_from_it(client, administrator):
    person = UserFactory(role=roles.ANALYST, organisation=OrganisationFactory())
    page = client.get(PEOPLE).content.decode()
    for name, args in (
        ("invite", []),
        ("invitations", []),
        ("factor_resets", []),
        ("ask_for_reset", [person.pk]),
        ("export_person", [person.pk]),
        ("end_sessions_of", [person.pk]),
        ("verify_organisation", [person.organisation_id]),
        ("wagtailusers_users:delete", [person.pk]),
    ):
        assert reverse(name, args=args) in page, name
    assert f"{reverse('clearances')}?person={person.pk}" in page
    for name in ("ask_for_reset", "export_person", "wagtailusers_users:delete"):
        assert reverse(name, args=[administrator.pk]) not in page, name
    form = client.get(f"{reverse('clearances')}?person={person.pk}").content.decode()
    assert f'<option value="{person.pk}" selected' in form


def test_settings_and_search_call_it_people(client, administrator):
    page = client.get("/admin/").content.decode()
    assert '"label": "People"' in page
    assert '"label": "Users"' not in page
    assert User.objects.exists()
