"""
No change may make the search find worse what readers look for.

Two sets of queries: the tuned ones, over a collection of cards that was frozen, so that only the
search can move their figure; and those of the library, over the demonstration as it is today, where
the texts count as well. Each engine at hand must reach the figure recorded for it in floors.toml.
For the first set that is what was measured when it was last written, less a little for the
ages of the cards; who makes it better raises it. A floor is never below what the portal promises.
"""

import os
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from tests.relevance.corpus import frozen_cards
from tests.relevance.judged import HELD_OUT, LIBRARY, TUNED, judged_queries
from tests.relevance.measuring import Measured

# Each collection is loaded once, in one process.
pytestmark = pytest.mark.xdist_group("relevance")

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text())
# Elasticsearch's goal is 0.85 (`make bench ONLY=nDCG`). It has missed that since the standing pages
# came in all five languages, and README.md says so; what is promised meanwhile is less.
PROMISED = {
    "tuned": {"sqlite": 0.75, "postgresql": 0.75, "elasticsearch": 0.83},
    # The goal is 0.75; see floors.toml.
    "library": {"sqlite": 0.72, "postgresql": 0.72, "elasticsearch": 0.72},
}
GUIDES = Path(__file__).parents[2] / "portal" / "management" / "library" / "guides"


def holds(measured: Measured, queries: str) -> None:
    floor = FLOORS[queries][measured.engine]
    print(measured.report())
    assert measured.figure >= floor, f"below its floor of {floor}\n{measured.report()}"


def need_elasticsearch() -> None:
    if connection.vendor == "postgresql":
        pytest.skip("the same cards and the same figure as over SQLite, measured there")
    if not settings.ELASTICSEARCH_FOR_TESTS:
        if os.environ.get("CI") == "true":
            pytest.fail("no Elasticsearch, and continuous integration needs one")
        pytest.skip("no Elasticsearch: name a node with ELASTICSEARCH_URL")


def test_the_database_finds_what_readers_look_for(figures):
    holds(figures["database"], "tuned")


def test_elasticsearch_finds_what_readers_look_for(request):
    need_elasticsearch()
    holds(request.getfixturevalue("figures")["elasticsearch"], "tuned")


def test_the_database_finds_what_the_library_has(library_figures):
    holds(library_figures["database"], "library")


def test_elasticsearch_finds_what_the_library_has(request):
    need_elasticsearch()
    holds(request.getfixturevalue("library_figures")["elasticsearch"], "library")


def test_no_floor_is_below_what_is_promised():
    for queries, promised in PROMISED.items():
        floors = FLOORS[queries]
        assert floors.keys() == promised.keys()
        assert {name: floor for name, floor in floors.items() if floor < promised[name]} == {}


def test_there_are_enough_queries_in_every_language():
    queries = judged_queries()
    assert len({query.text for query in queries}) == len(queries) >= 60
    languages = [query.language for query in queries]
    assert languages.count("en") >= 25
    assert all(languages.count(language) >= 10 for language in ("fr", "es", "ru", "ar"))


def test_the_library_has_forty_queries_of_its_own():
    queries = judged_queries(LIBRARY)
    assert len({query.text for query in queries}) == len(queries) == 40
    languages = [query.language for query in queries]
    assert languages.count("en") == 16
    assert all(languages.count(language) == 6 for language in ("fr", "es", "ru", "ar"))


@pytest.mark.parametrize("query", judged_queries(LIBRARY), ids=lambda query: query.text)
def test_each_guide_judged_is_a_file_of_the_library(query):
    guides = [name.removeprefix("guide:") for name in query.grades if name.startswith("guide:")]
    assert guides
    for name in guides:
        language, _, slug = name.rpartition("/")
        assert (GUIDES / f"{slug}.{language or 'en'}.toml").exists(), name
        assert language in ("", query.language), f"{name} for who reads {query.language}"
        in_readers_language = (GUIDES / f"{slug}.{query.language}.toml").exists()
        assert language == query.language or query.language == "en" or not in_readers_language, name


@pytest.mark.parametrize("file", [TUNED, HELD_OUT], ids=lambda file: file.stem)
def test_each_document_judged_is_in_the_frozen_collection(file):
    cards = frozen_cards(timezone.now())
    there = {f"{card.kind}:{card.key}" for card in cards}
    responses = [f"{card.title} {card.body}" for card in cards if card.kind == "response"]
    for name in {name for query in judged_queries(file) for name in query.grades}:
        kind, _, words = name.partition(":")
        found = sum(words in text for text in responses)
        assert found == 1 if kind == "response" else name in there, name


def test_no_query_held_out_is_one_tuned_on():
    tuned = {query.text.casefold() for query in judged_queries()}
    held_out = {query.text.casefold() for query in judged_queries(HELD_OUT)}
    assert len(held_out) == 36
    assert not held_out & tuned


def test_nothing_of_the_frozen_collection_is_left(figures, db):
    from portal.search.models import Card

    assert figures
    assert not Card.objects.filter(kind="guide").exists()


def test_nothing_of_the_demonstration_is_left(library_figures, db):
    from knowledge.guides.models import GuidePage

    assert library_figures
    assert not GuidePage.objects.exists()
