"""The ways in which lists and people write the same number."""

import pytest

from knowledge.control_lists.codes import above, key_of, same_code


@pytest.mark.parametrize(
    "typed", ["4A005", "4.A.5", "4.A.5.", "4a5", " 4 A 005 ", "ECCN 4A005", "eccn4a005"]
)
def test_every_way_of_writing_a_number_is_the_same(typed):
    assert same_code(typed) == same_code("4A005")


@pytest.mark.parametrize(
    ("one", "other"), [("5A001.f.1", "5.A.1.f.1"), ("5A001.f", "5.A.1.F"), ("3A001b", "3.A.1.b")]
)
def test_what_stands_behind_the_number_counts(one, other):
    assert same_code(one) == same_code(other)
    assert same_code(one) != same_code(one[:5])


@pytest.mark.parametrize("typed", ["", "8517.62", "ML2", "4A", "hello", "ኢ"])
def test_what_is_no_such_number_is_itself(typed):
    assert same_code(typed) == typed.casefold()


def test_a_part_leads_to_what_it_is_part_of():
    assert above(same_code("5A001.f.1")) == ["5a1.f.1", "5a1.f", "5a1"]


def test_the_address_of_an_entry():
    assert key_of("5A001.f") == "5a001-f"
