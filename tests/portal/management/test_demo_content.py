"""The demonstration's texts: invented, and no claim of theirs points at a real State or a few."""

import re

import pytest

from portal.management.demo.content import read

FEW = r"\b(two|three|four|five|six|[2-6]) (wrote|spoke|answered|each|in|for)\b"


@pytest.mark.parametrize(
    ("file", "kind"),
    [("responses.toml", "response"), ("people.toml", "organisation"), ("people.toml", "person")],
)
def test_nobody_who_is_invented_stands_under_a_real_state(file, kind):
    assert [entry for entry in read(file)[kind] if entry.get("state")] == []


def test_an_outcome_tells_no_count_of_a_few():
    told = [each.get("outcome", "") for each in read("consultations.toml")["consultation"]]
    assert any(told)
    assert [found[0] for text in told for found in re.finditer(FEW, text, re.I)] == []
