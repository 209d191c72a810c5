"""The code that reopens an answer."""

from consultations.responses.access.codes import (
    ALPHABET,
    hash_code,
    new_code,
    normalise,
    strange_characters,
)


def test_it_is_twenty_characters_that_nothing_looks_like():
    code = new_code()
    assert [len(group) for group in code.split("-")] == [4] * 5
    assert set(normalise(code)) <= set(ALPHABET)
    assert set("ILOU").isdisjoint(ALPHABET)


def test_it_is_read_however_it_is_written():
    assert normalise("abcd-efgh 1O1l\n") == "ABCDEFGH1011"
    code = new_code()
    assert hash_code(code.lower().replace("-", " ")) == hash_code(code)


def test_what_no_code_has_is_named():
    assert strange_characters("ABCU!U") == ["U", "!"]
    assert strange_characters(new_code()) == []


def test_digits_and_dashes_of_any_script_are_read():
    assert normalise("۷KQ۲–ＡＢ\u200fcd—\u200b") == "7KQ2ABCD"
    assert strange_characters("۷KQ۲–\u200b\u200f\u202eABCD") == []


def test_no_two_are_alike():
    assert len({new_code() for _ in range(2_000)}) == 2_000
