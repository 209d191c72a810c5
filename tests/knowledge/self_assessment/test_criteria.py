"""The statements and questions, in every language; and what answers to them come to."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from knowledge.self_assessment import criteria
from knowledge.self_assessment.answers import first_things, level_of, next_of, taken, to_ask
from knowledge.self_assessment.criteria import COMPANIES, LEVELS, NO, STATES, YES, read, subject
from knowledge.self_assessment.presenters import StageRow, stage_rows
from portal.taxonomy.vocabularies import STAGE

TERMS = Path(criteria.__file__).parents[1] / "glossary" / "data" / "terms.csv"
OTHERS = ("fr", "es", "ru", "ar")
LAW = subject(STATES).parts[0]


def words(of: dict, before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield each string of a file with where it stands; lists are the same in every language."""
    for key, value in of.items():
        if isinstance(value, dict):
            yield from words(value, (*before, key))
        elif isinstance(value, str):
            yield (*before, key), value


@pytest.mark.parametrize("about", [STATES, COMPANIES])
@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_every_key_and_none_is_left_in_english(about, language):
    english, other = dict(words(read(about))), dict(words(read(about, language)))
    assert list(other) == list(english)
    assert [key for key, said in other.items() if not said.strip() or said == english[key]] == []


def test_every_stage_of_control_has_four_statements_and_its_sources():
    asked = subject(STATES)
    assert [part.key for part in asked.parts] == STAGE.keys
    for part in asked.parts:
        assert tuple(each.level for each in part.statements) == LEVELS
        assert "" not in (part.ask, part.matrix)
        assert part.sources


def test_a_company_has_24_questions_in_the_six_steps_each_with_its_principle():
    asked = subject(COMPANIES)
    assert (len(asked.parts), len(asked.statements)) == (6, 24)
    assert sorted(each.rank for each in asked.statements) == list(range(1, 25))
    assert all(1 <= number <= 31 for each in asked.statements for number in each.principles)
    assert all(each.principles for each in asked.statements)
    shown = [flag for part in asked.parts for flag in part.flags]
    assert len(shown) == len(read(COMPANIES)["flags"])
    assert {flag.topic for flag in shown} == set(read(COMPANIES)["topics"].values())


def test_every_source_that_is_named_is_known_and_used():
    named = {key for about in (STATES, COMPANIES) for key in _sources_in(read(about))}
    assert named == set(read("sources"))


def _sources_in(of: dict) -> Iterator[str]:
    for key, value in of.items():
        if key == "sources":
            yield from value
        elif isinstance(value, dict):
            yield from _sources_in(value)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(
    ("term", "about", "where"),
    [
        ("end-use-statement", STATES, ("parts", "end-use", "1")),
        ("licensing-authority", STATES, ("parts", "transparency", "1")),
        ("control-list", STATES, ("parts", "control-lists", "1")),
        ("civil-society", STATES, ("parts", "outreach", "4")),
        ("consignee", COMPANIES, ("flags", "forwarder", "text")),
        ("end-use-certificate", COMPANIES, ("flags", "refuses-audit", "text")),
    ],
)
def test_terms_are_those_of_the_glossary(language, term, about, where):
    with TERMS.open(encoding="utf-8") as file:
        [row] = [each for each in csv.DictReader(file) if each["key"] == term]
    said = dict(words(read(about, language)))[where].lower()
    # The first letters: endings change with the case.
    term_words = row[language].split(" (")[0].lower().split()
    stems = [word.removeprefix("ال")[:5] for word in term_words if len(word) > 4]
    assert stems
    assert all(stem in said for stem in stems), (said, stems)


def test_it_is_asked_in_the_language_in_use():
    with translation.override("fr"):
        assert subject(STATES).parts[0].statements[0].text.startswith("Une loi")
        assert subject(COMPANIES).parts[0].title == "L’inscrire dans la politique et la gestion"


@given(st.lists(st.sampled_from(["yes", "no", "unknown", ""]), min_size=4, max_size=4))
def test_a_level_is_the_highest_with_all_statements_up_to_it_true(said):
    answers = {each.key: mark for each, mark in zip(LAW.statements, said, strict=True) if mark}
    level = int(level_of(LAW, answers))
    assert said[:level] == ["yes"] * level
    coming = next_of(LAW, answers)
    if level == 4:
        assert coming is None
    else:
        assert said[level] != "yes"
        assert coming == LAW.statements[level]
    assert len(to_ask(LAW, answers)) == said.count("unknown")


@given(
    st.dictionaries(st.text(), st.one_of(st.text(), st.none(), st.integers(), st.lists(st.text())))
)
def test_whatever_is_handed_in_only_answers_are_taken(said):
    assert taken(subject(STATES), said) == {}


def test_of_a_company_the_most_severe_comes_first():
    asked = subject(COMPANIES)
    answers = dict.fromkeys((each.key for each in asked.statements), NO)
    found = first_things(asked, answers)
    assert found[0].key == "identify-end-user"
    assert [each.rank for each in found] == list(range(1, 25))
    assert first_things(asked, dict.fromkeys(answers, YES)) == []


def row_of(said: list[str], before: list[str]) -> StageRow:
    """Return the row of the first stage, answered so now and so before."""
    keys = [each.key for each in LAW.statements]
    now, then = ({k: v for k, v in zip(keys, each, strict=True) if v} for each in (said, before))
    return stage_rows(subject(STATES), now, then)[0]


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        ("yes yes no no", "yes no no no", "Higher than before"),
        ("yes yes unknown no", "yes no no no", "Higher than before"),
        ("no no no no", "yes unknown no no", "Lower than before"),
        ("yes no no no", "yes no yes no", "The same as before"),
        ("yes yes yes yes", "yes yes yes yes", "The same as before"),
        ("yes unknown no no", "yes no no no", ""),
        ("unknown no no no", "yes no no no", ""),
        ("yes no no no", "unknown no no no", ""),
    ],
)
def test_a_level_is_compared_only_as_far_as_it_is_known(now, then, words):
    assert row_of(now.split(), then.split()).change == words
