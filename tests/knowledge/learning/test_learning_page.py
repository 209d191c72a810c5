"""Capacity building: steps that lead to material, and material gathered by stage and level."""

import json

import pytest

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


def test_material_stands_by_stage_and_level(client, material):
    html = page(client)
    assert "4 resources" in html
    assert "A statute" not in html
    order = [
        'id="stage-legislation"',
        "First course</a>",
        'id="stage-licensing"',
        "Festival city</a>",
        "Refusal letter</a>",
        'id="stage-every-stage"',
        "Ask around</a>",
    ]
    places = [html.index(each) for each in order]
    assert places == sorted(places)
    assert "Level: Starting out" in html


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
    assert {title for title in everything if f">{title}</a>" in html} == titles


def test_a_type_that_teaches_nothing_is_not_offered(client, material):
    html = page(client)
    assert 'value="training"' in html
    assert 'value="law"' not in html


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
    assert f"{LEARNING}?stage=licensing&amp;stage=end-use&amp;level=2#material" in html
    assert "Material for “Decide”" in html


def test_queries_do_not_grow_with_material(client, site_tree, django_assert_max_num_queries):
    GuidePageFactory.create_batch(5, document_type="training")
    page(client)
    with django_assert_max_num_queries(13) as few:
        page(client)
    GuidePageFactory.create_batch(35, document_type="training")
    page(client)
    with django_assert_max_num_queries(13) as many:
        page(client)
    assert len(many) == len(few)
