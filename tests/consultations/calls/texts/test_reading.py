"""A consultation is read in the reader's language as far as its texts are there."""

from dataclasses import fields

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.models import Locale, Page

from consultations.calls.models import ConsultationPage, read
from consultations.calls.texts.questions import words_of_question
from consultations.questionnaires.types import TYPES
from tests.consultations.calls.texts.builders import everything, questions, translate
from tests.consultations.factories import ConsultationPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(consultations):
    return ConsultationPageFactory(
        title="Indicators",
        questionnaire=questions(),
        background=[("paragraph", "<p>Why.</p>"), ("notice", {"tone": "info", "text": "Mind."})],
        privacy_note="Our note.",
    )


def test_everything_that_has_words_is_there_to_translate(page):
    keys = everything(page)
    first, second = (child.id for child in page.background)
    assert [
        *("title", "summary", "decided_already", "can_change", "who_decides"),
        *(f"background.{first}", f"background.{second}.text"),
        *("questions.s1.title", "questions.s1.introduction", "questions.works.text"),
        *("questions.works.options.firm", "questions.works.options.office"),
        *("questions.view.text", "questions.view.help"),
        *("questions.which.text", "questions.which.help", "questions.s2.title"),
        *("questions.useful.text", "questions.useful.options.yes", "questions.useful.options.no"),
        *("questions.useful.rows.lists", "questions.useful.rows.talks"),
        *("questions.clear.text", "questions.clear.minimum_label", "questions.clear.maximum_label"),
        "privacy_note",
    ] == list(keys)


@pytest.mark.parametrize("kind", TYPES.values(), ids=lambda kind: kind.kind)
def test_every_word_of_every_kind_of_question_can_be_translated(kind):
    question = kind.example(help="Help.")
    there = {each.text for each in words_of_question(question)}
    no_words = {"id", "number", "language"}
    for field in fields(question):
        value = getattr(question, field.name)
        if isinstance(value, str) and field.name not in no_words:
            assert value in there, field.name
        if field.name in ("options", "rows"):
            assert {option.label for option in value} <= there


def test_it_is_read_in_other_words_with_the_same_ids(page):
    shown = translate(page).in_language("fr")
    assert shown.title == "fr:Indicators"
    assert str(shown.background[0].value) == "<p>fr:Why.</p>"
    asked, original = shown.questionnaire(), page.questionnaire()
    assert [each.id for each in asked.questions] == [each.id for each in original.questions]
    assert asked.find("works").label_of("firm") == "fr:In a firm"
    assert asked.find("useful").rows[0].label == "fr:Lists"
    assert asked.find("clear").ends == [(1, "fr:Not clear"), (5, "fr:Very clear")]
    assert asked.find("which").condition == original.find("which").condition
    assert {each.language for each in asked.questions} == {""}


def test_what_is_read_cannot_be_saved(page):
    with pytest.raises(TypeError):
        translate(page).in_language("fr").save()


def test_a_question_that_is_not_whole_stays_in_the_original_and_says_so(page):
    words = everything(page)
    del words["questions.works.options.office"]
    asked = translate(page, words=words).in_language("fr").questionnaire()
    assert asked.find("works").text == "Where do you work?"
    assert asked.find("works").label_of("firm") == "In a firm"
    assert asked.find("works").language == "en"
    assert asked.find("view").text == "fr:What should weigh most?"


def test_what_translates_other_words_than_stand_there_now_is_not_shown(page):
    page = translate(page)
    page.summary = "Another summary."
    page.save_revision().publish()
    shown = ConsultationPage.objects.get(pk=page.pk).in_language("fr")
    assert shown.summary == "Another summary."
    assert shown.language_of("summary") == "en"
    assert shown.language_of("title") == "fr"


def test_a_page_without_texts_in_the_language_costs_nothing(page, django_assert_num_queries):
    page = translate(page)
    with django_assert_num_queries(0):
        assert page.in_language("ar").title == "Indicators"
    with django_assert_num_queries(1):
        assert page.in_language("fr").title == "fr:Indicators"


def test_a_list_is_read_at_once_and_long_texts_stay_unread(page, django_assert_num_queries):
    translate(page)
    translate(ConsultationPageFactory(title="Two"))
    ConsultationPageFactory(title="Three")
    pages = list(ConsultationPage.objects.readable().order_by("title"))
    with django_assert_num_queries(1):
        assert [each.title for each in read(pages, "fr")] == ["fr:Indicators", "Three", "fr:Two"]


def test_the_page_is_served_in_the_language_of_its_address(page, client):
    translate(page)
    with translation.override("fr"):
        html = client.get(page.get_url()).content.decode()
    for words in ("fr:Indicators", "<p>fr:Why.</p>", "fr:In a firm", "fr:Say who you are."):
        assert words in html
    with translation.override("en"):
        assert "fr:" not in client.get(page.get_url()).content.decode()


def test_machines_are_told_in_which_languages_it_is_there(page, client):
    page.seo_title = "For search engines"
    page.save()
    page = translate(page)
    heads = {}
    for language in ("en", "fr", "ar"):
        with translation.override(language):
            heads[language] = client.get(page.get_url()).content.decode().partition("</head>")[0]
    for head in heads.values():
        for language in ("en", "fr"):
            assert f'hreflang="{language}"' in head
        assert 'hreflang="ar"' not in head
    for language, cited in (("fr", "fr"), ("ar", "en")):
        canonical = heads[language].partition('rel="canonical" href="')[2].partition('"')[0]
        assert f"/{cited}/consultations/" in canonical
    assert "For search engines" not in heads["fr"]


def test_no_page_of_its_own_is_made_in_another_language(page):
    french = Locale.objects.get_or_create(language_code="fr")[0]
    home = page.get_parent().get_parent()
    home.copy_for_translation(french)
    page.get_parent().copy_for_translation(french)
    with pytest.raises(PermissionDenied, match="one page in every language"):
        page.copy_for_translation(french)
    before = Page.objects.count()
    with pytest.raises(PermissionDenied, match="one page in every language"):
        CopyPageForTranslationAction(page, french).execute()
    assert Page.objects.count() == before
