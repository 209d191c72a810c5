"""Passages: every word of a file is in one, and what is left out is gone."""

from hypothesis import given
from hypothesis import strategies as st

from portal.files.passages import ALL, is_out, passages, plain, without

TEXTS = st.text(st.sampled_from("ab. \n\f\téא"), max_size=400)
KINDS = st.sampled_from(["pdf", "txt", "csv", "xlsx"])


@given(TEXTS, KINDS)
def test_every_word_is_in_one_passage(text, kind):
    found = passages(text, kind)
    assert all(each.text == text[each.start : each.end] and each.text.strip() for each in found)
    places = [place for each in found for place in range(each.start, each.end)]
    assert places == sorted(set(places))
    covered = set(places)
    assert all(place in covered for place, sign in enumerate(text) if sign.strip(" \n\f\t"))


@given(TEXTS, KINDS, st.data())
def test_what_is_ticked_is_gone_and_the_rest_stays(text, kind, data):
    found = passages(text, kind)
    ticked = data.draw(st.sets(st.sampled_from(found))) if found else set()
    cuts = plain([[each.start, each.end] for each in ticked], text)
    assert {each for each in found if is_out(each, cuts)} == ticked
    left = [each.text for each in found if each not in ticked]
    assert without(text, cuts, "").split() == " ".join(left).split()


def test_lines_that_belong_together_are_one_passage():
    line = "This line of print is as long as the others of its page are, or nearly"
    text = f"Heading\n{line}\n{line}\nand it ends.\n{line}\fNext page"
    assert [(each.page, each.text.count("\n")) for each in passages(text, "pdf")] == [
        (1, 0),
        (1, 2),
        (1, 0),
        (2, 0),
    ]


def test_a_row_of_a_table_is_a_passage():
    assert [each.text for each in passages("a\tb\nc\td", "xlsx")] == ["a\tb", "c\td"]


def test_long_paragraphs_are_parted_after_sentences():
    found = passages("One two three four. " * 100, "txt")
    assert all(len(each.text) <= 600 and each.text.endswith(".") for each in found)


def test_two_passages_left_out_leave_one_mark():
    text = "Ana Vrba\nHigh Street 4\nThe courts."
    cuts = plain([[9, 22], [0, 8]], text)
    assert without(text, cuts, "[out]") == "[out]\nThe courts."
    assert is_out(passages(text, "txt")[0], ALL)


def test_a_page_keeps_its_place_when_all_of_it_is_left_out():
    assert without("one\ftwo\fthree", plain([[0, 3], [4, 7]], "one\ftwo\fthree"), "-") == (
        "-\f-\fthree"
    )
