"""Before an address, a password or a second factor changes, its owner proves who they are again."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.sessions.models import Session
from tests.factories import UserFactory
from tests.staff import current_code, set_up_factor, use_factor

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough pass phrase"
NEW_ADDRESS = {"email": "new@people.example", "action_add": "1"}
MAILED = "/en/accounts/reauthenticate/code/"


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def person_with(*ways):
    person = UserFactory()
    if "password" in ways:
        person.set_password(PASSWORD)
        person.save()
    if "factor" in ways:
        set_up_factor(person)
    return person


# Where whoever has which ways in is asked first, and what of theirs they may then change.
BY_CODE, BY_PASSWORD = MAILED, "/en/accounts/reauthenticate/"
BY_FACTOR = "/en/accounts/2fa/reauthenticate/"
ALL = ("account_email", "mfa_activate_totp", "mfa_add_webauthn")
OF_FACTOR = ("account_email", "mfa_add_webauthn", "mfa_deactivate_totp")
ASKED = [
    ((), BY_CODE, (*ALL, "account_set_password")),
    (("password",), BY_PASSWORD, ALL),
    (("factor",), BY_FACTOR, (*OF_FACTOR, "account_set_password", "mfa_generate_recovery_codes")),
    (("password", "factor"), BY_FACTOR, (*OF_FACTOR, "mfa_generate_recovery_codes")),
]


@pytest.mark.parametrize(
    ("ways", "asked_at", "change"),
    [(ways, at, change) for ways, at, changes in ASKED for change in changes],
)
def test_each_change_asks_first_and_by_the_second_factor_where_there_is_one(ways, asked_at, change):
    client = signed_in(person_with(*ways))
    answer = client.post(reverse(change), NEW_ADDRESS)
    assert answer.status_code == 302
    assert answer.url.startswith(f"{asked_at}?next=")


def test_a_password_does_not_stand_in_for_a_second_factor():
    person = person_with("password", "factor")
    client = signed_in(person)
    answer = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert answer.url.startswith(reverse("mfa_reauthenticate"))
    assert "/2fa/" in client.post(reverse("account_email"), NEW_ADDRESS).url


def test_a_code_by_mail_lets_the_change_go_on_with_what_was_typed(mailed_code):
    person = person_with()
    client = signed_in(person)
    asked = client.post(reverse("account_email"), NEW_ADDRESS).url
    page = client.get(asked).content.decode()
    assert "We send a code to" in page
    assert person.email in page
    sent = client.post(asked, {"action": "send", "next": reverse("account_email")}, follow=True)
    assert "The code in it works once, for 10 minutes" in sent.content.decode()
    code = mailed_code()
    assert mail.outbox[-1].to == [person.email]
    done = client.post(MAILED, {"code": code.lower(), "next": reverse("account_email")})
    assert done.url == reverse("account_email_verification_sent")
    client.post(done.url, {"code": mailed_code()})
    person.refresh_from_db()
    assert person.email == "new@people.example"


def prove(client, mailed_code):
    client.post(MAILED, {"action": "send"})
    return client.post(MAILED, {"code": mailed_code()})


def test_a_wrong_code_is_told_and_three_end_it(mailed_code):
    client = signed_in(person_with())
    client.post(MAILED, {"action": "send"})
    right = mailed_code()
    for _attempt in range(3):
        page = client.post(MAILED, {"code": "AAAA-AAAA"}).content.decode()
        assert "The code is not right" in page
        assert "<title>Error:" in page
    client.post(MAILED, {"code": right})
    assert MAILED in client.post(reverse("account_email"), NEW_ADDRESS).url


def test_the_code_is_good_once_for_ten_minutes_and_in_this_session_alone(mailed_code):
    person = person_with()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        here, elsewhere = signed_in(person), signed_in(person)
        here.post(MAILED, {"action": "send"})
        code = mailed_code()
        assert "not right" in elsewhere.post(MAILED, {"code": code}).content.decode()
        clock.shift(timedelta(minutes=10))
        assert "not right" in here.post(MAILED, {"code": code}).content.decode()
        here.post(MAILED, {"action": "send"})
        code = mailed_code()
        assert here.post(MAILED, {"code": code}).status_code == 302
        clock.shift(timedelta(minutes=6))  # proof holds for five
        assert MAILED in here.post(reverse("account_email"), NEW_ADDRESS).url
        assert "not right" in here.post(MAILED, {"code": code}).content.decode()


def test_what_is_kept_of_the_code_is_no_code(mailed_code):
    client = signed_in(person_with())
    client.post(MAILED, {"action": "send"})
    kept = str(Session.objects.get().get_decoded())
    assert mailed_code() not in kept
    assert mailed_code().replace("-", "") not in kept


def test_whoever_has_something_better_is_sent_no_code(mailed):
    for ways in (("password",), ("factor",)):
        client = signed_in(person_with(*ways))
        assert client.post(MAILED, {"action": "send"}).status_code == 302
    assert not mailed()


def test_so_many_codes_and_no_more(mailed):
    client = signed_in(person_with())
    for _ in range(12):
        page = client.post(MAILED, {"action": "send"}, follow=True)
        if page.status_code == 429:
            break
    assert len(mailed()) <= 10


def test_a_first_password_is_set_after_the_code(mailed_code):
    person = person_with()
    client = signed_in(person)
    assert prove(client, mailed_code).status_code == 302
    data = {"password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_set_password"), data)
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def is_led_to_proof(client):
    """Whether the admin's door leads away to a second factor; no page of the admin is made here."""
    return "/accounts/2fa/" in client.get("/admin/nothing/").headers.get("Location", "")


@pytest.mark.django_db(transaction=True)
def test_a_new_factor_is_proof_and_ends_the_other_sessions(settings, mailed_code):
    settings.STAFF_MFA_REQUIRED = True
    person = UserFactory(is_superuser=True)
    here, elsewhere = signed_in(person), signed_in(person)
    assert is_led_to_proof(here)
    prove(here, mailed_code)
    page = here.get(reverse("mfa_activate_totp"))
    here.post(reverse("mfa_activate_totp"), {"code": current_code(page.context["form"].secret)})
    assert not is_led_to_proof(here)
    assert elsewhere.get("/en/accounts/").status_code == 302


def test_a_factor_that_was_removed_proves_nothing_any_more(settings):
    settings.STAFF_MFA_REQUIRED = True
    person = UserFactory(is_superuser=True)
    secret = set_up_factor(person)
    here, elsewhere = signed_in(person), signed_in(person)
    for client in (here, elsewhere):
        use_factor(client)
        assert client.get("/admin/").status_code == 200
    asked = here.post(reverse("mfa_deactivate_totp")).url
    here.post(asked, {"code": current_code(secret), "next": reverse("mfa_deactivate_totp")})
    here.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=person).exists()
    assert here.get("/en/accounts/").status_code == 200
    assert here.get("/admin/").url == reverse("mfa_index")
    assert elsewhere.get("/admin/").url.startswith(reverse("account_login"))


def test_in_the_admin_nobody_changes_their_own_address_without_proof():
    person = UserFactory(is_superuser=True)
    client = signed_in(person)
    data = {"email": "new@people.example", "name": "N", "submitter_type": "academia"}
    client.post(reverse("wagtailusers_users:edit", args=[person.pk]), data)
    person.refresh_from_db()
    assert person.email != "new@people.example"
    assert person.name == "N"
