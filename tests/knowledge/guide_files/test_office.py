"""Guides as office files: what their readers find in them, whoever opens them."""

import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from datetime import timedelta
from pathlib import Path

import docx
import pptx
import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from lxml import etree
from python_calamine import CalamineWorkbook
from wagtail.models import PageViewRestriction

from knowledge.guide_files.formats import FORMATS, made, offered
from knowledge.guides.models import GuidePage
from portal.pdf import pango
from tests.knowledge.factories import GuidePageFactory, SourceFactory, cite

pytestmark = pytest.mark.django_db
EVIL = "evil\x00\x0b\ufffe\uffff\u202e<b>&\ud800"
WORDS = {
    "en": {
        "title": "Asking about the end user",
        "model": "Letter to [name of the authority]",
        "blank": "We ask that [item] be held.",
        "tick": "The end user is named",
        "hint": "Down to the unit",
        "caption": "Signs and questions",
        "slide": "Four questions",
        "point": "What can it do?",
        "notes": "Read them aloud.",
        "exercise": "Twenty readers",
        "question": "Which fact is missing?",
        "answer": "Who opens the telephones.",
        "outcome": "Ask four questions of any application.",
    },
    "ar": {
        "title": "السؤال عن المستخدم النهائي",
        "model": "رسالة إلى [اسم السلطة]",
        "blank": "نطلب حجز [الصنف] 4.A.5 الآن.",
        "tick": "المستخدم النهائي مذكور",
        "hint": "حتى الوحدة",
        "caption": "علامات وأسئلة",
        "slide": "أربعة أسئلة",
        "point": "ماذا يستطيع؟",
        "notes": "اقرأها بصوت عال.",
        "exercise": "عشرون قارئا",
        "question": "أي واقعة ناقصة؟",
        "answer": "من يفتح الهواتف.",
        "outcome": "اطرح أربعة أسئلة.",
    },
}


def body_of(words: dict[str, str], mark: str = "") -> str:
    """A text with each block that goes into an office file."""
    line = {"text": f"<p>{words['tick']}{mark}</p>", "hint": f"<p>{words['hint']}</p>"}
    table = {
        "columns": [
            {"type": "row_heading", "heading": "Sign"},
            {"type": "rich_text", "heading": "What to ask"},
            {"type": "number", "heading": "How many"},
        ],
        "rows": [
            {"values": ["<p>Bulk</p>", f"<p>First<br/>second{mark}</p>", "12.5"]},
            {"values": ["<p>=1+1</p>", '<p>=HYPERLINK("https://evil.example")</p>', None]},
        ],
        "caption": words["caption"],
    }
    slide = {
        "title": words["slide"],
        "minutes": 15,
        "points": f"<ul><li>{words['point']}{mark}</li><li>Second</li></ul>",
        "notes": f"<p>{words['notes']}</p>",
    }
    letter = (
        f"<p>{words['blank']}{mark}</p><p>Line<br/><b>bold</b> and <i>italic</i></p>"
        '<ol><li>one</li><li>two<ul><li>inner</li></ul></li></ol><p>between</p><ol><li>again</li></ol>'
        '<p><a href="https://elsewhere.example/">elsewhere</a></p>'
    )
    exercise = {
        "title": words["exercise"],
        "minutes": 20,
        "question": f"<p>{words['question']}</p>",
        "answer": f"<p>{words['answer']}</p>",
    }
    blocks = [
        ("outcomes", {"entries": [f"<p>{words['outcome']}</p>"]}),
        ("model_text", {"title": words["model"], "text": letter}),
        ("checklist", {"title": "Before you sign", "entries": [line, line]}),
        ("table", table),
        ("slides", {"title": "", "entries": [slide]}),
        ("exercise", exercise),
    ]
    return json.dumps([{"type": kind, "value": value} for kind, value in blocks])


def with_body(guide: GuidePage, body: str) -> GuidePage:
    guide.body = body
    guide.save()
    return GuidePage.objects.get(pk=guide.pk)


@pytest.fixture
def source(site_tree):
    return SourceFactory(key="e1", title="Regulation 821")


@pytest.fixture
def guide(source):
    guide = GuidePageFactory(
        title=WORDS["en"]["title"], slug="end-user", further=[SourceFactory(title="First work")]
    )
    return with_body(guide, body_of(WORDS["en"], cite("e1", "Art. 5(1)")))


@pytest.fixture
def arabic(source):
    guide = GuidePageFactory(title=WORDS["ar"]["title"], slug="dalil", content_language="ar")
    return with_body(guide, body_of(WORDS["ar"], cite("e1", "Art. 5(1)")))


def address(guide: GuidePage, ending: str, name: str = "") -> str:
    return reverse(f"guide_{ending}", args=[guide.slug, name or guide.slug])


def every_part(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {each.filename: archive.read(each) for each in archive.infolist()}


def words_in_word(data: bytes) -> list[str]:
    return [each.text for each in docx.Document(io.BytesIO(data)).paragraphs]


def words_in_slides(data: bytes) -> str:
    show = pptx.Presentation(io.BytesIO(data))
    return "\n".join(
        frame.text_frame.text
        for slide in show.slides
        for frame in [*slide.placeholders, *(slide.notes_slide.placeholders if slide.has_notes_slide else ())]
        if frame.has_text_frame
    )


@pytest.mark.parametrize("ending", FORMATS)
def test_each_file_is_sent_to_be_saved(client, guide, ending):
    response = client.get(address(guide, ending))
    assert response.status_code == 200
    assert response["Content-Type"] == FORMATS[ending].content_type
    assert f'attachment; filename="end-user.{ending}"' in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies


def test_the_page_offers_each_file_with_format_and_language(client, guide, monkeypatch):
    monkeypatch.setattr(pango, "is_installed", lambda: False)
    page = client.get(guide.url).content.decode()
    for ending in FORMATS:
        assert f'href="{address(guide, ending)}"' in page
        assert f"({ending.upper()}, English)" in page
    assert "A PDF of this guide" not in page


def test_a_guide_offers_what_it_has(client, site_tree):
    plain = GuidePageFactory(title="Plain")
    assert offered(plain) == []
    assert all(client.get(address(plain, ending)).status_code == 404 for ending in FORMATS)
    lesson = GuidePageFactory(title="Lesson", document_type="training")
    assert offered(lesson) == ["docx", "odt", "pptx"]
    body = json.loads(body_of(WORDS["en"]))
    assert offered(with_body(plain, json.dumps(body[2:3]))) == ["docx", "odt"]
    assert offered(with_body(plain, json.dumps(body[3:4]))) == ["xlsx"]
