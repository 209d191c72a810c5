"""What a reader may type, before any engine."""

import pytest

from portal.search.analysis.syntax import MAX_WORDS, Expression, Term, parse


def required(text):
    return [[term.words for term in alternatives] for alternatives in parse(text).required]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("end use", [[("end",)], [("use",)]]),
        ('"end use" checks', [[("end", "use")], [("checks",)]]),
        ("end-use", [[("end", "use")]]),
        ("«end use»", [[("end", "use")]]),
        ("a b OR c d", [[("a",)], [("b",), ("c",)], [("d",)]]),
        ("a | b", [[("a",), ("b",)]]),
        ("or", [[("or",)]]),
        ("OR a OR", [[("a",)]]),
        ('"end', [[("end",)]]),
        ("NEAR(a", [[("NEAR", "a")]]),
        ("title:x*", [[("title", "x")]]),
        ("don’t", [[("don", "t")]]),
        ("l’évaluation", [[("l",)], [("évaluation",)]]),
        ("QU'EN", [[("QU",)], [("EN",)]]),
        ("l'usage-final", [[("l",)], [("usage", "final")]]),
        ('"l\'usage"', [[("l", "usage")]]),
        ("a OR l'usage", [[("a",), ("usage",)]]),
        ("d'1", [[("d", "1")]]),
        ("", []),
        ('"" - * ()', []),
        ("e\u0301tat", [[("état",)]]),
    ],
)
def test_required(text, expected):
    assert required(text) == expected


def test_excluded():
    expression = parse('a -b -"c d" --e –f')
    assert required('a -b -"c d" --e –f') == [[("a",)]]
    assert [term.words for term in expression.excluded] == [("b",), ("c", "d"), ("e",), ("f",)]


@pytest.mark.parametrize("text", ["word " * 5_000, "x " * 15 + "l'usage l'un-deux-trois " * 9])
def test_is_bounded(text):
    expression = parse(text)
    assert sum(len(term.words) for term in expression.terms()) == MAX_WORDS


def test_nothing_but_blanks_within_the_bound_asks_for_nothing():
    assert not parse(" " * 5_000 + "word")


@pytest.mark.parametrize(
    "text", ["li", '"licens"', "-licens", "licens x1", "end-us", "a licens -b", ""]
)
def test_what_is_no_beginning(text):
    assert parse(text).as_prefix() is None


def test_beginning():
    assert parse("a licens").as_prefix() == Expression(
        ((Term(("a",)),), (Term(("licens",), prefix=True),))
    )
