"""What is new again, and what is not, to whoever asks what came in since a moment."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from portal.search.cards import remove
from tests.portal.search.contract.asking import found
from tests.portal.search.factories import put_card

pytestmark = pytest.mark.django_db

BEFORE = datetime(2026, 11, 24, 12, tzinfo=UTC)
CIRCLES = ["public", "circle"]


def at(hours, **card):
    with time_machine.travel(BEFORE + timedelta(hours=hours), tick=False):
        put_card(card.pop("title", "Spyware"), key="1", **card)


def is_new(visible_to=("public",)):
    return found("spyware", since=BEFORE + timedelta(hours=1), visible_to=visible_to) == ["1"]


def test_what_is_opened_to_everybody():
    at(0, visible_to="circle")
    at(2, visible_to="circle", title="Spyware, edited")
    assert not is_new()
    assert not is_new(CIRCLES)
    at(3)
    assert is_new()


def test_what_people_may_take_part_in_at_last():
    at(0)
    at(2, is_open=True)
    assert is_new()


def test_what_opens_for_a_circle_is_no_news_to_others():
    at(0, visible_to="circle")
    at(2, visible_to="circle", is_open=True)
    assert is_new(CIRCLES)
    assert not is_new()


def test_what_came_back():
    at(0)
    remove("guide", "1")
    at(2)
    assert is_new()


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ({}, {"title": "Spyware, edited", "body": "More", "facets": {"stage": ["transit"]}}),
        ({"is_open": True}, {"is_open": True, "facets": {"stage": ["transit"]}}),
        ({"is_open": True}, {}),
        ({}, {"visible_to": "circle"}),
    ],
    ids=["edited", "edited while open", "closed", "kept to a circle"],
)
def test_nothing_else(was, becomes):
    at(0, **was)
    at(2, **becomes)
    assert not is_new(CIRCLES)
