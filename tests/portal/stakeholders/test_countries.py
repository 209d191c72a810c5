"""Countries and territories: who is there, what they are called, and in which order."""

import csv

import pytest
from django.utils.translation import override

from portal.stakeholders import countries

# What asked for this list: none of these was invited to a Summit.
NEVER_INVITED = {"EG": "Egypt", "CN": "China", "TR": "Türkiye", "HU": "Hungary", "IR": "Iran"}


def test_everybody_finds_where_they_are_and_nobody_has_to_say():
    offered = countries.choices()
    assert offered[0][0] == ""
    assert str(offered[0][1]) == "Somewhere else, or I prefer not to say"
    assert NEVER_INVITED.items() <= dict(offered[1:]).items()
    assert {"MM", "UG", "XK", "TW", "PS", "GL"} <= countries.country_codes()
    assert len(offered) == 251


@pytest.mark.parametrize("language", countries.LANGUAGES)
def test_every_code_has_a_name_of_its_own_in_each_language(language):
    names = countries.names_in(language)
    assert set(names) == countries.country_codes()
    assert len(set(names.values())) == len(names)


@pytest.mark.parametrize(
    ("language", "in_order"),
    [
        ("en", ["Afghanistan", "Åland Islands", "Albania", "Côte d’Ivoire", "Croatia", "Zimbabwe"]),
        ("fr", ["Allemagne", "Égypte", "Équateur", "Érythrée", "Espagne", "Zimbabwe"]),
        ("es", ["Egipto", "El Salvador", "Eslovaquia", "España", "Estados Unidos", "Zimbabue"]),
        ("ru", ["Израиль", "Италия", "Йемен", "Казахстан", "Япония"]),
        ("ar", ["إثيوبيا", "أذربيجان", "الأرجنتين", "أرمينيا", "إسرائيل", "الجزائر"]),
    ],
)
def test_names_stand_in_the_order_of_the_readers_alphabet(language, in_order):
    names = list(countries.names_in(language).values())
    assert [name for name in names if name in in_order] == in_order


def test_a_name_is_told_in_the_active_language_and_an_unknown_code_as_it_is():
    with override("fr"):
        assert countries.name_of("EG") == "Égypte"
    assert countries.name_of("EG", "ar") == "مصر"
    assert countries.name_of("EG", "de") == "Egypt"
    assert countries.name_of("QQ") == "QQ"
    assert countries.name_of("") == ""


@pytest.mark.parametrize(
    ("typed", "code"),
    [("turkey", "TR"), ("burma", "MM"), ("cote d'ivoire", "CI"), ("espana", "ES"), ("ug", "UG")],
)
def test_a_text_finds_by_code_and_by_names_in_use(typed, code):
    assert code in countries.codes_named(typed)


def test_exceptions_are_one_file_with_an_owner_and_a_reason_each():
    lines = (countries.DATA / "country_names.csv").read_text("utf-8").splitlines()
    head = [line for line in lines if line.startswith("#")]
    assert any(line.startswith("# Owner: ") for line in head)
    assert any(line.startswith("# Reviewed: ") for line in head)
    rows = list(csv.DictReader(lines[len(head) :]))
    assert {row["code"] for row in rows} <= countries.country_codes()
    for row in rows:
        assert not any(row[language] for language in countries.LANGUAGES) or row["why"]
