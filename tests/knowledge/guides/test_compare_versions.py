"""What differs between two versions of a guide, block by block and word by word."""

import json

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge.guides.versions.comparisons import compared, counted
from tests.knowledge.factories import GuidePageFactory, SourceFactory, cite
from tests.knowledge.guides.test_versions import publish, soup, text

pytestmark = pytest.mark.django_db
ADDRESS = "/en/guides/compared/versions/compare/"


def body(*paragraphs):
    return json.dumps([{"type": "paragraph", "value": f"<p>{each}</p>"} for each in paragraphs])


@pytest.fixture
def guide(site_tree):
    draft = GuidePageFactory(slug="compared", live=False)
    draft = publish(draft, body=body("Keep this.", "Ask who uses the thing.", "Drop it whole."))
    return publish(
        draft,
        body=body("Keep this.", "Ask who really uses the thing.", "Entirely other words here now."),
        change_note="Sharper",
    )


def words_of(guide, kind):
    after, before = (version.content for version in guide.published_versions.all())
    return [w.text.strip() for c in compared(before, after) for w in c.words if w.kind == kind]


def test_words_that_came_and_went_are_marked_and_said(client, guide):
    page = soup(client, f"{ADDRESS}?from=1&to=2")
    added = [text(each) for each in page.main.select(".compared__block ins")]
    assert "[added:] really [end of what was added]" in added
    removed = [text(each) for each in page.main.select(".compared__block del")]
    assert any("Drop it whole." in each and "[removed:]" in each for each in removed)
    folded = page.main.select("details .compared__text")
    assert "Keep this." in [text(each) for each in folded]
    assert page.find("meta", {"name": "robots"})["content"] == "noindex"


def test_only_words_that_differ_count(guide):
    assert words_of(guide, "added") == ["really", "Entirely other words here now."]
    assert words_of(guide, "removed") == ["Drop it whole."]
    after, before = (version.content for version in guide.published_versions.all())
    assert counted(compared(before, after)) == (6, 3)
    assert counted(compared(after, before)) == (3, 6)


def test_a_citation_and_a_link_that_change_are_told(guide):
    SourceFactory(key="e1", short_name="The Regulation")
    publish(guide, body=body(f"Ask{cite('e1', 'Art. 5')}."), change_note="Cited")
    publish(
        guide,
        body=body(f'Ask{cite("e1", "Art. 6")}. <a href="https://a.example/">There</a>'),
        change_note="Another article",
    )
    assert any("6]" in each for each in words_of_last(guide, "added"))
    assert any("https://a.example/" in each for each in words_of_last(guide, "added"))


def words_of_last(guide, kind):
    after, before = (version.content for version in guide.published_versions.all()[:2])
    return [w.text.strip() for c in compared(before, after) for w in c.words if w.kind == kind]


def test_what_differs_in_its_form_alone_is_told(client, guide):
    one, two = (f'<a linktype="page" id="{pk}">Ask</a>' for pk in (1, 2))
    publish(guide, body=body(one), change_note="One")
    publish(guide, body=body(two), change_note="Two")
    page = soup(client, f"{ADDRESS}?from=3&to=4")
    assert "Its words are the same." in text(page.main)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?from=1",
        "?from=1&to=9",
        "?from=x&to=2",
        "?from=-1&to=²",
        "?from=99999999999999999999&to=1",
    ],
)
def test_numbers_that_are_no_versions_lead_to_the_list(client, guide, query):
    page = soup(client, ADDRESS + query, 404)
    assert "These two versions cannot be compared" in text(page.main)
    assert len(page.select(".versions > li")) == 2


def test_the_same_number_twice_is_told(client, guide):
    page = soup(client, f"{ADDRESS}?from=1&to=1")
    assert "Both numbers are the same." in text(page.main)


def test_later_to_earlier_is_compared_too(client, guide):
    page = soup(client, f"{ADDRESS}?from=2&to=1")
    assert any("really" in text(each) for each in page.main.select(".compared__block del"))


def test_a_guide_in_arabic_runs_as_it_is_written(client, site_tree):
    draft = GuidePageFactory(slug="compared", live=False, content_language="ar")
    publish(draft, body=body("اسأل من يستخدمه"))
    publish(draft, body=body("اسأل من يستخدمه حقا"), change_note="كلمة")
    page = soup(client, f"{ADDRESS}?from=1&to=2")
    block = page.select_one(".compared__text:has(ins)")
    assert (block["lang"], block["dir"]) == ("ar", "auto")
    assert "حقا" in text(block.ins)
    said = block.ins.select_one(".govuk-visually-hidden")
    assert said["lang"] == "en"


def test_markup_of_an_editor_is_shown_as_text(client, guide):
    publish(guide, title="<script>alert(1)</script>", change_note="<b>note</b>")
    for path in (f"{ADDRESS}?from=2&to=3", "/en/guides/compared/versions/"):
        html = client.get(path).content.decode()
        assert "<script>alert" not in html
        assert "<b>note" not in html


def test_a_comparison_costs_the_same_for_any_text(client, guide, django_assert_num_queries):
    client.get(f"{ADDRESS}?from=1&to=2")
    with CaptureQueriesContext(connection) as once:
        client.get(f"{ADDRESS}?from=1&to=2")
    publish(guide, body=body(*(f"Paragraph {n}" for n in range(40))), change_note="Long")
    with django_assert_num_queries(len(once)):
        client.get(f"{ADDRESS}?from=1&to=3")


def test_every_block_of_the_page_says_what_it_is(client, guide):
    html = client.get(f"{ADDRESS}?from=1&to=2").content.decode()
    labels = BeautifulSoup(html, "html.parser").select(".compared__label")
    assert all(text(each) for each in labels)
