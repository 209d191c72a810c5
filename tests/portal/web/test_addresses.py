"""Addresses with one thing changed keep the rest, and ask for nothing that is empty."""

from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from portal.web.addresses import href

NAMES = st.sampled_from(["q", "page", "group", "order"])


def test_one_thing_is_changed_and_the_rest_kept():
    kept = [("group", "ngo"), ("group", "state"), ("page", "3")]
    assert href(kept, "/en/a/", page=4) == "/en/a/?group=ngo&group=state&page=4"
    assert href({"order": "newest"}, group="a b&c") == "?order=newest&group=a+b%26c"


def test_what_is_empty_is_not_asked_for():
    assert href({"order": "newest", "group": ""}, order="") == "?"
    assert href({}, "/en/a/") == "/en/a/"


@given(st.lists(st.tuples(NAMES, st.text(min_size=1))), NAMES, st.text())
def test_whatever_is_kept_is_read_back_as_it_was(kept, name, value):
    read = parse_qsl(href(kept, "/", **{name: value}).partition("?")[2], keep_blank_values=True)
    others = [pair for pair in kept if pair[0] != name]
    assert read == others + ([(name, value)] if value else [])
