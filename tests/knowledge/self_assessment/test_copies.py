"""The file to keep: it comes back as it went, and whatever else is shown is refused in words."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.self_assessment import copies, errors
from knowledge.self_assessment.copies import LARGEST, Copy, read, written
from knowledge.self_assessment.criteria import COMPANIES, STATES, subject

ASKED = subject(STATES)
KEYS = [each.key for each in ASKED.statements]
COPY = Copy(date(2025, 11, 30), {KEYS[0]: "yes", KEYS[5]: "unknown"})
TEXT = written(ASKED, COPY)


@given(st.dictionaries(st.sampled_from(KEYS), st.sampled_from(ASKED.choices)), st.dates())
def test_what_is_kept_comes_back(answers, day):
    copy = Copy(day, answers)
    assert read(ASKED, written(ASKED, copy).encode()) == copy


def test_it_says_neither_who_nor_a_time():
    assert json.loads(TEXT).keys() == {"format", "about", "version", "day", "answers", "checksum"}


def with_checksum(**changes):
    """Return the file with something else in it, and a checksum that fits."""
    told = {key: value for key, value in json.loads(TEXT).items() if key != "checksum"}
    told |= changes
    return json.dumps({**told, "checksum": copies._checksum(told)}).encode()


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", errors.Foreign),
        (b"\xff\xfe\x00", errors.NotText),
        (b"no JSON", errors.Foreign),
        (b"[]", errors.Foreign),
        (b"{}", errors.Foreign),
        (b"[" * 40_000, errors.Foreign),
        (b" " * (LARGEST + 1), errors.TooBig),
        (TEXT[: len(TEXT) // 2].encode(), errors.Foreign),
        (TEXT.replace('"yes"', '"no"').encode(), errors.Changed),
        (TEXT.replace("2025-11-30", "2024-11-30").encode(), errors.Changed),
        (TEXT.replace('"version": 1', '"version": 2').encode(), errors.OtherVersion),
        (TEXT.replace('"version": 1', '"version": true').encode(), errors.OtherVersion),
        (TEXT.replace('"checksum"', '"checksam"').encode(), errors.Changed),
        (with_checksum(version=2), errors.OtherVersion),
        (with_checksum(about=COMPANIES), errors.OfTheOther),
        (with_checksum(about="gardens"), errors.Foreign),
        (with_checksum(about=[]), errors.Foreign),
        (with_checksum(answers=[]), errors.Changed),
        (with_checksum(answers={"unknown-9": "yes"}), errors.Changed),
        (with_checksum(answers={KEYS[0]: "partly"}), errors.Changed),
        (with_checksum(day="yesterday"), errors.Changed),
        (with_checksum(day=None), errors.Changed),
    ],
)
def test_what_is_no_whole_file_of_ours_is_refused(content, error):
    with pytest.raises(error):
        read(ASKED, content)


def test_a_file_of_a_company_is_not_that_of_a_state():
    company = subject(COMPANIES)
    text = written(company, Copy(date(2025, 1, 1), {}))
    assert read(company, text.encode()).answers == {}
    with pytest.raises(errors.OfTheOther):
        read(ASKED, text.encode())


def test_a_mark_of_a_text_program_at_the_beginning_harms_nothing():
    assert read(ASKED, b"\xef\xbb\xbf" + TEXT.encode()) == COPY
