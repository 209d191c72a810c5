"""Whoever comes in first types each code once: one from the mailbox, one of the app."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.stakeholders.models import User
from portal.stakeholders.roles import EDITOR
from tests.codes import codes_in
from tests.factories import UserFactory
from tests.staff import current_code

pytestmark = pytest.mark.django_db

SETTING_UP = "/en/accounts/2fa/totp/activate/"
MAILED_PROOF = "/en/accounts/reauthenticate/code/"


@pytest.fixture
def person():
    """A new member of staff, with neither password nor factor."""
    person = UserFactory(email="new@staff.example", role=EDITOR)
    person.set_unusable_password()
    person.save()
    return person


def sign_in(client, person, mailed_code):
    client.post(reverse("account_login"), {"login": person.email, "next": "/admin/"})
    client.post(reverse("account_confirm_login_code"), {"code": mailed_code()})


def secret_on(answer):
    page = answer.content.decode()
    return re.search(r'id="authenticator_secret"[^>]*value="(\w+)"', page).group(1)


@pytest.fixture
def committed(monkeypatch):
    """Have done at once what waits for a transaction, which ends before a response goes."""
    monkeypatch.setattr(transaction, "on_commit", lambda act, **_options: act())


def codes_mailed():
    return [each for each in mail.outbox if codes_in(each.body)]


@pytest.mark.usefixtures("committed")
def test_staff_from_the_mail_to_the_admin(settings, person, mailed, mailed_code):
    settings.STAFF_MFA_REQUIRED = True
    client = Client()
    sign_in(client, person, mailed_code)
    assert client.get("/admin/").url == reverse("mfa_index")
    secret = secret_on(client.get(SETTING_UP))
    answer = client.post(SETTING_UP, {"code": current_code(secret)})
    shown = client.get(answer.url)
    assert shown.status_code == 200
    assert 'href="/admin/"' in shown.content.decode()
    assert client.get("/admin/").status_code == 200
    mailed()
    assert len(codes_mailed()) == 1


def test_whoever_signs_up_and_wants_a_factor_at_once(mailed, mailed_code):
    client = Client()
    data = {"email": "first@people.example", "name": "First", "submitter_type": "academia"}
    client.post(reverse("account_signup"), data)
    client.post(reverse("account_email_verification_sent"), {"code": mailed_code()})
    assert User.objects.get(email="first@people.example")
    assert client.get(SETTING_UP).status_code == 200
    mailed()
    assert len(codes_mailed()) == 1


def test_there_is_time_to_install_an_app_and_no_more(person, mailed_code):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = Client()
        sign_in(client, person, mailed_code)
        clock.shift(timedelta(minutes=9))
        assert client.get(SETTING_UP).status_code == 200
        clock.shift(timedelta(minutes=2))
        assert client.get(SETTING_UP).url.startswith(MAILED_PROOF)


def test_everything_else_still_asks(person, mailed_code):
    client = Client()
    sign_in(client, person, mailed_code)
    for name in ("account_email", "account_set_password", "account_delete"):
        answer = client.post(reverse(name), {"email": "x@people.example", "action_add": "1"})
        assert answer.url.startswith(MAILED_PROOF), name


def test_a_session_without_a_code_still_asks(person):
    client = Client()
    client.force_login(person)
    assert client.get(SETTING_UP).url.startswith(MAILED_PROOF)


@pytest.mark.usefixtures("committed")
def test_a_factor_that_was_just_set_up_is_proof_for_five_minutes(person, mailed_code):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = Client()
        sign_in(client, person, mailed_code)
        secret = secret_on(client.get(SETTING_UP))
        key = client.session.session_key
        client.post(SETTING_UP, {"code": current_code(secret)})
        assert client.session.session_key != key
        clock.shift(timedelta(minutes=6))
        asked = client.get("/en/accounts/2fa/recovery-codes/")
        assert asked.url.startswith(reverse("mfa_reauthenticate"))
