"""Signing in by code, by password and by two steps; what is limited and what is never kept."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import canaries
from tests.codes import codes_in
from tests.factories import UserFactory
from tests.staff import current_code, prove_again

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough pass phrase"


@pytest.fixture
def with_password(member):
    member.set_password(PASSWORD)
    member.save()
    return member


def sign_in(client, email, password="", **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_by_code(client, member, mailed_code):
    assert sign_in(client, member.email).url == reverse("account_confirm_login_code")
    client.post(reverse("account_confirm_login_code"), {"code": mailed_code()})
    assert is_signed_in(client)


def test_by_code_back_to_where_one_was(client, member, mailed_code):
    target = "/en/consultations/some-draft/discussion/"
    to_code = sign_in(client, member.email, next=target).url
    page = client.get(to_code).content.decode()
    assert f'name="next" value="{target}"' in page
    response = client.post(to_code, {"code": mailed_code(), "next": target})
    assert response.url == target


def test_by_password(client, with_password):
    assert sign_in(client, with_password.email.upper(), PASSWORD).url == reverse("account_overview")
    assert is_signed_in(client)


def test_a_wrong_password_keeps_the_address_and_tells_nothing(client, with_password):
    wrong = sign_in(client, with_password.email, "not it at all").content.decode()
    unknown = sign_in(client, "nobody@people.example", "not it at all").content.decode()
    for page in (wrong, unknown):
        assert "The e-mail address or the password is not right." in page
        assert "<title>Error: Sign in" in page
    assert f'value="{with_password.email}"' in wrong
    assert "not it at all" not in wrong


def test_an_unknown_address_is_told_by_mail_alone(client, member, mailed):
    for email in (member.email, "nobody@people.example"):
        response = sign_in(Client(), email)
        assert response.url == reverse("account_confirm_login_code")
        mailed()
    assert mail.outbox[-1].to == ["nobody@people.example"]
    assert "There is no account with it" in mail.outbox[-1].body


def test_a_closed_account_gets_no_code(client, member, mailed):
    member.is_active = False
    member.save()
    sign_in(client, member.email)
    assert not any(codes_in(message.body) for message in mailed())


def test_a_login_code_expires(client, member, mailed_code):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, member.email)
        clock.shift(timedelta(minutes=10, seconds=1))
        client.post(reverse("account_confirm_login_code"), {"code": mailed_code()})
        assert not is_signed_in(client)


def test_no_address_reaches_the_store_of_limits(client, with_password):
    before = canaries.cached()
    client.post(
        reverse("account_login"),
        {"login": with_password.email, "password": "guess"},
        REMOTE_ADDR="203.0.113.77",
        HTTP_USER_AGENT="Telling/1.0",
    )
    kept = canaries.cached()
    assert len(kept) > len(before)
    assert "203.0.113.77" not in kept
    assert with_password.email not in kept


@pytest.mark.parametrize("address", ["", "not an address"])
def test_a_server_that_names_no_client_still_signs_people_in(client, member, address):
    response = client.post(reverse("account_login"), {"login": member.email}, REMOTE_ADDR=address)
    assert response.url == reverse("account_confirm_login_code")


def test_mail_about_a_change_names_neither_address_nor_browser(client, member, mailed):
    member.set_unusable_password()
    member.save()
    client.force_login(member)
    prove_again(client)
    client.post(
        reverse("account_set_password"),
        {"password1": PASSWORD, "password2": PASSWORD},
        REMOTE_ADDR="203.0.113.77",
        HTTP_USER_AGENT="Telling/1.0",
    )
    member.refresh_from_db()
    assert member.check_password(PASSWORD)
    body = mailed()[-1].body
    assert "password has been set" in body.lower()
    assert "203.0.113.77" not in body
    assert "Telling" not in body


def test_a_forgotten_password_is_chosen_anew_by_code(client, with_password, mailed_code):
    client.post(reverse("account_reset_password"), {"email": with_password.email})
    client.post(reverse("account_confirm_password_reset_code"), {"code": mailed_code()})
    new = "another long pass phrase"
    client.post(reverse("account_complete_password_reset"), {"password1": new, "password2": new})
    with_password.refresh_from_db()
    assert with_password.check_password(new)


def test_two_steps_from_setting_up_to_signing_in(client, with_password):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, with_password.email, PASSWORD)
        setting_up = reverse("mfa_activate_totp")
        again = client.get(setting_up).url
        client.post(again, {"password": PASSWORD})
        page = client.get(setting_up).content.decode()
        assert '<svg role="img"' in page
        assert "data:image" not in page
        secret = re.search(r'id="authenticator_secret"[^>]*value="(\w+)"', page).group(1)
        wrong = client.post(setting_up, {"code": "000000"}).content.decode()
        assert "<title>Error: Set up an authenticator app" in wrong
        assert secret in wrong
        done = client.post(setting_up, {"code": current_code(secret)}, follow=True)
        codes = re.findall(r"<code>(\d+)</code>", done.content.decode())
        assert len(codes) == 10

        client.post(reverse("account_logout"))
        assert sign_in(client, with_password.email, PASSWORD).url == reverse("mfa_authenticate")
        assert not is_signed_in(client)
        clock.shift(timedelta(seconds=60))
        client.post(reverse("mfa_authenticate"), {"code": current_code(secret)})
        assert is_signed_in(client)

        client.post(reverse("account_logout"))
        sign_in(client, with_password.email, PASSWORD)
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert is_signed_in(client)


def test_signing_out_needs_a_post(client, member):
    client.force_login(member)
    assert "Do you want to sign out?" in client.get(reverse("account_logout")).content.decode()
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("path", "field", "extra"),
    [
        ("/en/accounts/signup/", "email", {"name": "N", "submitter_type": "academia"}),
        ("/en/accounts/login/", "login", {}),
        ("/en/accounts/login/code/", "email", {}),
        ("/en/accounts/password/reset/", "email", {}),
    ],
)
@pytest.mark.parametrize("known", [True, False])
def test_nobody_s_mailbox_is_flooded(path, field, extra, known, mailed):
    """Five mails a day, from however many places they are asked for, and no page says when."""
    if known:
        UserFactory(email="third@people.example")
    data = {field: "third@people.example", **extra}
    pages = set()
    with time_machine.travel("2026-11-24 00:00:00Z", tick=False) as clock:
        for number in range(40):
            answer = Client().post(path, data, REMOTE_ADDR=f"203.0.113.{number}")
            pages.add((answer.status_code, answer.get("Location")))
            clock.shift(60)
        assert len(mailed()) == 5
        assert len(pages) == 1
        clock.shift(timedelta(days=1))
        Client().post(path, data)
        assert len(mailed()) == 6


def test_a_mail_server_that_is_away_fails_no_page(client, member, settings, mailed):
    settings.EMAIL_BACKEND = "portal.notifications.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert sign_in(client, member.email).url == reverse("account_confirm_login_code")
    assert mailed() == []
