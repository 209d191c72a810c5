"""No secret of a second factor stands in the database as it is."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.management import CommandError, call_command

from tests.factories import UserFactory
from tests.staff import current_code, set_up_factor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(settings):
    settings.SEALING_KEYS = ["the first key"]


def factors():
    """An app and recovery codes; its secret, and the codes."""
    person = UserFactory()
    secret = set_up_factor(person)
    codes = RecoveryCodes.activate(person).get_unused_codes()
    return secret, codes


def app():
    return Authenticator.objects.get(type="totp").wrap()


def recovery():
    return Authenticator.objects.get(type="recovery_codes").wrap()


def test_what_is_kept_computes_no_code():
    secret, codes = factors()
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert kept.count("sealed:") == 2
    assert app().validate_code(current_code(secret))
    assert recovery().get_unused_codes() == codes


def test_an_older_key_can_go(settings):
    secret, codes = factors()
    settings.SEALING_KEYS = ["the second key", "the first key"]
    call_command("reseal", stdout=StringIO())
    settings.SEALING_KEYS = ["the second key"]
    assert app().validate_code(current_code(secret))
    assert recovery().get_unused_codes() == codes


def test_what_was_kept_in_the_clear_still_works_and_is_sealed_by_the_command():
    secret, _codes = factors()
    Authenticator.objects.filter(type="totp").update(data={"secret": secret})
    assert app().validate_code(current_code(secret))
    call_command("reseal", stdout=StringIO())
    assert secret not in str(Authenticator.objects.get(type="totp").data)


def test_without_its_key_no_code_is_right_and_nothing_breaks(settings):
    secret, codes = factors()
    settings.SEALING_KEYS = ["another key"]
    assert not app().validate_code(current_code(secret))
    assert not set(recovery().get_unused_codes()) & set(codes)
    assert not recovery().validate_code(codes[0])
    with pytest.raises(CommandError, match="2 could not be opened"):
        call_command("reseal", stdout=StringIO())
