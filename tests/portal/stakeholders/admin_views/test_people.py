"""People, organisations and states in the admin."""

from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from portal.stakeholders import roles
from portal.stakeholders.actions import load_states, verify_organisation
from portal.stakeholders.models import Organisation, State, User
from portal.stakeholders.permissions import user_can_sign_for, user_speaks_for
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    person = UserFactory(email="admin@staff.example", role=roles.ADMINISTRATOR)
    client.force_login(person)
    return person


def person_data(**changes):
    return {
        "email": "new@people.example",
        "name": "New Person",
        "submitter_type": "academia",
        "affiliation": "",
        "organisation": "",
        "state": "",
        "groups": [],
        "is_active": "on",
        **changes,
    }


def test_the_list_shows_and_finds_people_by_name_and_address(client, administrator, member):
    other = UserFactory(name="Zed")
    page = client.get("/admin/users/").content.decode()
    assert member.name in page
    assert member.email in page
    found = client.get("/admin/users/", {"q": "Zed"}).content.decode()
    assert other.email in found
    assert member.email not in found
    assert client.get("/admin/users/", {"ordering": "-name"}).status_code == 200


def test_a_person_is_added_without_a_password(client, administrator):
    page = client.get("/admin/users/new/").content.decode()
    for absent in ("password", "first_name", "is_superuser"):
        assert f'name="{absent}' not in page
    response = client.post("/admin/users/new/", person_data())
    assert response.status_code == 302
    person = User.objects.get(email="new@people.example")
    assert not person.has_usable_password()
    assert person.is_active


def test_an_address_that_is_taken_is_refused_beside_the_field(client, administrator, member):
    taken = person_data(email=member.email.upper())
    page = client.post("/admin/users/new/", taken).content.decode()
    assert "Someone has an account with this address." in page
    assert "New Person" in page


def test_who_signs_for_an_organisation_is_set_with_the_organisation_and_not_without(
    client, administrator, member
):
    page = f"/admin/users/edit/{member.pk}/"
    alone = client.post(page, person_data(email=member.email, signs_for_organisation="on"))
    assert "Choose the verified organisation that they sign for." in alone.content.decode()
    works = OrganisationFactory()
    data = person_data(email=member.email, organisation=works.pk, signs_for_organisation="on")
    assert client.post(page, data).status_code == 302
    member = User.objects.get(pk=member.pk)
    assert user_can_sign_for(member, works.pk)
    assert list(User.objects.signing_for(works.pk)) == [member]


@pytest.mark.parametrize(
    ("who", "speaks", "signs"),
    [
        ({"signs_for_organisation": True}, True, True),
        ({}, True, False),
        ({"signs_for_organisation": True, "is_active": False}, False, False),
        ({"organisation": None, "signs_for_organisation": True}, False, False),
    ],
)
def test_who_speaks_and_signs_for_an_organisation(who, speaks, signs):
    works, another = OrganisationFactory(), OrganisationFactory()
    person = UserFactory(**{"organisation": works, **who})
    assert user_speaks_for(person, works.pk) is speaks
    assert user_can_sign_for(person, works.pk) is signs
    assert not user_speaks_for(person, another.pk)
    assert list(User.objects.signing_for(works.pk)) == ([person] if signs else [])
    assert not user_speaks_for(AnonymousUser(), works.pk)


def test_a_person_is_given_an_organisation_a_state_and_roles(client, administrator, member):
    load_states()
    organisation = OrganisationFactory(name="Checked Association")
    estonia = State.objects.get(iso2="EE")
    from django.contrib.auth.models import Group

    delegates = Group.objects.get(name=roles.STATE_DELEGATE)
    data = person_data(
        email=member.email, organisation=organisation.pk, state=estonia.pk, groups=[delegates.pk]
    )
    assert client.post(f"/admin/users/edit/{member.pk}/", data).status_code == 302
    member = User.objects.get(pk=member.pk)
    assert member.public_affiliation == "Checked Association"
    assert member.state == estonia
    assert member.has_role(roles.STATE_DELEGATE)


def test_an_address_that_staff_change_replaces_the_old(client, administrator, member):
    data = person_data(email="moved@people.example")
    client.post(f"/admin/users/edit/{member.pk}/", data)
    member.refresh_from_db()
    assert member.email == "moved@people.example"
    assert not member.emailaddress_set.exists()


def test_administrators_cannot_become_superusers(client, administrator):
    superuser = UserFactory(is_superuser=True)
    response = client.post(f"/admin/users/edit/{superuser.pk}/", person_data())
    assert response.status_code in (302, 403)
    superuser.refresh_from_db()
    assert superuser.email != "new@people.example"
    client.post(
        f"/admin/users/edit/{administrator.pk}/",
        person_data(email=administrator.email) | {"is_superuser": "on"},
    )
    administrator.refresh_from_db()
    assert not administrator.is_superuser
    assert administrator.is_active


def test_a_superuser_is_not_copied_into_a_new_account(client, administrator):
    superuser = UserFactory(is_superuser=True)
    client.post(f"/admin/users/copy/{superuser.pk}/", person_data())
    assert not User.objects.filter(email="new@people.example").exists()


def test_a_verified_organisation_is_not_copied(client, administrator):
    organisation = OrganisationFactory(verified_on=date(2026, 1, 1))
    copy = client.get(f"/admin/organisations/copy/{organisation.pk}/", follow=True)
    assert copy.status_code == 404


@pytest.mark.parametrize(
    ("action", "data"),
    [("set_active_state", {"mark_as_active": "False"}), ("assign_role", {}), ("delete", {})],
)
def test_bulk_actions_leave_superusers_alone(client, administrator, member, action, data):
    superuser = UserFactory(is_superuser=True)
    if action == "assign_role":
        from django.contrib.auth.models import Group

        data = {"role": Group.objects.get(name=roles.ANALYST).pk}
    chosen = f"?id={superuser.pk}&id={member.pk}&next=/admin/users/"
    client.post(f"/admin/bulk/stakeholders/user/{action}/{chosen}", data)
    for person in User.objects.filter(pk__in=[superuser.pk, member.pk]):
        assert person.is_active
        assert not person.groups.exists()
    assert User.objects.filter(pk=superuser.pk).exists()


def test_bulk_actions_work_for_everybody_else(client, administrator, member):
    client.post(
        f"/admin/bulk/stakeholders/user/set_active_state/?id={member.pk}&next=/admin/users/",
        {"mark_as_active": "False"},
    )
    member.refresh_from_db()
    assert not member.is_active


@pytest.mark.parametrize("role", [roles.EDITOR, roles.MODERATOR, roles.ANALYST])
def test_other_staff_keep_no_people(client, role):
    client.force_login(UserFactory(role=role))
    for path in ("/admin/users/", "/admin/organisations/new/", "/admin/states/new/"):
        response = client.get(path)
        assert response.status_code == 302
        assert response.url == reverse("wagtailadmin_home")


def test_an_organisation_is_verified_from_the_list(client, administrator):
    organisation = OrganisationFactory()
    verify = reverse("verify_organisation", args=[organisation.pk])
    assert verify in client.get("/admin/organisations/").content.decode()
    assert organisation.name in client.get(verify).content.decode()
    organisation.refresh_from_db()
    assert organisation.verified_on is None
    with time_machine.travel("2026-11-24 10:00:00Z"):
        client.post(verify)
    organisation.refresh_from_db()
    assert organisation.verified_on == date(2026, 11, 24)
    assert organisation.is_verified
    assert verify not in client.get("/admin/organisations/").content.decode()


def test_verifying_again_keeps_the_first_date(administrator):
    organisation = OrganisationFactory(verified_on=date(2025, 1, 1))
    verify_organisation(organisation=organisation, by=administrator, on=date(2026, 1, 1))
    organisation.refresh_from_db()
    assert organisation.verified_on == date(2025, 1, 1)


def test_verifying_is_refused_in_the_action(editor):
    organisation = OrganisationFactory()
    with pytest.raises(PermissionDenied):
        verify_organisation(organisation=organisation, by=editor, on=date(2026, 1, 1))
    organisation.refresh_from_db()
    assert not organisation.is_verified


def test_verifying_what_is_not_there(client, administrator):
    assert client.get("/admin/organisations/verify/999/", follow=True).status_code == 404


def test_states_are_chosen_by_name_in_order_and_found_in_any_language(client, administrator):
    load_states()
    for path in ("/admin/organisations/new/", "/admin/users/new/"):
        page = client.get(path).content.decode()
        names = [page.index(f">{name}</option>") for name in ("Afghanistan", "Åland Islands")]
        names += [page.index(f">{name}</option>") for name in ("Egypt", "United Arab Emirates")]
        assert names == sorted(names)
    found = client.get("/admin/states/", {"q": "Égypte"}).content.decode()
    assert "Egypt" in found
    assert "Estonia" not in found


def test_an_endorsement_is_not_kept_without_its_source(client, administrator):
    load_states()
    fiji = State.objects.get(iso2="FJ")
    path = f"/admin/states/edit/{fiji.pk}/"
    endorsed = {
        **{"iso2": "FJ", "iso3": "FJI", "region": "oceania", "code_status": "subscribing"},
        "endorsed_on": "2026-05-02",
    }
    assert "An endorsement needs its source." in client.post(path, endorsed).content.decode()
    assert client.post(path, endorsed | {"endorsement_source": "The gazette"}).status_code == 302
    fiji.refresh_from_db()
    assert (fiji.is_subscribing, fiji.endorsement_source) == (True, "The gazette")


def test_organisations_and_states_are_kept(client, administrator):
    load_states()
    form = {"name": "Fresh", "submitter_type": "company", "state": "", "website": ""}
    assert client.post("/admin/organisations/new/", form).status_code == 302
    assert Organisation.objects.filter(name="Fresh").exists()
    page = client.post("/admin/organisations/new/", form).content.decode()
    assert "already exists" in page
    assert "Estonia" in client.get("/admin/states/", {"q": "Estonia"}).content.decode()
