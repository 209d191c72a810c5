"""Stems of the languages that the databases do not stem well."""

import pytest

from portal.search.analysis.stemming import has_stem_in, stem


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ["exportation", "exportations", "Exportations"]),
        ("fr", ["contrôle", "contrôlé", "contrôlées"]),
        ("es", ["evaluación", "evaluaciones", "evaluacion"]),
        ("ru", ["лицензия", "лицензии", "лицензий"]),
        ("ar", ["تصدير", "التصدير", "والتصدير", "للتصدير", "تَصْدِير"]),
        ("ar", ["إنسان", "الإنسان", "الانسان", "انسان"]),
        ("ar", ["شحنة", "شحنات", "الشحنات", "للشحنات"]),
        ("ar", ["شركة", "شركات", "لشركة", "بالشركات", "شركاتها"]),
    ],
)
def test_forms_of_a_word_have_one_stem(language, words):
    assert len({stem(word, language) for word in words}) == 1


@pytest.mark.parametrize(
    ("language", "word", "typed"),
    [
        ("fr", "Évaluées", "évaluation"),
        ("ru", "Ёмкости", "емкость"),
        ("ru", "Йода", "йод"),
        ("ar", "والتصدير", "تصدير"),
    ],
)
def test_a_word_is_known_by_a_stem_that_begins_otherwise(language, word, typed):
    assert has_stem_in(word, language, {stem(typed, language)})


def test_another_word_is_not():
    assert not has_stem_in("exportation", "fr", {stem("évaluation", "fr")})
