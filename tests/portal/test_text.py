"""What typed text is."""

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import portal
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
    "a\u200eb\u200fc\u061cd",  # marks of direction
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
        ("\u202elive\u202c a\u202db\u202ac\u202b \u2066d\u2067e\u2068f\u2069", "live abc def"),
        ("א\ufe0f\ufe0f\ufe01", "א\ufe0f"),
        ("x\U000e0068\U000e0069", "x"),
        ("ab\u200b\u200b\u200bc", "abc"),
        ("m" + "\u0330" * 50, "m" + "\u0330" * 6),
        ("ก" + "\u0e49" * 50, "ก" + "\u0e49" * 6),
    ],
)
def test_what_carries_none_goes(typed, kept):
    assert clean_text(typed) == kept


NOTHING = [*("", " \n\t", "\u200b", "\u3164", "\u2800", "\u0301", "\u00ad\u2060", "\u202e", "\x1b")]
SOMETHING = ["-", ".", "0", "🙂", "\U0001faea", "\ue000", "\ufffd", "\u0301a"]
JOINING = [
    *"aمकก👩❤🏽🔥 \n",
    *"\u202e\u2067\u200b\u200c\u200d",
    *"\ufe0f\ufe0e\u0301\U000e0067\U000e007f",
]


@pytest.mark.parametrize("typed", NOTHING)
def test_what_shows_nothing_is_empty(typed):
    assert is_empty(typed)
    assert clean_text(typed) == clean_line(typed) == ""


@pytest.mark.parametrize("typed", SOMETHING)
def test_what_shows_something_is_not(typed):
    assert not is_empty(typed)
    assert clean_text(typed)


@given(st.text() | st.lists(st.sampled_from(JOINING)).map("".join))
def test_cleaning_twice_changes_nothing(typed):
    assert clean_text(clean_text(typed)) == clean_text(typed)
    assert clean_line(clean_line(typed)) == clean_line(typed)
    assert is_empty(typed) == (clean_text(typed) == "")


def test_digits_and_dashes_of_any_script_are_those():
    assert digits("۱۲٣४") == "1234"
    assert figures("\u200f−١٢٫٥\u200f ") == "-12٫5"
    assert figures("2026‐03–07") == "2026-03-07"
    assert code(" 7kq۲\u2011ＡＢcd\u00ad — x\u200b") == "7kq2-ABcd - x"


@pytest.mark.skipif(not shutil.which("node"), reason="needs Node, which the portal does not")
def test_the_script_beside_a_field_reads_text_as_we_do():
    """The count in the browser is of the text as it is kept."""
    by_chance = random.Random(33)
    signs = [
        *NOTHING,
        *SOMETHING,
        *KEPT,
        *JOINING,
        *JOINING,
        *"Z\t\r\x0b–ক্ข้가é",
        "\x1b[31m",
        "\u2028",
    ]
    typed = ["".join(by_chance.choices(signs, k=by_chance.randint(0, 9))) for _ in range(5_000)]
    script = Path(portal.__file__).parent / "design/js/typed-text.js"
    code = (
        f"import {{ typedText }} from {json.dumps(script.as_uri())};"
        "let all = ''; for await (const some of process.stdin) all += some;"
        "process.stdout.write(JSON.stringify(JSON.parse(all).map((each) => typedText(each))));"
    )
    done = subprocess.run(
        [shutil.which("node"), "--input-type=module", "-e", code],
        input=json.dumps(typed),
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == [clean_text(each) for each in typed]
