"""Which texts are about consent and risk, and that a change of their wording is noticed."""

import pytest

from portal.catalogues.files import messages_in, read, read_template, write
from portal.proofreading.digests import digest, sentences
from portal.proofreading.registry import text_of, texts
from tests.portal.proofreading.french import change

ADVICE = "Not sure? Ask somebody first, or do not answer."
DECLARED = "I have read what happens with my response, and I may give it in this form."


def test_what_people_read_before_they_consent_is_among_them():
    of_pages = {"before_you_answer", "privacy", "take_part", "organisations", "moderation"}
    assert {text.key for text in texts()} == {*of_pages, "screening", "answering"}


def test_each_text_has_the_files_that_it_names():
    named = {path for message in messages_in(read_template()) for path, _ in message.locations}
    assert [path for text in texts() for path in text.files if path not in named] == []


def test_the_sentences_of_a_text_are_those_of_its_files(french):
    of_advice = [each.original for each in sentences(text_of("before_you_answer"), "fr")]
    assert (ADVICE,) in of_advice
    assert (DECLARED,) not in of_advice
    [declared] = [
        each for each in sentences(text_of("answering"), "fr") if each.original == (DECLARED,)
    ]
    assert declared.translation[0].startswith("⟦")


def test_a_digest_is_another_once_one_translation_is(french):
    before = {text.key: digest(text, "fr") for text in texts()}
    change(french, ADVICE, "Pas sûr ?")
    after = {text.key: digest(text, "fr") for text in texts()}
    assert {key for key in before if before[key] != after[key]} == {"before_you_answer"}


def test_a_digest_is_another_once_a_sentence_is_gone(french):
    before = digest(text_of("before_you_answer"), "fr")
    catalogue = read(french)
    catalogue.delete(ADVICE)
    write(french, catalogue)
    assert digest(text_of("before_you_answer"), "fr") != before


def test_the_order_of_a_catalogue_makes_no_difference(french):
    before = digest(text_of("privacy"), "fr")
    catalogue = read(french)
    catalogue._messages = dict(reversed(catalogue._messages.items()))
    write(french, catalogue)
    assert digest(text_of("privacy"), "fr") == before


def test_what_is_in_doubt_counts_as_not_translated(french):
    catalogue = read(french)
    catalogue[ADVICE].flags.add("fuzzy")
    write(french, catalogue)
    found = {each.original: each for each in sentences(text_of("before_you_answer"), "fr")}
    assert not found[(ADVICE,)].is_translated


@pytest.mark.parametrize("language", ["es", "fr"])
def test_a_catalogue_that_is_not_there_or_cannot_be_read_has_no_sentence(french, language):
    french.write_text('msgid "cut')
    assert sentences(text_of("privacy"), language) == []
    assert digest(text_of("privacy"), language) == ""
