"""
No change may make the search find worse what readers look for.

Each engine at hand must reach the figure recorded for it in floors.toml: what was measured when
that was last written, less a little for the dates that the demonstration's content moves by. Who
makes it better raises the floor; a floor is never below what the portal promises.
"""

import os
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.relevance.judged import HELD_OUT, judged_queries
from tests.relevance.measuring import Measured

# Loaded once, in one process.
pytestmark = pytest.mark.xdist_group("relevance")

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text())["floors"]
# Elasticsearch's goal is 0.85 (`make bench ONLY=nDCG`). It has missed that since the standing pages
# came in all five languages, and README.md says so; what is promised meanwhile is less.
PROMISED = {"sqlite": 0.75, "postgresql": 0.75, "elasticsearch": 0.83}


def holds(measured: Measured) -> None:
    floor = FLOORS[measured.engine]
    assert measured.figure >= floor, f"below its floor of {floor}\n{measured.report()}"


def test_the_database_finds_what_readers_look_for(figures):
    holds(figures("database"))


def test_elasticsearch_finds_what_readers_look_for(request):
    if connection.vendor == "postgresql":
        pytest.skip("the same cards and the same figure as over SQLite, measured there")
    if not settings.ELASTICSEARCH_FOR_TESTS:
        if os.environ.get("CI") == "true":
            pytest.fail("no Elasticsearch, and continuous integration needs one")
        pytest.skip("no Elasticsearch: name a node with ELASTICSEARCH_URL")
    holds(request.getfixturevalue("figures")("elasticsearch"))


def test_no_floor_is_below_what_is_promised():
    assert {name: floor for name, floor in FLOORS.items() if floor < PROMISED[name]} == {}
    assert FLOORS.keys() == PROMISED.keys()


def test_there_are_enough_queries_in_every_language():
    queries = judged_queries()
    assert len({query.text for query in queries}) == len(queries) >= 60
    languages = [query.language for query in queries]
    assert languages.count("en") >= 25
    assert all(languages.count(language) >= 10 for language in ("fr", "es", "ru", "ar"))


def test_no_query_held_out_is_one_tuned_on():
    tuned = {query.text.casefold() for query in judged_queries()}
    held_out = {query.text.casefold() for query in judged_queries(HELD_OUT)}
    assert len(held_out) == 36
    assert not held_out & tuned


def test_nothing_of_the_demonstration_is_left(figures, db):
    from knowledge.guides.models import GuidePage

    figures("database")
    assert not GuidePage.objects.exists()
