"""Words of no language lead first to what the reader can read."""

import pytest

from tests.portal.search.contract.asking import found
from tests.portal.search.factories import put_card

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_a_name_in_capitals_finds_the_readers_language_first(engine, language):
    for each in ("ar", "en", "fr", "ru"):
        put_card("FOC", key=each, language=each, body="FOC")
    first, *others = found("FOC", reader_language=language)
    assert {first, *others} == {"ar", "en", "fr", "ru"}
    # Of cards alike to the letter, Elasticsearch weighs the words more than their language.
    assert first == language or engine == "elasticsearch"
