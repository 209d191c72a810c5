"""
What is closed is nobody's but its circle's, on every engine: in no result, count, facet,
completion, suggestion or likeness, not by a word that it alone has, and from the moment at which
it was closed, whatever Elasticsearch has heard by then.
"""

from dataclasses import replace

import pytest

from portal.search import cards
from portal.search.engines import get_engine
from portal.search.models import OutboxRow
from portal.search.query import SearchQuery
from portal.search.vocabulary.statistics import count_words
from tests.portal.search.factories import card, put_card

pytestmark = pytest.mark.django_db

FACETS = ("kind", "language", "stage", "state", "group")
OUTSIDERS = (("public",), ("members",), ("public", "members"), ())


@pytest.fixture(autouse=True, params=["database", "elasticsearch"])
def engine(request, settings):
    if request.param == "elasticsearch":
        request.getfixturevalue("elasticsearch")
        settings.SEARCH_ENGINE = "portal.search.elastic.engine.ElasticsearchEngine"
    return get_engine()


def delivered():
    """The databases have counted their words, and Elasticsearch has heard of every card."""
    count_words()
    if OutboxRow.objects.exists():
        from portal.search.elastic.delivery import deliver_due

        deliver_due()
        assert not OutboxRow.objects.exists()


SECRET = card(
    "Wiretapping of ministers",
    key="secret",
    summary="Zephyrine intercepts",
    body="A report on pseudonymisation",
    facets={"stage": ["outreach"]},
    state="MT",
    group="civil-society",
    visible_to="staff",
)
# By its words, misspelt, unfinished, as a phrase, and with those of others.
BETRAYING = (
    *("wiretapping", "wiretaping", "wiretap", "zephyrine", "zephirine", "pseudonymisation"),
    *("pseudonymization", "ministers", '"wiretapping of ministers"', "spyware wiretapping"),
    *("spyware OR wiretapping", "of ministers report zephyrine", "", "spyware -drones"),
)


@pytest.fixture
def others():
    put_card("Open spyware", key="open", body="A report", facets={"stage": ["transit"]})
    put_card("Spyware of another kind", key="open too", body="A report")


def check_nothing_tells(engine, circles, without):
    """What an outsider gets is what there would be `without` the card: the same answers."""
    for text in BETRAYING:
        for sort in ("relevance", "newest", "title"):
            query = SearchQuery(text, facets=FACETS, sort=sort, visible_to=circles)
            page = engine.search(query)
            assert "secret" not in [hit.key for hit in page.hits], text
            assert described(page) == without[text, sort], text
    page = engine.search(
        SearchQuery(filters={"stage": ["outreach"]}, facets=FACETS, visible_to=circles)
    )
    assert (page.total, page.hits) == (0, [])
    for text in ("wiretap", "wi", "ministers", "of min"):
        assert engine.complete(text, visible_to=circles) == []
    similar = engine.similar("guide", "open", visible_to=circles, limit=50)
    assert "secret" not in [hit.key for hit in similar]


def described(page):
    """All that a reader can tell from an answer."""
    facets = {
        group.name: {option.value: option.count for option in group.options}
        for group in page.facets
    }
    hits = [(hit.key, hit.title, hit.summary) for hit in page.hits]
    numbers = page.total, page.pages, page.others
    return hits, numbers, page.suggestion, page.respelt, facets


def answers_without_it(engine, circles):
    return {
        (text, sort): described(
            engine.search(SearchQuery(text, facets=FACETS, sort=sort, visible_to=circles))
        )
        for text in BETRAYING
        for sort in ("relevance", "newest", "title")
    }


@pytest.mark.parametrize("circles", OUTSIDERS)
def test_a_closed_card_changes_nothing_for_outsiders(engine, others, circles):
    delivered()
    without = answers_without_it(engine, circles)
    cards.put(SECRET)
    delivered()
    check_nothing_tells(engine, circles, without)


def test_its_circle_finds_it(engine, others):
    cards.put(SECRET)
    delivered()
    for text in ("wiretapping", "zephyrine", "pseudonymisation"):
        page = engine.search(SearchQuery(text, visible_to=["public", "staff"]))
        assert [hit.key for hit in page.hits] == ["secret"]
    assert engine.complete("wiretap", visible_to=["staff"])[0].title == SECRET.title


def test_words_of_it_are_suggested_to_nobody(engine, others):
    """Not even to its circle: suggestions come from public cards alone."""
    cards.put(SECRET)
    delivered()
    for circles in (["staff"], ["public", "staff"], ["public"]):
        assert engine.search(SearchQuery("wiretaping", visible_to=circles)).suggestion == ""


@pytest.mark.parametrize("delivered_before", [True, False])
def test_closing_it_counts_at_once(engine, others, delivered_before):
    """While Elasticsearch still holds the open card, and its words."""
    delivered()
    without = answers_without_it(engine, ("public",))
    cards.put(replace(SECRET, visible_to="public"))
    if delivered_before:
        delivered()
        assert engine.search(SearchQuery("zephyrine")).total == 1
    cards.put(SECRET)
    count_words()
    check_nothing_tells(engine, ("public",), without)


@pytest.mark.parametrize("failed", [True, False])
def test_taking_it_out_counts_at_once(engine, others, failed):
    """Also where Elasticsearch would never hear of it."""
    delivered()
    without = answers_without_it(engine, ("public",))
    cards.put(replace(SECRET, visible_to="public"))
    delivered()
    cards.remove("guide", "secret")
    OutboxRow.objects.update(failed=failed)
    count_words()
    check_nothing_tells(engine, ("public",), without)


def test_what_was_redacted_is_not_found_by_it(engine, others):
    cards.put(replace(SECRET, visible_to="public"))
    delivered()
    cards.put(replace(SECRET, visible_to="public", summary="", body="A report on █████"))
    count_words()
    for text in ("zephyrine", "pseudonymisation", "zephirine"):
        page = engine.search(SearchQuery(text))
        assert (page.total, page.suggestion) == (0, "")
    delivered()
    for text in ("zephyrine", "pseudonymisation"):
        assert engine.search(SearchQuery(text)).total == 0
    assert engine.search(SearchQuery("wiretapping")).total == 1
