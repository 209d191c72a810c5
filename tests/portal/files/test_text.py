"""Text and tables: the words as they are seen, and nothing that is not."""

import pytest

from portal.files.limits import Limits
from portal.files.rebuilding.result import Rebuilt, Refused
from portal.files.rebuilding.text import rebuild_table, rebuild_text, visible

ARABIC, PERSIAN, HINDI = "القاهرة 123 ‎GBP", "می‌خواهم", "क्‍ष"


def text(words: str, encoding: str = "utf-8") -> str:
    return rebuild_text(words.encode(encoding), Limits()).data.decode()


def table(words: str) -> Rebuilt:
    return rebuild_table(words.encode(), Limits())


@pytest.mark.parametrize(
    "words",
    ["Genève, القاهرة, 北京\n\ttab\n", ARABIC, PERSIAN, HINDI, "🇫🇷 👩‍🔬 €5 – “x”", "a\n\n\nb"],
)
def test_honest_words_stay_as_they_are(words):
    assert text(words) == words.replace("‎", "‎")
    assert visible(visible(words)) == visible(words)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("one\r\ntwo\rthree\ftwo\vfour", "one\ntwo\nthree\ntwo\nfour"),
        ("\ufeffone", "one"),
        ("a\0b\x07c\x7fd", "abcd"),
        ("\x1b[31mred\x1b[0m \x1b]0;title\x07end", "red end"),
        ("wo\u200bte\u2060r\u00adma\ufeffrk", "watermark".replace("wa", "wo", 1)),
        ("by\U000e0061\U000e0062 Jane\ufe0f\ufe01", "by Jane"),
        ("plain\u200d\u200c words\u200e", "plain words"),
        ("می\u200c\u200c\u200dخواهم", "می\u200cخواهم"),
        ("spaces\u00a0of\u2009all\u3000kinds", "spaces of all kinds"),
        ("trailing \t \nspaces  ", "trailing\nspaces"),
        ("cafe\u0301", "café"),
        ("evil\u202efdp.exe", "evilfdp.exe"),
    ],
)
def test_what_is_not_seen_goes(sent, kept):
    assert text(sent) == kept


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_marks_are_understood(encoding):
    assert text("Genève", encoding) == "Genève"


def test_unseen_characters_are_told_and_line_ends_are_not():
    assert rebuild_text("a\u200bb".encode(), Limits()).notes == ("unseen-characters",)
    assert rebuild_text(b"a\r\nb\f", Limits()).notes == ()


def test_another_encoding_is_refused():
    with pytest.raises(Refused) as caught:
        text("Genève", "latin-1")
    assert caught.value.code == "not-utf-8"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_keeps_its_cells_and_delimiter(delimiter):
    cells = ("-5", "+1.5", "- item", "- No!", "+(47) 22 33 44 55", "@portal")
    rows = "".join(f"State{delimiter}{cell}\n" for cell in cells)
    assert table(rows).data.decode() == rows
    assert table(rows).notes == ()


def test_quoted_cells_stay_whole():
    assert table('a,b\n"x, y","two\nlines"\n').data == b'a,b\n"x, y","two\nlines"\n'


@pytest.mark.parametrize(
    "cell", ["=cmd|'/C calc'!A0", '=HYPERLINK("http://x")', "+cmd|' /C calc'!A0", "@SUM(1+9)"]
)
def test_what_a_spreadsheet_would_run_becomes_text(cell):
    quoted = cell.replace('"', '""')
    made = table(f'a,b\n1,"{quoted}"\n')
    assert f"'{cell.split(chr(34))[0]}" in made.data.decode()
    assert made.notes == ("formula-cells",)


def test_the_text_that_is_kept_for_search_has_a_limit():
    made = rebuild_text(b"a" * 100, Limits(text_characters=10))
    assert (len(made.data), len(made.text)) == (100, 10)
