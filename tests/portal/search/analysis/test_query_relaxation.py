"""What is looked for where nothing has all of the words."""

import pytest

from portal.search.analysis.query_relaxation import by_any_word, loosened
from portal.search.analysis.synonym_expansion import expand
from portal.search.analysis.syntax import parse


def asks_for(text, found=0):
    """The words of which one each must be found, e.g. ["a b", "c"]: (a or b) and c."""
    expression = loosened(parse(text), found=found)
    if expression is None:
        return None
    return [
        " ".join(word for term in alternatives for word in term.words)
        for alternatives in expression.required
    ]


def test_words_that_say_nothing_need_not_be_found():
    assert asks_for("what is spyware") == ["spyware"]
    assert asks_for("как получить лицензию и экспорт товаров", found=4) == asks_for(
        "получить лицензию экспорт товаров"
    )


def test_of_two_words_either_where_next_to_nothing_has_both():
    assert asks_for("la protection des témoins", found=4) == ["protection témoins"]
    assert asks_for("la protection des témoins", found=5) is None


def test_of_three_words_any_two_where_few_have_all():
    assert asks_for("spyware export drones", found=10) == [
        "spyware export",
        "spyware drones",
        "export drones",
    ]
    assert asks_for("spyware export drones", found=11) is None


@pytest.mark.parametrize(("words", "missing"), [(3, 1), (4, 2), (5, 2), (6, 3)])
def test_half_is_enough(words, missing):
    text = " ".join(f"word{number}" for number in range(words))
    assert all(len(one.split()) == missing + 1 for one in asks_for(text))


def test_a_single_word_is_meant():
    assert asks_for("spyware") is None
    assert asks_for('"how do I refuse"') is None


def test_quotation_marks_and_exclusions_stay():
    expression = loosened(parse('"end use" spyware export drones -paper'), found=0)
    assert [term.words for term in expression.required[0]] == [("end", "use")]
    assert len(expression.required) == 4
    assert [term.words for term in expression.excluded] == [("paper",)]


def test_of_very_many_words_the_longest_are_taken():
    text = " ".join("x" * length for length in range(3, 15))
    words = {word for one in asks_for(text) for word in one.split()}
    assert words == {"x" * length for length in range(9, 15)}


def test_nothing_but_words_that_say_nothing_stays_as_it_is():
    assert asks_for("to be or not to be") is None


def test_who_writes_or_has_said_what_may_be_left_out():
    assert asks_for("guide drones OR spyware") is None


def test_a_synonym_stands_with_its_word():
    expression = expand(parse("spyware export licence"), [("spyware", "intrusion software")])
    found_by = loosened(expression, found=0).required
    assert [term.words for term in found_by[0]] == [
        ("spyware",),
        ("intrusion", "software"),
        ("licence",),
    ]


def test_any_word_where_half_is_more_than_one():
    expression = by_any_word(parse('перевод учебных материалов "end use" -paper'))
    assert [[term.words for term in one] for one in expression.required] == [
        [("end", "use")],
        [("материалов",), ("перевод",), ("учебных",)],
    ]
    assert [term.words for term in expression.excluded] == [("paper",)]


@pytest.mark.parametrize("text", ["spyware", "spyware export", '"a b c"', "a drones OR spyware b"])
def test_any_word_says_no_more_than_half_or_was_not_asked_for(text):
    assert by_any_word(parse(text)) is None
