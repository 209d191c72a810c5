"""What editors put above all other results."""

import pytest
from django.contrib.auth.models import Group
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits, SearchPromotion
from wagtail.models import PageViewRestriction

from knowledge.guides.models import GuideIndexPage
from portal.curation.actions import save_synonyms
from portal.curation.models import SynonymGroup
from portal.search.promotions import Promoted, promoted
from portal.stakeholders.roles import MODERATOR
from tests.knowledge.factories import GuidePageFactory

pytestmark = pytest.mark.django_db


def promote(text, page=None, order=0, **fields):
    return SearchPromotion.objects.create(
        query=Query.get(text), page=page, sort_order=order, **fields
    )


def link(text, url="https://other.example/list", title="A list", **fields):
    return promote(text, external_link_url=url, external_link_text=title, **fields)


def titles(text, language="en"):
    return [result.title for result in promoted(text, language)]


@pytest.fixture
def guide(site_tree):
    return GuidePageFactory(title="Licensing <steps>")


@pytest.mark.parametrize(
    "typed", ["licence form", " LICENCE   Form", "licénce-form", "«licence form»"]
)
def test_exactly_these_words_however_they_are_written(guide, typed):
    promote("Licence form", guide, description="Start here.")
    assert promoted(typed, "en") == [
        Promoted("Licensing <steps>", guide.get_url(), "Start here.", "en")
    ]


@pytest.mark.parametrize("typed", ["licence", "licence form 2", "form licence", "", "?!", "\0"])
def test_nothing_for_other_words(guide, typed):
    promote("licence form", guide)
    assert promoted(typed, "en") == []


def test_what_is_promoted_for_a_synonym_counts_unless_the_words_have_their_own(guide):
    save_synonyms(SynonymGroup(), ["FRT", "facial recognition"])
    promote("facial recognition", guide)
    assert titles("frt") == [guide.title]
    link("FRT")
    assert titles("frt") == ["A list"]


def test_an_unpublished_page_is_not_shown(guide):
    promote("licence", guide)
    guide.unpublish()
    assert promoted("licence", "en") == []


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
@pytest.mark.parametrize("above", [False, True])
def test_a_page_that_is_not_open_to_all_is_not_shown(guide, kind, above):
    promote("licence", guide)
    restriction = PageViewRestriction.objects.create(
        page=GuideIndexPage.objects.get() if above else guide, restriction_type=kind, password="x"
    )
    restriction.groups.add(Group.objects.get(name=MODERATOR))
    assert promoted("licence", "en") == []
    restriction.delete()
    assert titles("licence") == [guide.title]


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "ftp://other.example/", "//other.example", "https://", "http://["],
)
def test_only_links_of_the_web(url):
    link("licence", url=url)
    assert promoted("licence", "en") == []


def test_at_most_three_in_the_editors_order_what_the_reader_can_read_first(site_tree):
    for order, language in enumerate(["en", "fr", "en", "fr"]):
        page = GuidePageFactory(title=f"{order} {language}", content_language=language)
        promote("licence", page, order)
    assert titles("licence", "en") == ["0 en", "2 en", "1 fr"]
    assert titles("licence", "fr") == ["1 fr", "3 fr", "0 en"]


def test_one_statement_where_nothing_is_promoted(guide, django_assert_num_queries):
    with django_assert_num_queries(1):
        promoted("licence", "en")
    promote("other words", guide)
    with django_assert_num_queries(2):
        promoted("licence", "en")


def test_no_search_is_recorded(guide):
    promote("licence", guide)
    promoted("licence", "en")
    promoted("my name", "en")
    assert [query.query_string for query in Query.objects.all()] == ["licence"]
    assert not QueryDailyHits.objects.exists()


def test_an_editor_promotes_a_page_in_the_admin(guide, client, editor):
    client.force_login(editor)
    rows = {
        "editors_picks-TOTAL_FORMS": 1,
        "editors_picks-INITIAL_FORMS": 0,
        "editors_picks-MIN_NUM_FORMS": 0,
        "editors_picks-MAX_NUM_FORMS": 1000,
        "editors_picks-0-page": guide.pk,
        "editors_picks-0-description": "Start here.",
        "editors_picks-0-ORDER": 1,
    }
    response = client.post("/admin/searchpicks/add/", {"query_string": "Licence", **rows})
    assert response.status_code == 302
    assert titles("licence") == [guide.title]
    page = client.get("/admin/searchpicks/").content.decode()
    assert "licence" in page
    assert "Views" not in page
    edit = client.get(f"/admin/searchpicks/{Query.objects.get().pk}/").content.decode()
    assert "Start here." in edit
    assert "popular" not in edit
