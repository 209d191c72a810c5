"""What one timer does, every five minutes."""

from datetime import UTC, datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from portal.search.models import Word
from tests.portal.search.factories import put_card

pytestmark = pytest.mark.django_db


def keep_house() -> str:
    output = StringIO()
    call_command("housekeeping", stdout=output, stderr=output)
    return output.getvalue()


def test_may_be_run_again_and_again():
    keep_house()
    keep_house()


def test_words_are_counted_once_a_day():
    with time_machine.travel(datetime(2026, 11, 24, 10, tzinfo=UTC)):
        put_card("Interception")
        keep_house()
        put_card("Moonlight")
        keep_house()
    words = Word.objects.values_list("word", flat=True)
    assert "interception" in words
    assert "moonlight" not in words
    with time_machine.travel(datetime(2026, 11, 25, 0, 1, tzinfo=UTC)):
        keep_house()
    assert "moonlight" in words.all()


def test_what_fails_is_named_and_stops_nothing_else(settings, monkeypatch):
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:9"]  # nobody answers there
    put_card("Interception")
    with pytest.raises(CommandError, match="search_outbox: Elasticsearch is away"):
        keep_house()
    assert Word.objects.filter(word="interception").exists()
