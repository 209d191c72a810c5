"""A redaction is the original with passages taken out, and nothing else is one."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.publication.errors import NotACut
from consultations.publication.redaction import (
    RedactionReason,
    as_marked,
    checked_segments,
    parse_marked,
)

reasons = st.sampled_from(RedactionReason.values)
# Few letters, so that words repeat, and the submitter's own brackets among them.
pieces = st.lists(
    st.one_of(
        st.text("ab \n", min_size=1, max_size=5),
        st.sampled_from(["[[abuse]]", "[[", "]]", "[[nothing]]", "é"]),
    ),
    min_size=1,
    max_size=6,
).map("".join)


@st.composite
def cut_texts(draw):
    """An original and its segments, some pieces of it cut."""
    segments, original = [], ""
    for kept, cut in draw(st.lists(st.tuples(pieces, pieces), min_size=1, max_size=5)):
        original += kept
        segments.append({"text": kept})
        if cut.strip():
            original += cut
            segments.append({"redacted": draw(reasons)})
    return original, segments


@given(cut_texts())
def test_every_cut_is_accepted(cut):
    original, segments = cut
    assert as_marked(checked_segments(original, segments)) == as_marked(segments)


@given(cut_texts())
def test_what_a_moderator_types_is_taken_for_cuts_of_the_same_text(cut):
    original, segments = cut
    found = parse_marked(original, as_marked(segments))
    checked_segments(original, found)
    assert as_marked(found).strip() == as_marked(segments).strip()


@given(pieces)
def test_an_unchanged_text_has_no_mark_even_where_the_submitter_wrote_one(original):
    found = parse_marked(original, original)
    assert "".join(each["text"] for each in found) == original


@given(cut_texts(), st.data())
def test_a_letter_added_is_refused(cut, data):
    original, segments = cut
    texts = [i for i, each in enumerate(segments) if "text" in each]
    where = data.draw(st.sampled_from(texts))
    place = data.draw(st.integers(0, len(segments[where]["text"])))
    text = segments[where]["text"]
    segments[where] = {"text": f"{text[:place]}Z{text[place:]}"}
    with pytest.raises(NotACut):
        checked_segments(original, segments)
    with pytest.raises(NotACut):
        parse_marked(original, as_marked(segments))


@given(cut_texts())
def test_words_left_out_without_a_mark_are_refused(cut):
    original, segments = cut
    if "redacted" in segments[-1]:
        segments = segments[:-1]
    with pytest.raises(NotACut):
        checked_segments(f"{original}Z", segments)


def test_passages_cannot_change_places():
    with pytest.raises(NotACut):
        checked_segments(
            "first then second",
            [{"text": "second"}, {"redacted": "abuse"}, {"text": "first"}],
        )


@pytest.mark.parametrize(
    "segments",
    [
        [{"text": "a", "redacted": "abuse"}],
        [{}],
        [{"redacted": "because"}],
        [{"text": 3}],
        [{"text": "a"}, {"redacted": "abuse"}],
        [{"redacted": "abuse"}, {"redacted": "abuse"}],
    ],
)
def test_what_is_no_segment_or_takes_nothing_out_is_refused(segments):
    with pytest.raises(NotACut):
        checked_segments("a", segments)


def test_the_submitters_own_mark_stays_a_text_beside_a_moderators():
    found = parse_marked(
        "They wrote [[abuse]] on my door, Elm Road 3.",
        "They wrote [[abuse]] on my door, [[personal-data]].",
    )
    assert found == [
        {"text": "They wrote [[abuse]] on my door, "},
        {"redacted": "personal-data"},
        {"text": "."},
    ]


def test_line_ends_and_outer_space_are_no_difference():
    found = parse_marked("\nOne\r\nTwo secret\n", "One\r\nTwo [[security]]")
    assert found == [{"text": "\nOne\nTwo "}, {"redacted": "security"}, {"text": "\n"}]


@pytest.mark.parametrize(
    ("marked", "says"),
    [
        ("One three", "One three"),
        ("One [[no-reason]] three", "no-reason"),
        ("One", "end of the text"),
        ("One two three[[abuse]]", "takes nothing out"),
    ],
)
def test_a_refusal_says_where(marked, says):
    with pytest.raises(NotACut, match=says):
        parse_marked("One two three", marked)


@pytest.mark.parametrize(
    "original",
    [
        "a " * 20_000 + "[[abuse]] " * 200,
        "a [[abuse]] " * 500,
        "[[abuse]] a " * 500 + "a",
        "[[abuse]]" * 500,
    ],
)
@pytest.mark.parametrize("piece", ["a [[abuse]] ", "[[abuse]]", "[[security]] [[abuse]] a "])
def test_long_repetitive_texts_take_no_time(original, piece):
    """Whoever writes the original must not be able to hold up whoever redacts it."""
    started = time.monotonic()
    with pytest.raises(NotACut):
        parse_marked(original, piece * 100 + "Z")
    assert time.monotonic() - started < 5


def test_a_mark_is_taken_for_the_submitters_where_it_can_be():
    assert parse_marked("1x 2x [[abuse]]", "[[security]]x [[abuse]]") == [
        {"redacted": "security"},
        {"text": "x [[abuse]]"},
    ]
