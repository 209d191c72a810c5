"""A list stands in a sentence as people write it in each language of the interface."""

import pytest
from django.utils import translation

from portal.languages.lists import in_words

WRITTEN = {
    "en": ("A, B and C", "A, B or C"),
    "fr": ("A, B et C", "A, B ou C"),
    "es": ("A, B y C", "A, B o C"),
    "ru": ("A, B и C", "A, B или C"),
    "ar": ("A وB وC", "A أو B أو C"),
}


@pytest.mark.parametrize("language", WRITTEN)
def test_a_list_is_written_as_the_language_writes_it(language):
    with translation.override(language):
        assert (in_words("ABC"), in_words("ABC", "or")) == WRITTEN[language]


def test_one_stands_alone_and_none_is_nothing():
    assert (in_words(["A"]), in_words([])) == ("A", "")
    assert in_words([translation.gettext_lazy("A"), 2]) == "A and 2"
