"""An answer as the database keeps it comes back byte for byte."""

import json

import pytest

from consultations.questionnaires.schema import Answer


@pytest.mark.parametrize(
    "kept",
    [
        {"value": "Yes", "visibility": "public"},
        {"value": False, "visibility": "officials"},
        {"value": ["a"], "visibility": "officials", "public_version": ""},
        {"value": ["a"], "visibility": "public", "left_out": {"a": [[0, 4]]}},
        {
            "value": ["a"],
            "visibility": "officials",
            "public_version": "A file.",
            "left_out": {"a": "all"},
        },
    ],
)
def test_what_was_kept_is_kept_again_byte_for_byte(kept):
    assert json.dumps(Answer.of(kept).kept()) == json.dumps(kept)


@pytest.mark.parametrize("kept", [None, {}])
def test_no_answer_says_nothing_and_is_for_everybody(kept):
    answer = Answer.of(kept)
    assert (answer.value, answer.public_version, answer.left_out) == (None, None, {})
    assert not answer.is_for_officials
