import pytest
from django.core import mail

from portal.notifications.delivery import send_due

pytestmark = pytest.mark.django_db


def sent(tell, **changes):
    tell(**changes)
    assert send_due().sent == 1
    return mail.outbox[-1]


def test_it_is_plain_text_and_nothing_is_escaped(tell):
    message = sent(tell, context={"title": "<b>“R&D”</b>", "reference": "1"})
    assert "We have received <b>“R&D”</b>." in message.body
    assert message.message().get_content_type() == "text/plain"
    assert message.attachments == []


def test_it_links_to_the_portal_and_nowhere_else(tell, settings):
    settings.BASE_URL = "https://portal.example/"
    body = sent(tell).body
    assert "https://portal.example/r/ECHRI-2026-01-0042" in body
    assert body.count("://") == body.count("https://portal.example")


def test_it_says_that_a_machine_sent_it(tell, settings):
    settings.DEFAULT_FROM_EMAIL = "The portal <portal@code.example>"
    headers = sent(tell).message()
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["From"] == "The portal <portal@code.example>"
    assert headers["Message-ID"].endswith("@code.example>")


def test_no_context_can_begin_a_header(tell):
    evil = "your answer\r\nBcc: all@people.example\n\nBuy"
    message = sent(tell, context={"title": evil, "reference": "1"})
    assert message.subject == "your answer Bcc: all@people.example Buy: Yes"
    assert message.message()["Bcc"] is None
    assert message.recipients() == ["lena@people.example"]


def test_it_is_in_the_recipients_language(tell, settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "French")]
    assert sent(tell, language="fr").subject == "your answer: Oui"


def test_a_language_that_the_portal_does_not_speak_is_answered_in_its_own(tell):
    assert sent(tell, language="fr").subject == "your answer: Yes"
