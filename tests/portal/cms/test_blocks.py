"""Each block shows editors what it is, renders under the strict policy, and refuses what is bad."""

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.admin.icons import get_icons
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from portal.cms.blocks import BodyBlock, LinkBlock, contents
from portal.search.analysis.syntax import words_of

BLOCKS = BodyBlock().child_blocks


def rendered(name: str, value=None) -> BeautifulSoup:
    block = BLOCKS[name]
    value = block.get_preview_value() if value is None else block.normalize(value)
    return BeautifulSoup(block.render(value), "html.parser")


def body_of(*children):
    return BodyBlock().normalize(list(children))


@pytest.mark.parametrize("name", BLOCKS)
def test_says_what_it_is_for(name):
    block = BLOCKS[name]
    assert block.get_description()
    assert block.meta.icon
    assert block.is_previewable


@pytest.mark.parametrize("model", [each for each in apps.get_models() if issubclass(each, Page)])
def test_the_icon_of_every_block_of_a_page_is_there(model):
    streams = [each for each in model._meta.get_fields() if isinstance(each, StreamField)]
    named = {icon for stream in streams for icon in icons_of(stream.stream_block)}
    assert {icon for icon in named if f'id="icon-{icon}"' not in get_icons()} == set()


def icons_of(block):
    """The icons of a block and of all in it."""
    yield block.meta.icon
    for child in (
        *getattr(block, "child_blocks", {}).values(),
        getattr(block, "child_block", None),
    ):
        if child is not None:
            yield from icons_of(child)


@pytest.mark.django_db
@pytest.mark.parametrize("name", BLOCKS)
def test_its_sample_is_valid_and_renders_safely(name):
    block = BLOCKS[name]
    value = block.get_preview_value()
    if name not in ("figure", "document"):  # these two need a library
        block.clean(value)
    html = rendered(name)
    assert html.find() or name == "document"
    assert html.select("[style], style, script, iframe") == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in BLOCKS if name != "document"])
def test_is_found_by_nothing_that_a_reader_does_not_see(name):
    value = BLOCKS[name].get_preview_value()
    found_by = words_of(" ".join(BLOCKS[name].get_searchable_content(value)))
    assert set(found_by) <= set(words_of(rendered(name).get_text(" ")))


@pytest.mark.parametrize("name", BLOCKS)
def test_editors_see_a_preview_in_our_own_style(client, site_tree, author, name):
    client.force_login(author)
    block = type(site_tree.privacy).body.field.stream_block.child_blocks[name]
    response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert response.status_code == 200
    assert "/static/portal/portal.css" in response.content.decode()
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_no_block_takes_raw_html_or_embeds():
    names = {type(block).__name__ for block in BLOCKS.values()}
    assert names.isdisjoint({"RawHTMLBlock", "EmbedBlock"})


def test_markup_that_is_typed_stays_text():
    html = rendered(
        "quote", {"text": "<script>alert(1)</script>", "attribution": "<b>", "source": ""}
    )
    assert html.script is None
    assert "<script>alert(1)</script>" in html.text


def test_a_heading_can_be_addressed_in_every_script():
    html = rendered("heading", {"text": "حقوق الإنسان", "level": "h3"})
    assert html.h3["id"] == "حقوق-الإنسان"


def test_contents_lists_the_sections():
    body = body_of(
        ("heading", {"text": "Who asks", "level": "h2"}),
        ("heading", {"text": "In detail", "level": "h3"}),
        ("paragraph", "<p>Text</p>"),
    )
    assert contents(body) == [{"text": "Who asks", "href": "#who-asks"}]


def test_two_headings_that_read_the_same_are_refused():
    twice = ("heading", {"text": "Limits", "level": "h2"})
    with pytest.raises(ValidationError) as refused:
        BodyBlock().clean(body_of(twice, ("paragraph", "<p>Text</p>"), twice))
    assert set(refused.value.block_errors) == {0, 2}


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ({"page": None, "url": "", "text": "Nowhere"}, "page"),
        ({"page": None, "url": "https://a.example/", "text": ""}, "text"),
    ],
)
def test_a_link_that_leads_nowhere_or_says_nothing_is_refused(value, field):
    block = LinkBlock()
    with pytest.raises(ValidationError) as refused:
        block.clean(block.normalize(value))
    assert field in refused.value.block_errors


def test_a_link_to_an_unpublished_page_is_not_shown(site_tree):
    site_tree.privacy.unpublish()
    link = {"page": site_tree.privacy, "url": "", "text": ""}
    html = rendered("related_links", {"title": "Read on", "links": [link]})
    assert html.a is None


@pytest.fixture
def image(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return get_image_model().objects.create(
        title="Map",
        file=get_test_image_file(size=(1200, 900)),
        focal_point_x=100,
        focal_point_y=100,
        focal_point_width=50,
        focal_point_height=50,
    )


class TestFigure:
    def figure(self, image, crop="whole", decorative=False):
        return {
            "image": {"image": image, "alt_text": "A map of ports", "decorative": decorative},
            "caption": "Ports",
            "crop": crop,
        }

    def test_says_what_it_shows_and_keeps_its_place(self, image):
        img = rendered("figure", self.figure(image)).img
        assert img["alt"] == "A map of ports"
        assert img["width"]
        assert img["height"]

    def test_decoration_is_silent(self, image):
        assert rendered("figure", self.figure(image, decorative=True)).img["alt"] == ""

    def test_is_cut_around_its_focal_point(self, image):
        img = rendered("figure", self.figure(image, crop="wide")).img
        assert (int(img["width"]) / int(img["height"])) == pytest.approx(16 / 9, abs=0.02)

    def test_needs_words_or_the_mark_of_decoration(self, image):
        block = BLOCKS["figure"]
        value = block.normalize({**self.figure(image)})
        value["image"].contextual_alt_text = ""
        with pytest.raises(ValidationError):
            block.clean(value)


def test_a_document_shows_its_type_and_size(db, settings, tmp_path):
    from django.core.files.base import ContentFile

    settings.MEDIA_ROOT = tmp_path
    document = get_document_model().objects.create(
        title="Checklist", file=ContentFile(b"x" * 2048, "checklist.txt")
    )
    html = rendered("document", {"document": document, "title": ""})
    assert html.a.text == "Checklist"
    assert "TXT" in html.text
    assert "2.0" in html.text
