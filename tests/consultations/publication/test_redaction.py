"""A redaction is the original with passages taken out, and nothing else is one."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.publication.errors import NotACut
from consultations.publication.parsing import parse_marked
from consultations.publication.redaction import (
    RedactionReason,
    as_marked,
    checked_segments,
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


SENT = """The courts of Exampleland  decided it.
Ms Perez of 4 High Street\tcan tell you, and we agree."""


@pytest.mark.parametrize(
    "typed",
    [
        "The courts of Exampleland decided it.\r\n[[personal-data]] can tell you, and we agree.",
        "The courts  of Exampleland  decided it.\n\n[[personal-data]]  can tell you, and we agree.",
        "The courts of\nExampleland decided it. [[personal-data]]\ncan tell you, and we agree.",
        " The courts of Exampleland decided it.\n [[ Personal data ]] can tell you, and we agree.",
        "The courts of Exampleland decided it. [[PERSONAL_DATA]] can tell you , and we agree.",
    ],
)
def test_white_space_and_capitals_in_a_mark_are_no_difference(typed):
    assert parse_marked(SENT, typed) == [
        {"text": "The courts of Exampleland  decided it.\n"},
        {"redacted": "personal-data"},
        {"text": "\tcan tell you, and we agree."},
    ]


@pytest.mark.parametrize(
    ("changed", "to", "says", "at"),
    [
        (
            "Ms Perez",
            "[[personel-data]]",
            "Line 2: “[[personel-data]]” is not a mark. Write “[[personal-data]]”.",
            "[[personel-data]]",
        ),
        (
            "Ms Perez",
            "[personal-data]",
            "Line 2: “[personal-data]” is not a mark. Write “[[personal-data]]”.",
            "[personal-data]",
        ),
        (
            "Ms Perez",
            "[[security]",
            "Line 2: “[[security]” is not a mark. Write “[[security]]”.",
            "[[security]",
        ),
        (
            "Ms Perez",
            "[[name]]",
            "Line 2: “[[name]]” is not a mark. The marks are in the list.",
            "[[name]]",
        ),
        (
            "courts",
            "judges",
            "Line 1, after “The”: it says “judges of”, and the text that was sent says “courts",
            "judges of",
        ),
        (
            "courts",
            "court",
            "Line 1, after “The”: it says “court of”, and the text that was sent says “courts of”.",
            "court of",
        ),
        ("4 High ", "", "Line 2, after “Ms Perez of”: the words “4 High” are missing.", ""),
        (
            "and we",
            "and once more we",
            "Line 2, after “can tell you, and”: the words “once more” are not in the text",
            "once more",
        ),
        (
            "4 High",
            "[[security]] 4 High",
            "Line 2, after “Ms Perez of”: “[[security]]” takes nothing out.",
            "[[security]]",
        ),
        (", and we agree.", "", "The end of the text is missing, from “, and we agree.” on.", ""),
        (
            "agree.",
            "agree. Signed",
            "Line 2, after “you, and we agree.”: the words “Signed” are not in the text",
            "Signed",
        ),
        (
            "can tell",
            "[[abuse]] tells",
            "Line 2, after “4 High Street [[abuse]]”: it says “tells you,”, and",
            "tells you,",
        ),
    ],
)
def test_a_refusal_names_the_mark_or_the_words_and_the_place(changed, to, says, at):
    typed = SENT.replace("\t", " ").replace(changed, to)
    with pytest.raises(NotACut) as refusal:
        parse_marked(SENT, typed)
    assert str(refusal.value).startswith(says), refusal.value
    start, end = refusal.value.at
    assert typed[start:end] == at


def test_all_mistyped_marks_are_named_at_once():
    with pytest.raises(NotACut) as refusal:
        parse_marked("One two three four", "One [[secruity]] three [[comercial]]")
    assert "“[[security]]”" in str(refusal.value)
    assert "“[[commercial]]”" in str(refusal.value)


def test_the_place_is_counted_as_a_browser_counts():
    with pytest.raises(NotACut) as refusal:
        parse_marked("One 😀 two", "One 😀 twice")
    assert refusal.value.at == (7, 12)


@given(cut_texts(), st.data())
def test_a_refusal_says_where_whatever_was_typed(cut, data):
    original, segments = cut
    marked = as_marked(segments)
    place = data.draw(st.integers(0, len(marked)))
    gone = data.draw(st.integers(0, 3))
    typed = f"{marked[:place]}{data.draw(st.text('aZ [', max_size=3))}{marked[place + gone :]}"
    try:
        checked_segments(original, parse_marked(original, typed))
    except NotACut as refusal:
        told = (str(refusal), refusal.at)
        if told[1] is None or len(told[0]) < 20:
            pytest.fail(f"{original!r} {typed!r}: {told}")


def test_line_ends_and_outer_space_are_no_difference():
    found = parse_marked("\nOne\r\nTwo secret\n", "One\r\nTwo [[security]]")
    assert found == [{"text": "\nOne\nTwo "}, {"redacted": "security"}, {"text": "\n"}]


@pytest.mark.parametrize(
    ("marked", "says"),
    [
        ("One three", "Line 1, after “One”: the words “two” are missing"),
        ("One [[no-reason]] three", "Line 1: “\\[\\[no-reason\\]\\]” is not a mark"),
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
