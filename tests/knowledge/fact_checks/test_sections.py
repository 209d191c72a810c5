"""A text cut into sections, its digest, and the words that differ."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.fact_checks.sections import (
    beside,
    differences,
    digest_of,
    gone,
    sections_of,
    words_changed,
)

HEADING = {"type": "heading", "value": {"text": "Dates", "level": "h2"}, "id": "1"}
WORDS = st.lists(st.sampled_from(["a", "b", "Art.", "5", "№", "حق"]), max_size=12)


def test_a_text_is_cut_at_its_headings_and_the_summary_leads():
    body = [
        {"type": "paragraph", "value": "<p>First &amp; <b>second</b>.</p><ul><li>One</li></ul>"},
        HEADING,
        {"type": "heading", "value": {"text": "Within", "level": "h3"}},
        {"type": "notice", "value": {"tone": "warning", "text": "a < b"}},
    ]
    assert sections_of("What it is.", body) == [
        {"title": "", "paragraphs": ["What it is.", "First & second.", "One"]},
        {"title": "Dates", "paragraphs": ["Within", "a < b"]},
    ]


def test_a_table_is_read_row_by_row_with_its_numbers():
    value = {
        "columns": [{"type": "text", "heading": "State"}, {"type": "number", "heading": "Year"}],
        "rows": [{"values": ["Ruritania", 2021]}],
        "caption": "Who joined",
    }
    [section] = sections_of("", [{"type": "table", "value": value}])
    assert section["paragraphs"] == ["State · Year", "Ruritania · 2021", "Who joined"]


def test_a_text_without_words_has_no_sections():
    assert sections_of("", []) == []


def test_the_digest_is_of_words_and_not_of_keys_of_blocks():
    copied = {**HEADING, "id": "2"}
    assert digest_of("s", [HEADING]) == digest_of("s", [copied])
    assert digest_of("s", [HEADING]) != digest_of("t", [HEADING])


@given(WORDS, WORDS)
def test_both_texts_can_be_read_back_from_their_difference(before, after):
    runs = words_changed(" ".join(before), " ".join(after))
    old = " ".join(run.text for run in runs if run.kind != "added")
    new = " ".join(run.text for run in runs if run.kind != "removed")
    assert (old.split(), new.split()) == (before, after)


def test_a_paragraph_that_is_gone_or_new_is_marked_whole():
    found = differences(["One.", "Two."], ["Two.", "Three."])
    kinds = [[run.kind for run in runs] for runs in found]
    assert kinds == [["removed"], ["same"], ["added"]]


def test_sections_belong_together_by_heading():
    before = [{"title": "A", "paragraphs": ["x"]}, {"title": "B", "paragraphs": ["y"]}]
    after = [{"title": "C", "paragraphs": ["z"]}, {"title": "A", "paragraphs": ["x"]}]
    new, same = beside(before, after)
    assert {run.kind for runs in new for run in runs} == {"added"}
    assert {run.kind for runs in same for run in runs} == {"same"}
    assert [each["title"] for each in gone(before, after)] == ["B"]
