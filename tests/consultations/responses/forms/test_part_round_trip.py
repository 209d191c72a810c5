"""What was answered comes back the same through the page; what nobody would send does no harm."""

from datetime import date
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations.questionnaires.schema import Limit, Option
from consultations.questionnaires.types import TYPES, Question, type_of
from portal.text import clean_line, clean_text
from tests.consultations.responses.forms.test_part import OPTIONS, ROWS, drawn, form_for

MANY_OPTIONS = tuple(Option(f"key-{number}", f"Option {number}") for number in range(20))
KEYS = [option.key for option in OPTIONS]

TEXT = st.text(max_size=200)


def question(kind: str, **values) -> Question:
    given = {
        "options": OPTIONS,
        "rows": ROWS,
        "allow_other": True,
        "minimum": Decimal(-1000),
        "maximum": Decimal(1000),
    }
    if kind == "scale":
        given |= {"minimum": Decimal(-3), "maximum": Decimal(7)}
    if kind == "file":
        given |= {"maximum": Decimal(3)}
    return type_of(kind)(**{"id": kind, "number": "1", "text": "?"} | given | values)


def choice(keys: list[str]) -> st.SearchStrategy:
    other = st.builds(lambda text: {"choice": "other", "other": text}, TEXT.map(clean_line))
    return st.sampled_from(keys).map(lambda key: {"choice": key, "other": ""}) | other


def choices(keys: list[str]) -> st.SearchStrategy:
    def whole(chosen: set[str], other: str) -> dict:
        listed = [key for key in [*keys, "other"] if key in chosen]
        return {"choices": listed, "other": other if "other" in chosen else ""}

    return st.builds(
        whole, st.sets(st.sampled_from([*keys, "other"]), min_size=1), TEXT.map(clean_line)
    )


def ranking(keys: list[str]) -> st.SearchStrategy:
    return st.lists(st.sampled_from(keys), unique=True, min_size=1)


VALUES = {
    "short-text": TEXT.map(clean_line).filter(bool),
    "long-text": TEXT.map(clean_text).filter(bool),
    "one-choice": choice(KEYS),
    "many-choices": choices(KEYS),
    "scale": st.integers(-3, 7),
    "ranking": ranking(KEYS),
    "matrix": st.dictionaries(
        st.sampled_from([row.key for row in ROWS]), st.sampled_from(KEYS), min_size=1
    ),
    "number": st.decimals(-1000, 1000, places=3).map(
        lambda number: format(number or abs(number), "f")
    ),
    "date": st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)).map(date.isoformat),
    "yes-no": st.booleans(),
}


def sent_by(page: BeautifulSoup) -> QueryDict:
    """What a browser would send for a page as it stands."""
    data = QueryDict(mutable=True)
    for control in page.find_all(["input", "select", "textarea"]):
        if control.name == "textarea":
            # The first line break of a text area is the browser's, and the others become two signs.
            text = control.get_text().removeprefix("\n")
            data.appendlist(control["name"], text.replace("\n", "\r\n"))
        elif control.name == "select":
            options = control.find_all("option")
            chosen = next((each for each in options if each.has_attr("selected")), options[0])
            data.appendlist(control["name"], chosen.get("value", chosen.get_text()))
        elif control.get("type") == "file":
            continue
        elif control.get("type") not in ("radio", "checkbox") or control.has_attr("checked"):
            data.appendlist(control["name"], control.get("value", ""))
    return data


@pytest.mark.parametrize("kind", sorted(VALUES))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_an_answer_comes_back_through_the_page(kind, data):
    asked = question(kind)
    visibility = data.draw(st.sampled_from(["public", "officials"]))
    answer = {"value": data.draw(VALUES[kind]), "visibility": visibility}
    page = drawn(form_for(asked, answers={kind: answer}, allow_confidential=True))
    sent = sent_by(page)
    form = form_for(asked, data=dict(sent.lists()), allow_confidential=True)
    assert form.is_valid(), form.errors
    assert form.answers() == {kind: answer}
    again = sent_by(drawn(form))
    assert again == sent, "a form that is shown again shows what was typed"


@settings(max_examples=20, deadline=None)
@given(value=ranking([option.key for option in MANY_OPTIONS]))
def test_a_long_ranking_comes_back_too(value):
    asked = question("ranking", options=MANY_OPTIONS)
    page = drawn(form_for(asked, answers={"ranking": {"value": value}}))
    form = form_for(asked, data=dict(sent_by(page).lists()))
    assert form.answers()["ranking"]["value"] == value


# -- what nobody would send ------------------------------------------------------------------------

NAMES = [
    "{}",
    "{}-other",
    "{}-day",
    "{}-month",
    "{}-year",
    "{}-o-a",
    "{}-o-b",
    "{}-r-r",
    "{}-remove",
]
GARBAGE = (
    st.text(max_size=60)
    | st.text(alphabet="0123456789.,'-٫٬ ٣", max_size=60)
    | st.sampled_from(["a", "b", "other", "yes", "1", "\x00", "\ud800", "١٢", "²", "𝟙", "-"])
)


@pytest.mark.parametrize("kind", TYPES)
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_garbage_is_an_error_or_an_answer_never_a_fault(kind, data):
    asked = question(kind, limit=Limit(5))
    sent = {
        name.format(f"q-{kind}"): data.draw(st.lists(GARBAGE, max_size=3))
        for name in data.draw(st.sets(st.sampled_from(NAMES)))
    }
    form = form_for(asked, data=sent, allow_confidential=True)
    form.is_valid()
    kept = form.answers()
    assert (kind in kept) is not bool(form.errors)
    str(drawn(form)).encode()
    repr(kept).encode()
    assert "\\x00" not in repr(kept)
    if kept.get(kind):
        page = drawn(form_for(asked, answers=kept, allow_confidential=True))
        again = form_for(asked, data=dict(sent_by(page).lists()), allow_confidential=True)
        assert again.answers() == kept


@pytest.mark.parametrize("kind", [kind for kind in TYPES if kind != "file"])
@settings(max_examples=50, deadline=None)
@given(value=st.one_of(*VALUES.values()))
def test_a_stored_value_of_another_kind_does_not_break_the_page(kind, value):
    """A corrigendum may have changed a question after somebody answered it."""
    drawn(form_for(question(kind), answers={kind: {"value": value}}))
