"""The index of guides: its address is its state, and every state of it is a useful page."""

import pytest

from tests.knowledge.factories import GuidePageFactory

pytestmark = pytest.mark.django_db
INDEX = "/en/guides/"


@pytest.fixture
def guides(site_tree):
    GuidePageFactory(title="Cameras at the border", stages=["enforcement"], level="1")
    GuidePageFactory(
        title="Licensing spyware",
        stages=["licensing", "end-use"],
        technologies=["intrusion-software"],
        level="3",
        sections=("The word ornithopter stands here alone",),
    )
    GuidePageFactory(title="Droit des exportations", content_language="fr", document_type="law")


def page(client, **params) -> str:
    response = client.get(INDEX, params)
    assert response.status_code == 200
    return response.content.decode()


def test_all_guides_with_what_they_are(client, guides):
    html = page(client)
    assert "3 guides" in html
    assert html.count("<h1") == 1
    assert "Binding law" in html
    assert "Level: Established" in html
    assert '<a href="/en/guides/licensing-spyware/">' in html


def test_facets_narrow_and_count(client, guides):
    html = page(client, stage="licensing")
    assert "2 guides" in html
    assert "Cameras" not in html
    # Another value of the same facet shows what it would bring; another facet what it has here.
    assert 'Enforcement and customs <span class="facets__count">(1)</span>' in html
    assert 'Intrusion software and spyware <span class="facets__count">(1)</span>' in html


@pytest.mark.parametrize(
    ("facet", "value", "title"),
    [
        ("technology", "intrusion-software", "Licensing spyware"),
        ("level", "3", "Licensing spyware"),
        ("type", "law", "Droit des exportations"),
        ("language", "fr", "Droit des exportations"),
        ("stage", "enforcement", "Cameras at the border"),
    ],
)
def test_each_facet_of_the_public_contract(client, guides, facet, value, title):
    html = page(client, **{facet: value})
    assert "1 guide" in html
    assert title in html


def test_several_values_widen_and_several_facets_narrow(client, guides):
    assert "2 guides" in page(client, level=["1", "3"], language="en")
    assert "1 guide" in page(client, level=["1", "3"], stage="end-use")


def test_chips_take_one_filter_off_and_keep_the_rest(client, guides):
    html = page(client, stage="licensing", level="3")
    assert f'href="{INDEX}?level=3"' in html
    assert f'href="{INDEX}?stage=licensing"' in html
    assert f'class="chips__clear" href="{INDEX}"' in html


def test_words_are_searched_within_the_text_of_guides(client, guides):
    html = page(client, q="ornithopter")
    assert "1 guide for “<bdi>ornithopter</bdi>”" in html
    assert 'value="ornithopter"' in html
    assert "spyware" in html


def test_a_search_keeps_its_filters_as_hidden_fields(client, guides):
    html = page(client, q="spyware", stage="licensing")
    assert '<input type="hidden" name="stage" value="licensing">' in html
    assert '<input type="hidden" name="q" value="spyware">' in html


def test_order_by_title(client, guides):
    html = page(client, sort="title")
    assert html.index("Cameras") < html.index("Droit") < html.index("Licensing spyware")


def test_an_unknown_term_is_told_and_left_out(client, guides):
    html = page(client, stage="moon", level="3")
    assert "“moon” is not a choice under “Stage of control”" in html
    assert "1 guide" in html


def test_markup_in_the_address_is_text(client, guides):
    html = page(client, stage="<script>alert(1)</script>", q="<b>bold</b>")
    assert "<script>alert" not in html
    assert "<b>bold" not in html


@pytest.mark.parametrize("number", ["2", "0", "-1", "x", "999999999999"])
def test_a_page_beyond_the_end_is_not_found(client, guides, number):
    assert client.get(INDEX, {"page": number}).status_code == 404


def test_pages_lead_to_each_other_and_keep_the_filters(client, site_tree):
    for number in range(21):
        GuidePageFactory(title=f"Guide {number:02}")
    html = page(client, stage="licensing", sort="title")
    assert "Guide 19" in html
    assert "Guide 20" not in html
    assert f"{INDEX}?sort=title&amp;stage=licensing&amp;page=2" in html
    assert "Guide 20" in page(client, stage="licensing", sort="title", page="2")


def test_nothing_found_offers_ways_on(client, guides):
    html = page(client, q="zeppelin", stage="licensing")
    assert "No guide fits" in html
    assert f'href="{INDEX}?stage=licensing"' in html
    assert f'href="{INDEX}?q=zeppelin"' in html
    assert "/en/search/?q=zeppelin" in html


def test_an_empty_index_says_so(client, site_tree):
    assert "Nothing is published here yet." in page(client)


def test_queries_do_not_grow_with_guides(client, site_tree, django_assert_max_num_queries):
    GuidePageFactory.create_batch(5)
    page(client)
    with django_assert_max_num_queries(13) as few:
        page(client)
    GuidePageFactory.create_batch(20)
    page(client)
    with django_assert_max_num_queries(13) as many:
        page(client)
    assert len(many) == len(few)
