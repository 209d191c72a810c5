"""What comes first."""

import pytest

from portal.curation.actions import save_synonyms
from portal.curation.models import SynonymGroup
from tests.portal.search.contract.asking import found, vocabulary_known
from tests.portal.search.factories import put_card

pytestmark = pytest.mark.django_db


def test_a_rare_word_says_more_than_a_common_one():
    for number in range(20):
        put_card("Practice", body="licensing of things", key=f"common {number}")
    put_card("Practice", body="cryptography of things", key="rare")
    vocabulary_known()
    assert found("licensing cryptography")[0] == "rare"


def test_two_of_the_words_say_more_than_one_of_them_twice():
    put_card("Practice", body="export export export export of things", key="one")
    put_card("Practice", body="export of things, and of drones, with a few words more", key="two")
    assert found("export drones cryptography")[0] == "two"


@pytest.mark.parametrize(
    ("typed", "first"),
    [("how is transit controlled", "en"), ("le transit des marchandises", "fr")],
)
def test_what_is_in_the_language_of_the_reader_comes_first(typed, first):
    put_card("Transit", language="fr", body="contrôle et marchandises", key="fr")
    put_card("Transit", language="en", body="controls and merchandise", key="en")
    put_card("Transit", language="es", body="control y mercancías", key="es")
    assert found(typed)[0] == first


def test_what_has_the_word_as_typed_comes_before_what_has_a_synonym():
    save_synonyms(SynonymGroup(), ["interceptor", "eavesdropper"])
    for number in range(20):
        put_card(f"Other {number}")
    put_card("Eavesdropper", key="synonym")
    for number in range(5):
        put_card(f"Interceptor {number}", key=f"typed {number}")
    assert found("interceptor")[-1] == "synonym"


def test_what_the_portal_says_of_itself_comes_behind_a_guide_that_says_as_much():
    put_card("Practice", body="export of drones", key="guide")
    put_card("Practice", body="export of drones", key="page", kind="page")
    assert found("drones") == ["guide", "page"]


def test_a_page_about_what_is_asked_comes_before_a_guide_that_mentions_it():
    put_card("Privacy", body="what is kept", key="page", kind="page")
    put_card("Practice", body=f"privacy {'and other things ' * 90}", key="guide")
    assert found("privacy") == ["page", "guide"]
