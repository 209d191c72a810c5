"""The page of a guide: everything a reader needs to trust it, or to know that they should not."""

from datetime import date
from itertools import pairwise

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from knowledge.guides.models import GuideChange, GuideDocument
from portal.stakeholders.models import State
from tests.knowledge.factories import GuidePageFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide(site_tree):
    return GuidePageFactory(
        title="Asking about the end user",
        slug="end-user",
        sections=("What it says", "How to use it", "عربي"),
        further=[
            SourceFactory(title="First work", address="https://one.example/"),
            SourceFactory(title="Second", address="https://two.example/"),
        ],
        technologies=["face-recognition"],
        rights=["privacy"],
        level="2",
        reviewed_on=date(2026, 1, 10),
        review_due=date(2027, 1, 10),
    )


def file(title: str, content: bytes = b"x"):
    document = get_document_model()(title=title, file=ContentFile(content, name="form.txt"))
    document._set_document_file_metadata()  # as an upload does
    document.save()
    return document


def page(client, guide) -> str:
    response = client.get(f"/en/guides/{guide.slug}/")
    assert response.status_code == 200
    return response.content.decode()


@time_machine.travel("2026-06-01T12:00Z")
def test_it_shows_what_it_is_and_where_it_comes_from(client, guide):
    html = page(client, guide)
    assert "Asking about the end user</h1>" in html
    assert html.count("<h1") == 1
    for fact in (
        "Guidance",
        "Secretariat",
        "The source",
        "https://source.example/document",
        "(2021)",
        "European Union (binding)",
        "10 January 2026",
        "10 January 2027",
    ):
        assert fact in html
    assert "overdue" not in html


def test_what_the_portal_wrote_itself_has_an_origin_and_no_source(client, guide):
    facts = BeautifulSoup(page(client, guide), "html.parser").aside.find_all("dt")
    assert "Source" in [each.get_text(strip=True) for each in facts]
    guide.source_title, guide.source_url, guide.source_date = "Written for this portal", "", ""
    guide.save()
    facts = BeautifulSoup(page(client, guide), "html.parser").aside.find_all("dt")
    told = {each.get_text(strip=True): each.find_next("dd").get_text(strip=True) for each in facts}
    assert told["Origin"] == "Written for this portal"
    assert "Source" not in told


def test_contents_lead_to_the_sections(client, guide):
    html = page(client, guide)
    assert 'href="#what-it-says"' in html
    assert 'id="what-it-says"' in html
    assert 'href="#عربي"' in html
    assert 'id="عربي"' in html


@time_machine.travel("2026-06-01T12:00Z")
def test_how_far_it_binds_and_when_it_was_reviewed_stands_before_the_text(client, guide):
    soup = BeautifulSoup(page(client, guide), "html.parser")
    told = [" ".join(each.get_text().split()) for each in soup.select(".guide__status > li")]
    assert told[:3] == [
        "Jurisdiction: European Union (binding)",
        "Source of 2021",
        "Reviewed 10 January 2026",
    ]
    type(guide).objects.filter(pk=guide.pk).update(
        source_date="", reviewed_on=None, legal_status=""
    )
    soup = BeautifulSoup(page(client, guide), "html.parser")
    assert len(soup.select(".guide__status > li")) == 1, "nothing is said that is not known"


def test_a_guide_of_one_section_has_no_list_of_contents(client, site_tree):
    one = GuidePageFactory(title="Short", slug="short", sections=("All of it",))
    soup = BeautifulSoup(page(client, one), "html.parser")
    assert soup.select("nav.contents") == []
    many = GuidePageFactory(
        title="Long", slug="long", sections=[f"Part {number}" for number in range(40)]
    )
    soup = BeautifulSoup(page(client, many), "html.parser")
    assert len(soup.select("nav.contents li")) == 40
    assert soup.select_one("nav.contents summary").get_text() == "On this page: 40 sections"


def test_its_level_stands_as_bars_and_as_a_word(client, guide):
    level = BeautifulSoup(page(client, guide), "html.parser").select_one("aside .level")
    assert level.svg["aria-hidden"] == "true"
    assert level.get_text() == guide.get_level_display()


def test_its_subjects_are_its_commitments_and_the_rest_is_folded(client, guide):
    about = BeautifulSoup(page(client, guide), "html.parser").aside
    folded = about.select_one("details.disclosure")
    assert folded.summary.get_text() == "Find more like it"
    assert folded.select_one('a[href*="technology="]')
    assert not folded.select_one('a[href*="commitment="]')
    assert about.select_one('a[href*="commitment="]')


def test_headings_come_in_order(client, guide):
    GuideChange.objects.create(guide=guide, changed_on=date(2026, 1, 1), note="First words")
    main = BeautifulSoup(page(client, guide), "html.parser").main
    levels = [int(each.name[1]) for each in main.find_all(["h1", "h2", "h3", "h4"])]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_its_terms_lead_to_the_index_narrowed_by_them(client, guide):
    html = page(client, guide)
    assert "/en/guides/?commitment=licensing" in html
    assert "/en/guides/?technology=face-recognition" in html
    assert "/en/guides/?level=2" in html
    assert "Privacy" in html
    assert "?right=" not in html


def test_further_sources_stand_in_the_editor_s_order(client, guide):
    html = page(client, guide)
    assert html.index("First work") < html.index("Second")
    assert html.index("https://one.example/") < html.index("https://two.example/")


@pytest.mark.parametrize(("today", "told"), [("2027-01-10", False), ("2027-01-11", True)])
def test_a_passed_review_is_told(client, guide, today, told):
    with time_machine.travel(f"{today}T12:00Z"):
        assert ("Review overdue" in page(client, guide)) is told


def test_change_notes_come_newest_first(client, guide):
    GuideChange.objects.create(guide=guide, changed_on=date(2026, 1, 1), note="First words")
    GuideChange.objects.create(guide=guide, changed_on=date(2026, 2, 1), note="Now with a table")
    html = page(client, guide)
    assert html.index("Now with a table") < html.index("First words")
    assert "1 February 2026" in html


def test_files_show_type_and_size(client, guide):
    document = file("Model form", b"x" * 2048)
    GuideDocument.objects.create(guide=guide, document=document, title="The form to fill in")
    html = page(client, guide)
    assert "The form to fill in" in html
    assert document.url in html
    assert "TXT" in html
    assert "2.0\xa0KB" in html


def test_a_text_in_another_language_says_so(client, site_tree):
    guide = GuidePageFactory(content_language="ar", title="دليل", slug="dalil")
    html = page(client, guide)
    assert '<h1 lang="ar" dir="auto">دليل</h1>' in html
    assert "This page is not there in English yet. You read it in Arabic." in html


def test_all_that_is_written_in_the_guide_s_language_says_so(client, site_tree):
    guide = GuidePageFactory(
        content_language="ar",
        title="دليل",
        slug="dalil",
        owner_unit="وحدة الرقابة",
        source_title="قانون",
        jurisdiction="دولي",
        further=[SourceFactory(title="مرجع 4.A.5", language="ar")],
    )
    GuideChange.objects.create(guide=guide, changed_on=date(2026, 2, 1), note="تغيير")
    soup = BeautifulSoup(page(client, guide), "html.parser").find("main")
    for words in ("وحدة الرقابة", "قانون", "دولي", "مرجع", "تغيير"):
        places = [each.parent for each in soup.find_all(string=lambda s, w=words: s and w in s)]
        assert places, words
        for place in places:
            spoken = place.find_parent(lang=True) if not place.get("lang") else place
            assert spoken["lang"] == "ar", words
            assert spoken["dir"] in ("auto", "rtl"), words
    assert soup.select_one('.citations bdi[dir="ltr"]').get_text() == "4.A.5"


def test_what_a_guide_is_cited_by_stands_as_it_is_written(client, site_tree):
    guide = GuidePageFactory(
        content_language="ar", title="دليل", slug="dalil", owner_unit="وحدة الرقابة"
    )
    soup = BeautifulSoup(page(client, guide), "html.parser").find("main")
    cited = [each.get_text() for each in soup.select(".response__citation > bdi")]
    assert cited[:2] == ["دليل", "وحدة الرقابة"]


def test_each_paragraph_of_a_guide_runs_as_it_is_written(client, guide):
    soup = BeautifulSoup(page(client, guide), "html.parser")
    assert soup.select_one(".guide__body")["dir"] == "auto"


def test_the_law_of_one_state_leads_to_its_page_and_back(client, site_tree):
    norway = State.objects.get(iso2="NO")
    guide = GuidePageFactory(state=norway, title="Norwegian guidelines")
    assert "/en/states/no/" in page(client, guide)
    assert "Norwegian guidelines" in client.get("/en/states/no/").content.decode()
    assert "Norwegian guidelines" not in client.get("/en/states/dk/").content.decode()


def test_a_draft_is_not_found_and_stands_in_no_list(client, site_tree):
    draft = GuidePageFactory(live=False, title="Unfinished", state=State.objects.get(iso2="NO"))
    assert client.get(f"/en/guides/{draft.slug}/").status_code == 404
    for path in ("/en/", "/en/guides/", "/en/code/licensing/", "/en/states/no/"):
        assert "Unfinished" not in client.get(path).content.decode()


def test_queries_do_not_grow_with_what_a_guide_carries(
    client, guide, django_assert_max_num_queries
):
    page(client, guide)  # fills what is remembered from one request to the next
    for number in range(6):
        GuideDocument.objects.create(guide=guide, document=file(f"File {number}"))
        GuideChange.objects.create(guide=guide, changed_on=date(2026, 1, 1), note="A note")
    with django_assert_max_num_queries(10):
        page(client, guide)


def related(client, guide) -> list[str]:
    """The titles under "Related guides", in their order; none where there is no such heading."""
    soup = BeautifulSoup(page(client, guide), "html.parser")
    heading = soup.find(id="guide-related")
    return [each.get_text() for each in heading.find_parent("section")("h3")] if heading else []


def test_guides_that_read_like_it_follow_it(client, site_tree):
    text = {"summary": "Interception of mobile networks and who operates it."}
    one = GuidePageFactory(title="Mobile interception", **text)
    for number in range(4):
        GuidePageFactory(title=f"Interception by operators {number}", **text)
    found = related(client, one)
    assert len(found) == 3
    assert all(title.startswith("Interception by operators") for title in found)


def test_a_guide_withdrawn_since_is_related_no_more(client, site_tree):
    text = {"summary": "Interception of mobile networks and who operates it."}
    one = GuidePageFactory(title="Mobile interception", **text)
    other = GuidePageFactory(title="Interception by operators", **text)
    assert related(client, one) == ["Interception by operators"]
    other.unpublish()
    assert related(client, one) == []


def test_the_heading_of_a_withdrawn_guide_is_in_its_own_language(client, site_tree):
    guide = GuidePageFactory(title="Contrôle final", content_language="fr")
    guide.unpublish()
    html = client.get(guide.url).content.decode()
    assert '<h1 class="govuk-heading-xl" lang="fr" dir="ltr">Contrôle final</h1>' in html


def test_related_guides_are_looked_for_once_an_hour_and_cost_one_query_more(
    client, site_tree, django_assert_num_queries
):
    for number in range(6):
        GuidePageFactory(title=f"Interception by operators {number}")
    guide = GuidePageFactory(title="Interception", state=State.objects.get(iso2="NO"))
    with django_assert_num_queries(10):
        assert len(related(client, guide)) == 3
    with django_assert_num_queries(7):
        assert len(related(client, guide)) == 3
