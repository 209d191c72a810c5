"""The world as dots: every state has its place, and a drawing is what its cells say."""

import re

import pytest

from knowledge.states.dots import dot_map
from knowledge.states.shelves import subscribers
from portal.cms.shelves import panoramas
from portal.stakeholders.countries import country_codes
from tests.knowledge.factories import StateFactory


def squares(*codes: str) -> int:
    """How many cells are marked."""
    return sum(int(length) + 1 for length in re.findall(r"h(\d+)\.7", dot_map(codes).marked))


def dots(*codes: str) -> int:
    """How many cells are other land."""
    return sum(int(length) + 1 for length in re.findall(r"h(\d+)\.1", dot_map(codes).land))


def test_every_state_and_territory_but_antarctica_has_a_cell():
    assert {code for code in country_codes() if not squares(code)} == {"AQ"}


def test_marking_land_takes_its_dots_away():
    whole = dots()
    assert 1_400 < whole < 1_700
    assert dots("CA", "LI") + squares("CA", "LI") == whole
    assert squares("CA") > 100
    assert squares("LI") == 1


@pytest.mark.parametrize("code", ["XQ", "", "canada", "<script>"])
def test_a_made_up_code_marks_nothing(code):
    assert dot_map([code]).marked == ""


def test_overseas_parts_with_a_code_of_their_own_are_not_marked_with_another():
    parts = ["GL", "GF", "SJ", "PR"]
    assert squares("DK", "FR", "NO", "US", *parts) == squares("DK", "FR", "NO", "US") + sum(
        squares(part) for part in parts
    )
    assert squares("GL") > squares("DK")


def test_every_cell_lies_on_the_grid():
    world = dot_map(["CA"])
    for x, y, length in re.findall(r"M(\d+)\.5 (\d+)\.5h(\d+)", world.land):
        assert int(x) + int(length) < world.columns
        assert int(y) < world.rows


def test_the_drawing_is_light():
    world = dot_map(["CA", "AU"])
    assert len(world.land) + len(world.marked) < 9_000


@pytest.mark.django_db
def test_a_panorama_is_offered_to_the_home_page(django_assert_num_queries):
    assert subscribers() is None
    assert panoramas() == []
    StateFactory(iso2="NO", subscribing=True)
    StateFactory(iso2="AO")
    with django_assert_num_queries(1):
        (shown,) = panoramas()
    assert (shown.count, str(shown.what)) == (1, "Subscribing State")
    assert "1 state is known to have subscribed" in shown.text
    assert shown.world == dot_map(["NO"])
    assert shown.more_href == "/en/states/"
