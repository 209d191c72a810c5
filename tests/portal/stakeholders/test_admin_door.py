"""Who passes the admin's door, and by which steps."""

import pytest
from django.test import Client
from django.urls import reverse

from portal.stakeholders import roles
from tests.factories import UserFactory
from tests.staff import current_code, set_up_factor, use_factor

pytestmark = pytest.mark.django_db

STAFF = [roles.EDITOR, roles.MODERATOR, roles.ANALYST, roles.OFFICIAL, roles.ADMINISTRATOR]


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/login/"])
def test_a_visitor_signs_in_as_everyone_does(client, path):
    response = client.get(path, follow=True)
    address, _status = response.redirect_chain[-1]
    assert address.startswith(reverse("account_login"))
    assert "next=%2Fadmin%2F" in address or "next=/admin/" in address


def test_signing_in_leads_on_within_the_portal_alone(client):
    within = client.get("/admin/login/", {"next": "/admin/pages/2/"}).url
    assert within == f"{reverse('account_login')}?next=%2Fadmin%2Fpages%2F2%2F"
    for outside in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        assert "evil" not in client.get("/admin/login/", {"next": outside}).url
        assert "alert" not in client.get("/admin/login/", {"next": outside}).url


@pytest.mark.parametrize("role", [None, roles.STATE_DELEGATE])
@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/account/"])
def test_a_member_is_refused_in_one_step(client, role, path):
    client.force_login(UserFactory(role=role))
    response = client.get(path)
    assert response.status_code == 403
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize("role", STAFF)
def test_staff_come_in(client, role):
    client.force_login(UserFactory(role=role))
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/account/").status_code == 200


@pytest.mark.parametrize("role", STAFF)
def test_where_two_steps_are_asked_staff_without_them_set_them_up(client, settings, role):
    settings.STAFF_MFA_REQUIRED = True
    person = UserFactory(role=role)
    person.set_unusable_password()  # with a password, it would be asked for first
    person.save()
    client.force_login(person)
    for path in ("/admin/", "/admin/login/", "/admin/users/"):
        assert client.get(path).url == reverse("mfa_index")
    page = client.get(reverse("mfa_index")).content.decode()
    assert "all staff of the portal need it" in page


def test_staff_who_used_their_second_factor_come_in(client, settings, editor):
    settings.STAFF_MFA_REQUIRED = True
    set_up_factor(editor)
    client.force_login(editor)
    use_factor(client)
    assert client.get("/admin/").status_code == 200


def test_staff_who_have_one_are_asked_for_it_and_led_on(client, settings, editor):
    """A session from before it was set up, or one that came in by another way."""
    settings.STAFF_MFA_REQUIRED = True
    secret = set_up_factor(editor)
    client.force_login(editor)
    asked = client.get("/admin/pages/?q=a")
    assert asked.url == f"{reverse('mfa_reauthenticate')}?next=%2Fadmin%2Fpages%2F%3Fq%3Da"
    assert "Confirm your second factor first" in client.get(asked.url).content.decode()
    proved = client.post(asked.url, {"code": current_code(secret), "next": "/admin/pages/?q=a"})
    assert proved.url == "/admin/pages/?q=a"
    assert client.get("/admin/").status_code == 200


def test_what_another_session_proved_proves_nothing_here(settings, editor):
    settings.STAFF_MFA_REQUIRED = True
    set_up_factor(editor)
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        client.force_login(editor)
    use_factor(elsewhere)
    assert here.get("/admin/").status_code == 302
    assert elsewhere.get("/admin/").status_code == 200


def test_no_side_door_lets_a_password_alone_in(client, settings, editor):
    settings.STAFF_MFA_REQUIRED = True
    editor.set_password("long-and-unguessable")
    editor.save()
    set_up_factor(editor)
    data = {"username": editor.email, "password": "long-and-unguessable"}
    response = client.post("/en/_util/login/?next=/admin/", data)
    assert response.url == reverse("account_login") + "?next=/admin/"
    assert "_auth_user_id" not in client.session


def test_a_superuser_is_staff_too(client, settings):
    settings.STAFF_MFA_REQUIRED = True
    client.force_login(UserFactory(is_superuser=True))
    assert client.get("/admin/").url == reverse("mfa_index")


def test_public_pages_pay_nothing_for_it(rf, settings, django_assert_num_queries):
    from portal.stakeholders.middleware import AdminDoorMiddleware

    settings.STAFF_MFA_REQUIRED = True
    request = rf.get("/en/guides/")
    request.user = UserFactory(role=roles.EDITOR)
    with django_assert_num_queries(0):
        assert AdminDoorMiddleware(lambda passed: passed)(request) is request


def test_everyone_can_leave(client, editor):
    client.force_login(editor)
    client.post("/admin/logout/")
    assert "_auth_user_id" not in client.session


def test_preferences_ask_for_no_first_name(client, editor):
    client.force_login(editor)
    page = client.get("/admin/account/").content.decode()
    assert "first_name" not in page
    assert "theme" in page
