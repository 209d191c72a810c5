"""Pages of text are found like everything else."""

import pytest

from portal.search.engines import get_engine
from portal.search.query import SearchQuery

pytestmark = pytest.mark.django_db


def found(text="", **filters: str) -> list[str]:
    query = SearchQuery(
        text, filters={"kind": ["page"]} | {name: [value] for name, value in filters.items()}
    )
    return [hit.url for hit in get_engine().search(query).hits]


def publish(*pages):
    for page in pages:
        page.save_revision().publish()


def test_a_page_is_found_by_its_title_its_summary_and_its_text(site_tree):
    page = site_tree.privacy
    page.title, page.summary = "What we keep", "Biscuits and addresses"
    page.body = [("heading", {"text": "Receipts", "level": "h2"}), ("paragraph", "<p>Codes</p>")]
    publish(page, site_tree.accessibility)
    for words in ('"what we keep"', '"biscuits and addresses"', '"receipts codes"'):
        assert found(words) == ["/en/about/privacy/"]
    page.unpublish()
    assert found('"what we keep"') == []


def test_a_commitment_is_found_among_what_is_published_under_it(site_tree):
    publish(site_tree.code, site_tree.licensing, site_tree.capacity)
    assert found(commitment="licensing") == ["/en/code/licensing/"]


def test_the_way_into_capacity_building_is_found_by_its_steps(site_tree):
    page = site_tree.learning
    step = {"title": "Write the law", "summary": "Decide on grounds.", "stages": [], "levels": []}
    page.steps = [("step", step)]
    publish(page)
    assert found("decide on grounds") == ["/en/learning/"]
