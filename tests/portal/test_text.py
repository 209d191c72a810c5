"""What typed text is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text import clean_line, clean_text, code, digits, figures, is_empty, plain

KEPT = [
    "می‌خواهم",  # Persian, with its non-joiner
    "क्‍ष",  # Devanagari, with its joiner
    "👩🏽‍🚀 👨‍👩‍👧 ❤️‍🔥 🏳️‍🌈 1️⃣",
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # Scotland's flag
    "ก\u200bข",  # Thai, where a line may end
    "葛\U000e0100",  # one of two shapes of a character
    "بِسْمِ ٱللَّٰهِ",
    "שָׁ֑לוֹם",
    "ཨོཾ་མ་ཎི་པདྨེ་ཧཱུྂ",
    "a\u200eb\u202bc\u202c",  # marks of direction
    "one\n\n\ttwo",
]


@pytest.mark.parametrize("text", KEPT)
def test_what_carries_meaning_stays(text):
    assert clean_text(text) == plain(text) == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("e\u0301", "é"),
        ("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("\x00a\x07\x1b[31mred\x1b[0m\x1b\x7f\x9f", "ared"),
        ("a\u200bb\u2060c\ufeffd\u00ade\u034ff\u3164g", "abcdefg"),
        ("a\u200cb\u200dc", "abc"),
        ("א\ufe0f\ufe0f\ufe01", "א\ufe0f"),
        ("x\U000e0068\U000e0069", "x"),
        ("ab\u200b\u200b\u200bc", "abc"),
        ("m" + "\u0330" * 50, "m" + "\u0330" * 6),
        ("ก" + "\u0e49" * 50, "ก" + "\u0e49" * 6),
    ],
)
def test_what_carries_none_goes(typed, kept):
    assert clean_text(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " \n\t",
        "\u200b",
        "\u3164",
        "\u2800",
        "\u0301",
        "\ufeff\u00ad\u2060",
        "\u202e\u200f",
        "\x1b",
    ],
)
def test_what_shows_nothing_is_empty(typed):
    assert is_empty(typed)
    assert clean_text(typed) == clean_line(typed) == ""


@pytest.mark.parametrize(
    "typed", ["-", ".", "0", "🙂", "\U0001faea", "\ue000", "\ufffd", "\u0301a"]
)
def test_what_shows_something_is_not(typed):
    assert not is_empty(typed)
    assert clean_text(typed)


@given(
    st.text()
    | st.lists(st.sampled_from([*"aمकก👩❤🏽 \n", *"\u200b\u200c\u200d\ufe0f\u0301"])).map("".join)
)
def test_cleaning_twice_changes_nothing(typed):
    assert clean_text(clean_text(typed)) == clean_text(typed)
    assert clean_line(clean_line(typed)) == clean_line(typed)
    assert is_empty(typed) == (clean_text(typed) == "")


def test_digits_and_dashes_of_any_script_are_those():
    assert digits("۱۲٣४") == "1234"
    assert figures("\u200f−١٢٫٥\u200f ") == "-12٫5"
    assert figures("2026‐03–07") == "2026-03-07"
    assert code(" 7kq۲\u2011ＡＢcd\u00ad — x\u200b") == "7kq2-ABcd-x"
