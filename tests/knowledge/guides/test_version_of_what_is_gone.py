"""A version is shown also where what it names is gone."""

import json

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from tests.knowledge.factories import GuidePageFactory
from tests.knowledge.guides.test_versions import publish, soup, text

pytestmark = pytest.mark.django_db


def test_a_version_whose_picture_document_and_page_are_gone_is_shown(client, site_tree):
    picture = get_image_model().objects.create(title="P", file=get_test_image_file())
    document = get_document_model().objects.create(
        title="Form", file=ContentFile(b"one", name="form.txt")
    )
    other = GuidePageFactory(title="Elsewhere")
    image = {"image": picture.pk, "decorative": False, "alt_text": "Alt"}
    link = f'<a linktype="page" id="{other.pk}">See</a>'
    body = [
        {"type": "figure", "value": {"image": image, "caption": "Shown", "crop": "whole"}},
        {"type": "document", "value": {"document": document.pk, "title": "It"}},
        {
            "type": "related_links",
            "value": {
                "title": "Related",
                "links": [{"type": "item", "value": {"page": other.pk, "url": "", "text": ""}}],
            },
        },
        {"type": "paragraph", "value": f"<p>Words {link}</p>"},
        {
            "type": "table",
            "value": {
                "columns": [{"type": "number", "heading": "N"}],
                "rows": [{"values": ["1.50"]}],
                "caption": "C",
            },
        },
    ]
    guide = GuidePageFactory(slug="gone", live=False)
    guide = publish(guide, body=json.dumps(body))
    assert "Shown" in text(soup(client, "/en/guides/gone/versions/1/").main)
    publish(guide, body=json.dumps(body[3:4]), change_note="Shorter")
    for thing in (picture, document, other):
        thing.delete()
    page = text(soup(client, "/en/guides/gone/versions/1/").main)
    assert "Shown" in page
    assert "Words See" in page
    page = text(soup(client, "/en/guides/gone/versions/compare/?from=1&to=2").main)
    assert "Shown" in page
