"""What is done under each commitment, and what is missing, as a reader of the Code sees it."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from knowledge.guides.models import GuideIndexPage
from portal.cms.wings.matrix import GAPS, WORK
from portal.search.cards import CardData, put_many
from portal.search.facet_counts import PublicCards
from portal.stakeholders.models import State
from portal.taxonomy.vocabularies import AUDIENCE, COMMITMENT, REGION
from tests.consultations.factories import ConsultationPageFactory, comment_on
from tests.consultations.publication.building import accepted, published
from tests.knowledge.factories import GuidePageFactory

pytestmark = pytest.mark.django_db


def tables(client, address="/en/code/"):
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser").select("table.tally")


def cells(table, commitment):
    """What stands under a commitment: for each column the lines that lead somewhere."""
    label = COMMITMENT.label_of(commitment)
    [row] = [row for row in table.select("tbody tr") if row.th.get_text(strip=True) == label]
    return [
        [(link.get_text(), link["href"]) for link in cell.select("a")] for cell in row.select("td")
    ]


def said(theme):
    return ("disposition", {"theme": theme, "said": "<p>More.</p>", "did": "<p>Done.</p>"})


def test_each_number_leads_to_the_list_that_has_as_many(client, site_tree):
    GuidePageFactory(commitments=["licensing", "capacity"])
    GuidePageFactory(commitments=["licensing"])
    open_now = ConsultationPageFactory()
    ConsultationPageFactory(outcome=True, dispositions=[said("One"), said("Two")])
    comment_on(open_now)
    work, _gaps = tables(client)
    guides, asked, answered, decided = cells(work, "licensing")
    assert guides == [("2 guides", "/en/guides/?commitment=licensing")]
    assert [text for text, _href in asked] == ["2 consultations", "1 open now"]
    assert answered == [("1 comment", "/en/search/?kind=comment&commitment=licensing")]
    assert decided == [
        ("1 outcome", "/en/consultations/?commitment=licensing&phase=outcome"),
        ("2 points decided", "/en/consultations/?commitment=licensing&phase=outcome"),
    ]
    assert cells(work, "capacity") == [
        [("1 guide", "/en/guides/?commitment=capacity")],
        *([], [], []),
    ]
    for _text, href in (*guides, *asked, *answered, *decided):
        assert client.get(href).status_code == 200
    listed = BeautifulSoup(client.get(guides[0][1]).content, "html.parser")
    assert len(listed.select("main .teaser")) == 2
    listed = BeautifulSoup(client.get(asked[0][1]).content, "html.parser")
    assert len(listed.select("main .teaser")) == 2


def test_every_commitment_has_its_row_and_an_empty_cell_says_so(client, site_tree):
    work, gaps = tables(client)
    for table in (work, gaps):
        links = [row.th.a["href"] for row in table.select("tbody tr")]
        assert links == [f"/en/code/{key}/" for key in COMMITMENT.keys]
    assert [cell.get_text(" ", strip=True) for cell in work.select("tbody tr")[0].select("td")] == [
        f"{head} Nothing yet" for head in ("Published", "Asked", "Answered", "Decided")
    ]
    assert cells(gaps, "capacity") == [[("No guide yet", "/en/guides/?commitment=capacity")]] * 3


def test_drafts_and_what_is_restricted_are_never_counted(client, site_tree):
    GuidePageFactory(live=False)
    GuidePageFactory().view_restrictions.create(restriction_type="login")
    ConsultationPageFactory(live=False)
    hidden = ConsultationPageFactory(outcome=True, dispositions=[said("One")])
    shown = ConsultationPageFactory()
    comment_on(shown)
    hidden.view_restrictions.create(restriction_type="login")
    put_many(
        [CardData("comment", "x", "/c/x", facets={"commitment": ["licensing"]}, visible_to="staff")]
    )
    work, gaps = tables(client)
    guides, asked, answered, decided = cells(work, "licensing")
    assert guides == decided == []
    assert [text for text, _href in asked] == ["1 consultation", "1 open now"]
    assert [text for text, _href in answered] == ["1 comment"]
    shown.unpublish()
    work, gaps = tables(client)
    assert cells(work, "licensing") == [[], [], [], []]
    assert {text for cell in cells(gaps, "licensing") for text, _href in cell} == {"No guide yet"}


def test_gaps_are_told_in_words_for_languages_readers_and_regions(client, site_tree):
    audiences = [term.key for term in AUDIENCE if term.key != "customs"]
    norway = State.objects.get(iso2="NO")
    GuidePageFactory(commitments=["capacity"], audiences=audiences, state=norway)
    languages, readers, regions = cells(tables(client)[1], "capacity")
    assert languages == [
        (f"No guide in {name}", f"/en/guides/?commitment=capacity&language={code}")
        for code, name in (
            *(("fr", "French"), ("es", "Spanish")),
            *(("ru", "Russian"), ("ar", "Arabic")),
        )
    ]
    assert readers == [
        ("No guide for these readers: Customs", "/en/guides/?commitment=capacity&audience=customs")
    ]
    assert [text for text, _href in regions] == [
        f"No guide to a law or practice there: {term.label}"
        for term in REGION
        if term.key != "europe"
    ]
    for _text, href in (*languages, *readers, *regions):
        assert client.get(href).status_code == 200


def test_all_languages_of_the_interface_are_looked_at(client, site_tree):
    for code, _name in settings.LANGUAGES:
        GuidePageFactory(commitments=["capacity"], content_language=code)
    assert len(settings.LANGUAGES) == 5
    assert cells(tables(client)[1], "capacity")[0] == []


def test_a_guide_and_its_translation_are_one_guide_and_two_languages(client, site_tree):
    call_command("create_site", languages=["fr"], verbosity=0)
    guide = GuidePageFactory(title="Plates", commitments=["capacity"])
    index = GuideIndexPage.objects.get(locale__language_code="fr")
    other = GuidePageFactory(title="Plaques", commitments=["capacity"], content_language="fr")
    other.move(index, pos="last-child")
    other = type(other).objects.get(pk=other.pk)
    other.locale, other.translation_key = index.locale, guide.translation_key
    other.save()
    for page in (guide, other):
        page.save_revision().publish()
    for language in ("en", "fr"):
        work, gaps = tables(client, f"/{language}/code/")
        row = work.select("tbody tr")[COMMITMENT.keys.index("capacity")]
        assert row.select("td")[0].a.get_text()[0] == "1"
        row = gaps.select("tbody tr")[COMMITMENT.keys.index("capacity")]
        assert len(row.select("td")[0].select("a")) == 3


@pytest.mark.parametrize("key", COMMITMENT.keys)
def test_the_page_of_a_commitment_shows_its_own_row(client, site_tree, key):
    GuidePageFactory(commitments=[key], audiences=["customs"])
    page = BeautifulSoup(client.get(f"/en/code/{key}/").content, "html.parser")
    work, gaps = page.select("dl.tally-row")
    assert work.a.get_text() == "1 guide"
    assert [head.get_text() for head in work.select("dt")] == [
        *("Published", "Asked", "Answered", "Decided")
    ]
    assert "No guide in French" in gaps.get_text()
    assert [row.commitment for row in WORK.rows(PublicCards())] == COMMITMENT.keys


def test_published_responses_are_counted_and_others_are_not(client, site_tree, moderator):
    page = ConsultationPageFactory(closed=True, questionnaire=True)
    accepted(page)
    published(page, moderator, at=timezone.now())
    published(page, moderator, at=timezone.now())
    answered = cells(tables(client)[0], "licensing")[2]
    assert answered == [("2 published responses", "/en/search/?kind=response&commitment=licensing")]
    assert client.get(answered[0][1]).status_code == 200


def test_queries_do_not_grow_with_what_is_published(
    client, site_tree, django_assert_max_num_queries
):
    put_many(
        CardData(
            "guide",
            str(number),
            f"/en/guides/g{number}/",
            title=f"Guide {number}",
            language=["en", "fr", "ar"][number % 3],
            state=["NO", "", "KE"][number % 3],
            facets={
                "commitment": [COMMITMENT.keys[number % 6]],
                "audience": [AUDIENCE.keys[number % 8]],
                "reader": ["en"],
            },
        )
        for number in range(2000)
    )
    for _number in range(3):
        ConsultationPageFactory(outcome=True, dispositions=[said("One"), said("Two")])
    with django_assert_max_num_queries(7):
        cards = PublicCards()
        rows = WORK.rows(cards)
        assert len(GAPS.rows(cards)) == 6
    assert [entry.text for entry in rows[0].cells[0].entries] == ["334 guides"]
    client.get("/en/code/")
    with django_assert_max_num_queries(15):
        client.get("/en/code/")
