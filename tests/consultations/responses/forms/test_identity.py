"""Who answers: where they are."""

import pytest

from consultations.responses.forms.identity import IdentityForm

NAMED = {"identity": "named", "name": "Ada", "submitter_type": "academia", "language": "en"}


def form(place: str) -> IdentityForm:
    return IdentityForm(NAMED | {"place": place}, anonymous_allowed=True)


@pytest.mark.parametrize("code", ["EG", "CN", "TR", "HU", "IR", "MM", "UG", "XK", "GL"])
def test_everybody_can_say_where_they_are(code):
    asked = form(code)
    assert "place" not in asked.errors
    assert asked.cleaned_data["place"] == code


def test_nobody_has_to_say_and_that_is_kept_as_nothing():
    asked = form("")
    assert str(dict(asked.fields["place"].choices)[""]) == "Somewhere else, or I prefer not to say"
    assert asked.is_valid()
    assert asked.details()["state"] == ""


def test_what_is_no_code_is_refused():
    assert "place" in form("QQ").errors
