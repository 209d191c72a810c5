"""Changing the sealing key: everything that was sealed under the old one is opened by the new."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import BinaryField
from django.utils import timezone

from portal.management.commands.reseal import SEALED
from portal.notifications.models import Message
from portal.notifications.sealing import seal, unseal


def waiting(number: int) -> Message:
    now = timezone.now()
    return Message.objects.create(
        once=str(number),
        kind="test",
        sealed=seal("lena@people.example"),
        next_at=now,
        on=now.date(),
    )


def test_everything_that_is_sealed_is_named():
    sealed = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, BinaryField) and field.name.startswith("sealed")
    }
    # What a browser's handle opens is sealed under a key that no setting holds.
    assert sealed - {("responses.Handle", "sealed")} == set(SEALED)


@pytest.mark.django_db
def test_an_older_key_can_go(settings):
    settings.SEALING_KEYS = ["the first key"]
    message = waiting(1)
    settings.SEALING_KEYS = ["the second key", "the first key"]
    output = StringIO()
    call_command("reseal", stdout=output)
    assert "notifications.Message: 1 sealed anew" in output.getvalue()
    settings.SEALING_KEYS = ["the second key"]
    message.refresh_from_db()
    assert unseal(message.sealed) == "lena@people.example"


@pytest.mark.django_db
def test_what_no_key_opens_is_told_and_left_alone(settings):
    settings.SEALING_KEYS = ["a key that is lost"]
    message = waiting(1)
    settings.SEALING_KEYS = ["another key"]
    before = bytes(message.sealed)
    with pytest.raises(CommandError, match="1 could not be opened"):
        call_command("reseal", stdout=StringIO())
    message.refresh_from_db()
    assert bytes(message.sealed) == before


@pytest.mark.django_db
def test_a_key_with_a_comment_in_it_can_go(settings, tmp_path):
    """It was in use as a whole; since then no setting may hold it (portal/settings/keys.py)."""
    commented = "abc        # made as SECRET_KEY is; seals addresses of who wants news"
    settings.SEALING_KEYS = [commented]
    message = waiting(1)
    settings.SEALING_KEYS = ["abc"]
    old = tmp_path / "old-keys"
    old.write_text(f"{commented}\n")
    call_command("reseal", old_keys=old, stdout=StringIO())
    message.refresh_from_db()
    assert unseal(message.sealed) == "lena@people.example"


@pytest.mark.django_db
def test_a_file_of_keys_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("reseal", old_keys=tmp_path / "none", stdout=StringIO())
