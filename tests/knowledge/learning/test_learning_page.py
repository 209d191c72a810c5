"""Capacity building: what fits who one is, and steps that lead to material."""

import json
import re

import pytest
from bs4 import BeautifulSoup

from tests.knowledge.factories import GuidePageFactory

pytestmark = pytest.mark.django_db
LEARNING = "/en/learning/"


@pytest.fixture
def material(site_tree):
    GuidePageFactory(
        title="First course", document_type="training", stages=["legislation"], level="0"
    )
    GuidePageFactory(
        title="Refusal letter", document_type="template", stages=["licensing"], level="2"
    )
    GuidePageFactory(
        title="Festival city", document_type="case-study", stages=["licensing"], level="1"
    )
    GuidePageFactory(
        title="Ask around", document_type="checklist", stages=[], level="0", content_language="fr"
    )
    GuidePageFactory(title="A statute", document_type="law", stages=["legislation"], level="0")


def page(client, **params) -> str:
    response = client.get(LEARNING, params)
    assert response.status_code == 200
    return response.content.decode()


def soup(client, **params) -> BeautifulSoup:
    return BeautifulSoup(page(client, **params), "html.parser")


def test_three_to_begin_with_from_the_first_level_on(client, material):
    GuidePageFactory(title="Advanced", document_type="training", level="4")
    shown = soup(client)
    titles = [each.text for each in shown.select(".fitting .teaser__title")]
    assert titles == ["First course", "Festival city", "Refusal letter"]
    assert "Level: Starting out" in shown.text
    link = shown.find("a", string=re.compile("Everything for learning: 5 resources"))
    assert "5 guides" in client.get(link["href"]).content.decode()


def test_what_was_chosen_stays_in_the_form(client, material):
    form = soup(client, audience="customs", level="1", stage="licensing", language="en").select_one(
        "form.choose"
    )
    chosen = {each["name"]: each.select_one("[selected]")["value"] for each in form("select")}
    assert chosen == {"audience": "customs", "level": "1"}
    kept = {each["name"]: each["value"] for each in form.select("input[type=hidden]")}
    assert kept == {"stage": "licensing", "language": "en"}
    assert "First laws or lists, little practice" in form.text


def test_more_than_three_that_fit_lead_to_the_list_of_all(client, site_tree):
    for number in range(5):
        GuidePageFactory(title=f"Course {number}", document_type="training", level="2")
    GuidePageFactory(title="Paper", document_type="template", level="1")
    shown = soup(client, level="2")
    assert len(shown.select(".fitting .teaser")) == 3
    link = shown.find("a", string=re.compile("All that fits: 5 resources"))
    listed = client.get(link["href"]).content.decode()
    assert "5 guides" in listed
    assert "Paper" not in listed


def test_a_long_title_is_shown_whole(client, site_tree):
    title = "Endverbleibs" * 16 + "kontrollen"
    GuidePageFactory(title=title, slug="long", document_type="training")
    assert title in page(client)


@pytest.mark.parametrize(
    ("params", "titles"),
    [
        ({"stage": "licensing"}, {"Refusal letter", "Festival city"}),
        ({"stage": "licensing", "level": "1"}, {"Festival city"}),
        ({"type": "training"}, {"First course"}),
        ({"language": "fr"}, {"Ask around"}),
        ({"level": ["0", "2"], "language": "en"}, {"First course", "Refusal letter"}),
    ],
)
def test_filters_narrow_by_address(client, material, params, titles):
    html = page(client, **params)
    everything = ("First course", "Refusal letter", "Festival city", "Ask around")
    fitting = html[html.index('id="material"') :]
    assert {title for title in everything if f">{title}</a>" in fitting} == titles


@pytest.mark.parametrize(
    "params",
    [
        {"type": "law"},
        {"level": ["0", "4", "2"], "stage": ["transit", "catch-all"], "language": "ru"},
        {"audience": "prosecutor", "level": "4"},
    ],
)
def test_a_choice_with_nothing_in_it_says_so_and_offers_the_way_out(client, material, params):
    shown = soup(client, **params)
    assert "Nothing is published for this choice yet" in shown.text
    assert shown.find("a", string="Take every choice away")["href"] == f"{LEARNING}#material"


def test_an_empty_choice_suggests_the_nearest_level_first(client, material):
    html = page(client, stage="licensing", level="4")
    assert "Nothing is published for this choice yet" in html
    assert f"{LEARNING}?stage=licensing&amp;level=2#material" in html
    assert html.index("Level: Developing") < html.index("Level: Initial")
    assert f"{LEARNING}#material" in html


def test_an_unknown_term_is_told_and_a_page_beyond_the_end_is_not_found(client, material):
    assert "“moon” is not a choice under" in page(client, stage="moon")
    assert client.get(LEARNING, {"page": "2"}).status_code == 404


def test_nothing_published_says_so(client, site_tree):
    assert "Nothing is published here yet" in page(client)


def test_each_step_leads_to_its_material(client, material, site_tree):
    learning = site_tree.learning
    step = {
        "title": "Decide",
        "summary": "Give reasons.",
        "stages": ["licensing", "end-use"],
        "levels": ["2"],
    }
    learning.steps = json.dumps([{"type": "step", "value": step}])
    learning.save_revision().publish()
    html = page(client)
    assert "Give reasons." in html
    shown = BeautifulSoup(html, "html.parser")
    link = shown.find("a", string="Decide")
    listed = client.get(link["href"]).content.decode()
    assert "1 guide" in listed
    assert ">Refusal letter</a>" in listed
    assert "1 resource: Template" in shown.select_one(".path").text


def test_queries_do_not_grow_with_material(client, site_tree, django_assert_max_num_queries):
    GuidePageFactory.create_batch(5, document_type="training")
    page(client)
    with django_assert_max_num_queries(12) as few:
        page(client)
    GuidePageFactory.create_batch(35, document_type="training")
    page(client)
    with django_assert_max_num_queries(12) as many:
        page(client)
    assert len(many) == len(few)
