"""A guide is found from the moment it is published until it is unpublished."""

from datetime import date

import pytest

from knowledge.guides.models import GuidePage
from knowledge.guides.shelves import newest_reviewed
from portal.search.engines import get_engine
from portal.search.query import SearchQuery
from tests.knowledge.factories import GuidePageFactory

pytestmark = pytest.mark.django_db


def found(text: str = "", **filters: list[str]) -> list[str]:
    page = get_engine().search(SearchQuery(text=text, filters={"kind": ["guide"], **filters}))
    return [str(hit.title) for hit in page.hits]


def test_a_card_appears_on_publishing_and_goes_on_unpublishing(site_tree):
    guide = GuidePageFactory(title="Plates", live=False)
    assert found() == []
    guide.save_revision().publish()
    assert found() == ["Plates"]
    guide.refresh_from_db()
    guide.unpublish()
    assert found() == []


def test_a_card_carries_text_and_facets(site_tree):
    GuidePageFactory(
        title="Plates",
        sections=("Ornithopters",),
        document_type="checklist",
        level="3",
        audiences=["customs"],
        rights=["privacy"],
    )
    assert found("ornithopters") == ["Plates"]
    for facet, value in (
        ("type", "checklist"),
        ("level", "3"),
        ("audience", "customs"),
        ("right", "privacy"),
        ("language", "en"),
        ("use", "teaching"),
    ):
        assert found(**{facet: [value]}) == ["Plates"]


def test_the_shelf_shows_the_newest_reviewed_of_a_commitment(site_tree, django_assert_num_queries):
    GuidePageFactory(title="Old", reviewed_on=date(2024, 1, 1), commitments=["capacity"])
    GuidePageFactory(title="New", reviewed_on=date(2026, 1, 1), commitments=["capacity"])
    GuidePageFactory(title="Other", reviewed_on=date(2026, 2, 1), commitments=["licensing"])
    GuidePageFactory(title="Draft", live=False, commitments=["capacity"])
    newest_reviewed(None, 1)  # fills the cache of site roots
    with django_assert_num_queries(1):
        titles = [teaser.title for teaser in newest_reviewed("capacity", 5)]
    assert titles == ["New", "Old"]
    assert [teaser.title for teaser in newest_reviewed(None, 2)] == ["Other", "New"]


def test_a_restricted_guide_stands_on_no_shelf(site_tree):
    guide = GuidePageFactory()
    assert GuidePage.objects.live_and_public().count() == 1
    guide.view_restrictions.create(restriction_type="login")
    assert GuidePage.objects.live_and_public().count() == 0
    guide.view_restrictions.all().delete()
    guide.get_parent().view_restrictions.create(restriction_type="login")
    assert GuidePage.objects.live_and_public().count() == 0


def test_home_and_commitment_pages_list_it(client, site_tree):
    GuidePageFactory(title="Plates", commitments=["capacity"])
    assert "Plates" in client.get("/en/").content.decode()
    assert "Plates" in client.get("/en/code/capacity/").content.decode()
    assert "Plates" not in client.get("/en/code/licensing/").content.decode()
