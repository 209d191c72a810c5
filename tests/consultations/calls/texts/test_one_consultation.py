"""Whatever language people read it in: one list of answers, one count, one export."""

import csv
import io

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from consultations.discussion.models import Comment
from consultations.moderation.actions import accept, publish_accepted
from consultations.moderation.policy import Reason
from consultations.publication.models import PublicCopy
from consultations.responses.models import Handling, Response
from tests.consultations.calls.texts.builders import everything, translate
from tests.consultations.factories import close, comment_on
from tests.consultations.responses.builders import consultation_that_asks
from tests.consultations.responses.walk import Visitor
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "fr", "es", "ru", "ar")


@pytest.fixture
def page(consultations):
    """Open since ten days ago; in three more languages, of which one lacks a question."""
    page = consultation_that_asks(title="Indicators")
    for language in ("fr", "es", "ar"):
        words = everything(page, language)
        if language == "es":
            del words["questions.view.text"]
        page = translate(page, language, words)
    return page


def answer_in(page, language):
    """Answer as somebody who reads the portal in a language, and return what they were shown."""
    with translation.override(language):
        visitor = Visitor(page)
        visitor.begin(
            "named", name=f"Person {language}", submitter_type="academia", language=language
        )
        seen = visitor.text("part", 2)
        visitor.answer_all(view=f"Said in {language}")
        seen += visitor.text("check")
        assert visitor.submit().status_code == 302
        return seen + visitor.text("sent") + visitor.text("status")


def test_five_people_answer_in_five_languages(page, client):
    seen = {language: answer_in(page, language) for language in LANGUAGES}
    assert "fr:What should weigh most?" in seen["fr"]
    assert "ar:What should weigh most?" in seen["ar"]
    assert "es:What should weigh most?" not in seen["es"]
    assert '<span lang="en" dir="ltr">What should weigh most?</span>' in seen["es"]
    assert '<span lang="en" dir="ltr">What should weigh most?</span>' in seen["ru"]
    assert "What should weigh most?" in seen["en"]
    assert {each.consultation_id for each in Response.objects.all()} == {page.pk}

    moderator = UserFactory(role="Moderators")
    for response in Response.objects.all():
        accept(
            response=response, by=moderator, handling=Handling.PUBLIC, reason=Reason.WITHIN_RULES
        )
    close(page)
    publish_accepted(consultation=page, by=moderator)
    assert PublicCopy.objects.published().of(page).count() == 5

    for language in LANGUAGES:
        with translation.override(language):
            html = client.get(reverse("publication:index", args=[page.slug])).content.decode()
        assert all(f"Person {each}" in html for each in LANGUAGES)
    with translation.override("ar"):
        answer = client.get(reverse("publication:index", args=[page.slug]), {"question": "2"})
        assert "ar:What should weigh most?" in answer.content.decode()
    with translation.override("en"):
        address = reverse("publication:export", args=[page.slug, "csv"])
        content = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert sorted(row["Language"] for row in rows) == sorted(LANGUAGES)
    call_command("verify_record", verbosity=0)


def test_comments_made_under_every_language_are_one_list(page, client):
    for language in LANGUAGES:
        comment_on(page, body=f"Written in {language}", language=language)
    for language in LANGUAGES:
        with translation.override(language):
            html = client.get(reverse("discussion:thread", args=[page.slug])).content.decode()
        assert all(f"Written in {each}" in html for each in LANGUAGES)
    assert Comment.objects.count() == 5


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_lists_shelves_feeds_and_mail_name_it_in_the_reader_s_language(page, client, language):
    title = f"{language}:Indicators"
    with translation.override(language):
        assert title in client.get(page.get_parent().specific.get_url()).content.decode()
        assert (
            title in client.get(reverse("follow_consultation", args=[page.slug])).content.decode()
        )
        assert title in client.get(reverse("responses:start", args=[page.slug])).content.decode()
    for name, args in (("consultations_feed", []), ("consultation_feed", [page.slug])):
        feed = client.get(f"{reverse(name, args=args)}?lang={language}").content.decode()
        assert title in feed
        assert title not in client.get(reverse(name, args=args)).content.decode()
