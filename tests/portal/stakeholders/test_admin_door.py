"""Who passes the admin's door, and by which steps."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from portal.stakeholders import roles
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

STAFF = [roles.EDITOR, roles.MODERATOR, roles.ANALYST, roles.ADMINISTRATOR]


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
        assert client.get(path).url == reverse("mfa_activate_totp")
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    assert "the admin asks it of all staff" in page


def test_staff_with_two_steps_come_in(client, settings, editor):
    settings.STAFF_MFA_REQUIRED = True
    TOTP.activate(editor, generate_totp_secret())
    client.force_login(editor)
    assert client.get("/admin/").status_code == 200


def test_no_side_door_lets_a_password_alone_in(client, settings, editor):
    settings.STAFF_MFA_REQUIRED = True
    editor.set_password("long-and-unguessable")
    editor.save()
    TOTP.activate(editor, generate_totp_secret())
    data = {"username": editor.email, "password": "long-and-unguessable"}
    response = client.post("/en/_util/login/?next=/admin/", data)
    assert response.url == reverse("account_login") + "?next=/admin/"
    assert "_auth_user_id" not in client.session


def test_a_superuser_is_staff_too(client, settings):
    settings.STAFF_MFA_REQUIRED = True
    client.force_login(UserFactory(is_superuser=True))
    assert client.get("/admin/").url == reverse("mfa_activate_totp")


def test_public_pages_pay_nothing_for_it(rf, settings, django_assert_num_queries):
    from portal.stakeholders.middleware import StaffSecondFactorMiddleware

    settings.STAFF_MFA_REQUIRED = True
    request = rf.get("/en/guides/")
    request.user = UserFactory(role=roles.EDITOR)
    with django_assert_num_queries(0):
        assert StaffSecondFactorMiddleware(lambda passed: passed)(request) is request


def test_everyone_can_leave(client, editor):
    client.force_login(editor)
    client.post("/admin/logout/")
    assert "_auth_user_id" not in client.session


def test_preferences_ask_for_no_first_name(client, editor):
    client.force_login(editor)
    page = client.get("/admin/account/").content.decode()
    assert "first_name" not in page
    assert "theme" in page
