"""The list of one's sessions, and who ends whose."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from portal.sessions.models import Session
from portal.stakeholders import roles
from tests.factories import UserFactory
from tests.staff import prove_again

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough pass phrase"
LIST = "/en/accounts/sessions/"


def browsers_of(person, count=2):
    found = [
        Client(HTTP_USER_AGENT="CanaryBrowser/6.6", REMOTE_ADDR="203.0.113.77") for _ in "x" * count
    ]
    for client in found:
        client.force_login(person)
    return found


def is_in(client):
    return client.get("/en/accounts/").status_code == 200


def hash_of(client):
    page = client.get(LIST).content.decode()
    return re.search(r'name="session" value="(\w+)"', page)[1]  # its own stands first


def test_everybody_sees_where_they_are_signed_in_and_nothing_of_address_or_agent(member):
    here, elsewhere = browsers_of(member)
    browsers_of(UserFactory())
    elsewhere.post(LIST, {"session": hash_of(elsewhere), "action": "name", "name": "Work laptop"})
    page = here.get(LIST).content.decode()
    assert page.count('name="session"') == 2
    assert "Work laptop" in page
    assert page.count("this one") == 1
    assert "CanaryBrowser" not in page + str(list(Session.objects.values()))
    assert "203.0.113" not in page + str(list(Session.objects.values()))
    assert [session.get_decoded().keys() for session in Session.objects.of(member)]


def test_a_name_stays_when_the_session_is_used_again(member):
    (here,) = browsers_of(member, 1)
    here.post(LIST, {"session": hash_of(here), "action": "name", "name": "Library <b>"})
    here.get("/en/accounts/login/")
    here.post("/en/accounts/profile/", {"name": "N", "submitter_type": "company"})
    assert "Library &lt;b&gt;" in here.get(LIST).content.decode()


def test_a_name_too_long_stays_where_it_was_typed(member):
    (here,) = browsers_of(member, 1)
    answer = here.post(LIST, {"session": hash_of(here), "action": "name", "name": "x" * 61})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "x" * 61 in page
    assert "<title>Error:" in page


def test_one_session_ends_and_the_others_stay(member):
    here, elsewhere = browsers_of(member)
    other = hash_of(elsewhere)
    prove_again(here)
    page = here.post(LIST, {"session": other, "action": "end"}, follow=True).content.decode()
    assert "The session has ended." in page
    assert is_in(here)
    assert not is_in(elsewhere)


def test_all_others_end_at_once(member):
    here, *others = browsers_of(member, 3)
    prove_again(here)
    here.post(LIST, {"action": "end-others"})
    assert is_in(here)
    assert not any(map(is_in, others))


@pytest.mark.parametrize("action", ["end", "end-others"])
def test_whoever_ends_another_session_proves_first_who_they_are(member, action):
    """And then it ends, without asking for it again."""
    member.set_password(PASSWORD)
    member.save()
    here, elsewhere = browsers_of(member)
    data = {"session": hash_of(elsewhere), "action": action}
    asked = here.post(LIST, data)
    assert asked.url.startswith("/en/accounts/reauthenticate/?next=")
    assert is_in(elsewhere)
    before = here.cookies["sessionid"].value
    here.post(asked.url, {"password": PASSWORD, "next": LIST})
    assert not is_in(elsewhere)
    assert is_in(here)
    assert here.cookies["sessionid"].value != before, "whoever proves it again has a new key"


def test_ending_this_session_signs_out(member):
    here, elsewhere = browsers_of(member)
    assert here.post(LIST, {"session": hash_of(here), "action": "end"}).status_code == 302
    assert not is_in(here)
    assert is_in(elsewhere)


@pytest.mark.parametrize("action", ["end", "name", "end-others", "nonsense", ""])
def test_nobody_ends_or_names_somebody_else_s(member, action):
    (mine,) = browsers_of(UserFactory(), 1)
    (theirs,) = browsers_of(member, 1)
    prove_again(mine)
    mine.post(LIST, {"session": hash_of(theirs), "action": action, "name": "Mine"})
    assert is_in(theirs)
    assert "Mine" not in theirs.get(LIST).content.decode()


def test_a_changed_password_ends_the_other_sessions(member):
    member.set_password(PASSWORD)
    member.save()
    here, elsewhere = browsers_of(member)
    new = PASSWORD[::-1]
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    here.post(reverse("account_change_password"), data)
    member.refresh_from_db()
    assert member.check_password(new)
    assert is_in(here)
    assert not is_in(elsewhere)
    assert Session.objects.of(member).count() == 1


def admin(role=roles.ADMINISTRATOR, **fields):
    client = Client()
    client.force_login(UserFactory(role=role, **fields))
    return client


def test_staff_end_all_sessions_of_a_person_whose_account_they_may_change(member):
    theirs = browsers_of(member, 2)
    ending = reverse("end_sessions_of", args=[member.pk])
    keeper = admin()
    assert ending in keeper.get("/admin/users/").content.decode()
    assert "signed in in 2 browsers" in keeper.get(ending).content.decode()
    assert all(map(is_in, theirs)), "asking ends nothing"
    page = keeper.post(ending, follow=True).content.decode()
    assert "2 sessions have ended." in page
    assert not any(map(is_in, theirs))
    assert is_in(keeper)


@pytest.mark.parametrize("role", [roles.EDITOR, roles.MODERATOR, roles.ANALYST])
def test_other_staff_end_nobody_s(member, role):
    (theirs,) = browsers_of(member, 1)
    assert admin(role).post(reverse("end_sessions_of", args=[member.pk])).status_code in (302, 403)
    assert is_in(theirs)


def test_an_administrator_does_not_end_a_superuser_s(member):
    (theirs,) = browsers_of(UserFactory(is_superuser=True), 1)
    person = Session.objects.get().person
    admin().post(reverse("end_sessions_of", args=[person.pk]))
    assert is_in(theirs)


@pytest.mark.parametrize("way", ["form", "bulk"])
def test_whoever_is_shut_out_is_signed_out_for_good(member, way):
    """And not signed in again when the account is opened again."""
    (theirs,) = browsers_of(member, 1)
    keeper = admin()
    if way == "form":
        data = {"email": member.email, "name": member.name, "submitter_type": "academia"}
        keeper.post(reverse("wagtailusers_users:edit", args=[member.pk]), data)
    else:
        bulk = f"/admin/bulk/stakeholders/user/set_active_state/?id={member.pk}"
        keeper.post(bulk, {"mark_as_active": "False"})
    member.refresh_from_db()
    assert not member.is_active
    assert not is_in(theirs)
    member.is_active = True
    member.save()
    assert not is_in(theirs)


def test_ending_one_s_own_from_the_admin_keeps_this_one():
    keeper = admin()
    person = Session.objects.get().person
    elsewhere = Client()
    elsewhere.force_login(person)
    keeper.post(reverse("end_sessions_of", args=[person.pk]))
    assert is_in(keeper)
    assert not is_in(elsewhere)
