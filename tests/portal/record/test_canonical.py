"""Canonical JSON is that of RFC 8785, held against another library; what can be two is refused."""

import json

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.record import verify
from portal.record.hashing import LARGEST, canonical

# Every sign that UTF-8 can hold; in keys those up to U+FFFF.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
KEYS = st.text(st.characters(exclude_categories=["Cs"], max_codepoint=0xFFFF), max_size=6)
NUMBERS = st.integers(-LARGEST, LARGEST)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)
MAPPINGS = st.dictionaries(KEYS, VALUES, max_size=6)


@settings(max_examples=300)
@given(MAPPINGS)
def test_it_is_what_another_library_makes_of_rfc_8785(value):
    written = canonical(value).encode()
    assert written == rfc8785.dumps(value)
    assert verify.canonical(verify.parse(written.decode())).encode() == written


def test_the_rfc_s_own_order_of_names():
    """RFC 8785, 3.2.3, less the name that is beyond U+FFFF."""
    names = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\u0080": 6, "\u00f6": 7}
    assert [*json.loads(canonical(names))] == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\ufb33"]


@given(st.integers(LARGEST + 1) | st.integers(max_value=-LARGEST - 1))
def test_numbers_that_two_programs_read_in_two_ways_are_refused(number):
    with pytest.raises(ValueError, match="whole number"):
        canonical({"number": number})
    with pytest.raises(ValueError, match=r"beyond|limit"):
        verify.parse(json.dumps({"number": number}))


@given(st.floats())
def test_so_are_those_that_are_not_whole(number):
    with pytest.raises(TypeError):
        canonical({"number": number})
    with pytest.raises(ValueError, match="int"):
        verify.parse(json.dumps({"number": number}))


@given(KEYS, st.characters(min_codepoint=0x10000), KEYS)
def test_so_are_names_that_two_programs_sort_in_two_ways(before, sign, after):
    name = before + sign + after
    for value in ({name: 1}, {"inner": [{name: 1}]}):
        with pytest.raises(ValueError, match=r"U\+FFFF"):
            canonical(value)
        with pytest.raises(ValueError, match=r"U\+FFFF"):
            verify.parse(json.dumps(value))


def test_so_is_a_name_that_stands_twice():
    with pytest.raises(ValueError, match="twice"):
        verify.parse('{"a": 1, "a": 2}')
