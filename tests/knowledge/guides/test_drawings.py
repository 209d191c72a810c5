"""The library's drawings say in words what they show, in each language, and run as it runs."""

import re
from xml.etree import ElementTree

import pytest
from django.conf import settings

from knowledge.guide_files.formats.content import lesson
from knowledge.guide_files.printable import drawing_at, printable
from knowledge.guide_files.rendering import html_of
from knowledge.guides.blocks import GuideBodyBlock, drawings
from tests.knowledge.factories import GuidePageFactory

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.mark.parametrize("name", drawings.names())
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_is_whole_in_each_language(name, language):
    drawn = drawings.drawing(name, language)
    assert drawn.language == language
    assert drawn.title
    assert drawn.description
    assert "{{" not in drawn.svg
    root = ElementTree.fromstring(drawn.svg)  # noqa: S314 - ours
    assert root.attrib["role"] == "img"
    said = [each.text for each in root if each.tag.endswith(("title", "desc"))]
    assert said == [drawn.title, drawn.description]
    assert ('direction="rtl"' in drawn.svg) is (language == "ar")


def test_from_right_to_left_places_are_mirrored_and_words_are_not_turned():
    left, right = (drawings.drawing("way-of-a-file", language).svg for language in ("en", "ar"))
    places = [re.findall(r'<tspan x="([\d.]+)"', svg) for svg in (left, right)]
    assert [360 - float(each) for each in places[0]] == [float(each) for each in places[1]]
    assert right.count("scale(-1 1)") == 1


def test_in_a_language_that_it_lacks_it_is_in_english_and_says_so(site_tree, client):
    guide = GuidePageFactory(content_language="de")
    guide.body.append(("drawing", {"drawing": "way-of-a-file"}))
    guide.save_revision().publish()
    html = client.get(guide.url).content.decode()
    assert '<figure class="drawing" lang="en" dir="ltr">' in html


def test_one_that_left_the_library_leaves_no_hole(site_tree, client):
    guide = GuidePageFactory()
    guide.body.append(("drawing", {"drawing": "no-such-drawing"}))
    guide.save_revision().publish()
    answer = client.get(guide.url)
    assert answer.status_code == 200
    assert "<figure" not in answer.content.decode()


def test_the_block_offers_each_by_its_title():
    offered = dict(GuideBodyBlock().child_blocks["drawing"].child_blocks["drawing"].field.choices)
    assert offered["way-of-a-file"] == "The way of a file"


def test_on_paper_it_is_a_picture_with_its_text():
    drawn = drawings.drawing("way-of-a-file", "ru")
    paper = printable(f"<figure>{drawn.svg}</figure>")
    assert "<svg" not in paper
    address = re.search(r'src="([^"]+)"', paper)[1]
    assert drawn.description in paper.replace("&#13;", "")
    written = drawing_at(address).decode()
    ElementTree.fromstring(written)  # noqa: S314 - ours
    assert "currentColor" not in written
    assert "var(" not in written
    assert 'viewBox="0 0 360 700"' in written
    assert drawing_at("https://www.example.org/x.svg") is None


def test_on_paper_from_right_to_left_its_words_stand_in_its_place(site_tree):
    guide = GuidePageFactory(content_language="ar")
    guide.body.append(("drawing", {"drawing": "way-of-a-file"}))
    guide.save_revision().publish()
    paper = html_of(type(guide).objects.get(pk=guide.pk))
    assert "<svg" not in paper
    assert "data:image" not in paper
    assert drawings.drawing("way-of-a-file", "ar").description in paper


def test_in_an_office_file_its_words_stand_in_its_place(site_tree):
    guide = GuidePageFactory(document_type="training")
    guide.body = [
        ("heading", {"text": "The way", "level": "h2"}),
        ("drawing", {"drawing": "way-of-a-file"}),
    ]
    (slide,) = lesson(guide, {})
    said = " ".join(each.words for each in slide.handout)
    assert drawings.drawing("way-of-a-file", "en").description in said
