"""Which passwords are taken, and what a new one does not open."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from portal.sessions.models import Session
from portal.staff_log.models import StaffEvent
from portal.stakeholders.models import User
from portal.stakeholders.password_validation import OWN_WORDS
from tests.factories import UserFactory
from tests.staff import set_up_factor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "password",
    [
        "vkzqwmplxrtb",
        "VKZQWMPLXRTB",
        "  spaces at both ends  ",
        "четыре слова и ещё одно",
        "كلمة مرور طويلة جدا",
        "x" * 30 + "quokka" * 6,
        "correct horse battery",
        "my code is a secret to all of them",
    ],
)
def test_passwords_of_any_kind_from_twelve_characters_on(password):
    validate_password(password, UserFactory())
    person = UserFactory()
    person.set_password(password)
    assert person.check_password(password)
    for other in (password[:-1], password.swapcase(), password.strip()[:12] + "!"):
        assert other == password or not person.check_password(other)
    with pytest.raises(ValidationError):
        validate_password(password.strip()[:11], person)


@pytest.mark.parametrize(
    "password",
    [
        "export controls",
        "Export-Controls-2026!",
        "HumanRights12345",
        "administrator",
        "code in practice",
        "PortalPortalPortal",
        "moderator password",
        *(f"{word} 1234567890" for word in OWN_WORDS),
    ],
)
def test_a_password_of_our_own_words_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, UserFactory())


def test_a_new_password_does_not_pass_the_second_factor_by(client, mailed_code):
    person = UserFactory()
    person.set_password("a long enough pass phrase")
    person.save()
    set_up_factor(person)
    client.post(reverse("account_reset_password"), {"email": person.email})
    client.post(reverse("account_confirm_password_reset_code"), {"code": mailed_code()})
    new = "another long pass phrase"
    client.post(reverse("account_complete_password_reset"), {"password1": new, "password2": new})
    client.post(reverse("account_login"), {"login": person.email, "password": new})
    assert "_auth_user_id" not in client.session
    assert client.get("/en/accounts/").status_code == 302


def test_an_operator_removes_a_factor_that_was_lost_and_its_owner_is_told(client, mailed):
    person = UserFactory(is_superuser=True)
    set_up_factor(person)
    client.force_login(person)
    client.get("/en/accounts/")
    call_command("remove_second_factor", person.email.upper(), verbosity=0)
    assert not person.authenticator_set.exists()
    assert not Session.objects.of(person).exists()
    assert StaffEvent.objects.get().detail == "by an operator"
    told = mailed()[-1]
    assert told.to == [person.email]
    assert "removed two-step sign-in" in told.body
    with pytest.raises(CommandError):
        call_command("remove_second_factor", "nobody@people.example")


def test_a_new_site_has_no_account():
    """The database of the tests is one that `create_site` made."""
    assert not User.objects.exists()
