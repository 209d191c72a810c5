"""A form taken away in any language comes back as the same answers."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from consultations.responses.offline import parsing
from consultations.responses.offline.uploads import text_of
from portal.pdf import pango
from tests.consultations.calls.texts.builders import everything, questions, translate
from tests.consultations.factories import ConsultationPageFactory
from tests.consultations.responses.filled import WHO, filled_pdf, tick, write

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "fr", "es", "ru", "ar")
ANSWERS = {
    "works": {"choice": "firm", "other": ""},
    "view": "الهدف قبل كل شيء",
    "which": "Lens Works",
    "useful": {"lists": "no", "talks": "yes"},
    "clear": 4,
}


@pytest.fixture
def page(consultations):
    """Asked in English, there in Arabic and French, in the others not."""
    page = ConsultationPageFactory(title="Indicators", questionnaire=questions())
    for language in ("ar", "fr"):
        page = translate(page, language)
    return page


def taken(page, client, language, name):
    with translation.override(language):
        return client.get(reverse(f"calls:{name}", args=[page.slug]))


def filled(form):
    for name, letter in WHO.items():
        form = tick(form, name, f"{letter}.")
    form = tick(form, "1", "a.")
    form = write(form, "2", ANSWERS["view"])
    form = write(form, "3", ANSWERS["which"])
    form = tick(tick(form, "4", "1b."), "4", "2a.")
    return tick(form, "5", "4")


def answers_in(reading):
    return {key: answer["value"] for key, answer in reading.answers.items()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("read_in", ["en", "ar"])
def test_the_form_as_text_is_read_back_whatever_language_it_is_sent_in(
    page, client, language, read_in
):
    form = taken(page, client, language, "form_text").content.decode("utf-8-sig")
    words = {"ar": "ar:Where do you work?", "fr": "fr:Where do you work?"}
    assert words.get(language, "1. Where do you work?") in form
    with translation.override(read_in):
        reading = parsing.read(filled(form), page.in_language())
    assert answers_in(reading) == ANSWERS
    assert reading.notes == []


@pytest.mark.skipif(not pango.is_installed(), reason="needs Pango")
@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_form_as_a_pdf_is_read_back_the_same(page, client, language):
    content = taken(page, client, language, "form_pdf").content
    fields = PdfReader(io.BytesIO(content)).get_fields()
    typed = {
        **{"identity-c": "/on", "submitter_type-a": "/on", "language-a": "/on"},
        **{"q1-a": "/on", "q2": ANSWERS["view"], "q3": ANSWERS["which"]},
        **{"q4-2-lists": "/on", "q4-1-talks": "/on", "q5-4": "/on"},
    }
    assert typed.keys() <= fields.keys()
    file = SimpleUploadedFile("form.pdf", filled_pdf(content, typed))
    with translation.override("fr"):
        shown = page.in_language()
        assert answers_in(parsing.read(text_of(file, shown), shown)) == ANSWERS


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_to_print_and_the_calendar_are_in_the_language_of_the_address(
    page, client, language
):
    title = {"ar": "ar:Indicators", "fr": "fr:Indicators"}.get(language, "Indicators")
    html = taken(page, client, language, "form").content.decode()
    assert f">{title}</h1>" in html
    assert title in taken(page, client, language, "calendar").content.decode()
    if language in ("es", "ru"):
        assert '<h1 class="govuk-heading-xl" lang="en" dir="ltr">' in html


def test_what_a_form_says_of_itself_in_any_language_is_not_taken_for_an_answer(page, client):
    form = taken(page, client, "ar", "form_text").content.decode("utf-8-sig")
    reading = parsing.read(f"{filled(form)}\r\nAn afterthought.\r\n", page)
    (note,) = reading.notes
    assert "An afterthought." in note["text"]
    assert everything(page, "ar")["title"] not in note["text"]
