"""In which language a reader wrote."""

import pytest

from portal.search.analysis.language_detection import written_in
from portal.search.analysis.query_analysis import read
from portal.search.analysis.syntax import words_of


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("how is a licence refused", ("en",)),
        ("les biens du cyberespace", ("fr",)),
        ("¿quién controla el uso?", ("es",)),
        ("señal", ("es",)),
        ("contrôle", ("fr",)),
        ("проверка Wassenaar", ("ru",)),
        ("الاستخدام", ("ar",)),
        ("refus de licences", ("fr", "es")),
        ("UN guiding principles", ()),
        ("export control", ()),
        ("", ()),
    ],
)
def test_by_script_small_words_and_letters(text, languages):
    assert sorted(written_in(words_of(text))) == sorted(languages)


@pytest.mark.django_db
def test_it_is_read_with_the_words():
    assert read("les biens du cyberespace").languages == ("fr",)
