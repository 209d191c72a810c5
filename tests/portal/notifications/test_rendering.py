import dataclasses

import pytest
from django.core import mail

from portal.notifications import registry
from portal.notifications.delivery import send_due
from portal.notifications.models import Message, State

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
    assert sent(tell, language="pt").subject == "your answer: Yes"


@pytest.fixture
def preparing(monkeypatch, kind):
    """Let the kind prepare its context at the moment of sending, by a function."""

    def preparing(prepare) -> None:
        prepared = dataclasses.replace(kind, prepare=prepare)
        monkeypatch.setitem(registry._kinds, kind.key, prepared)

    return preparing


def test_a_kind_may_say_at_the_last_moment_what_stands_in_it(tell, preparing):
    preparing(lambda context: {"title": f"answer {context['pk']}", "reference": "1"})
    message = sent(tell, context={"pk": 17})
    assert message.subject == "answer 17: Yes"
    assert "We have received answer 17." in message.body


def test_where_nothing_is_left_to_say_nothing_is_sent_and_nothing_is_kept(tell, preparing):
    preparing(lambda context: None)
    tell()
    assert send_due().sent == 1
    assert mail.outbox == []
    message = Message.objects.get()
    assert (message.state, message.sealed) == (State.SENT, None)


def test_mail_programs_are_told_how_to_stop_what_can_be_stopped(tell, preparing, settings):
    settings.BASE_URL = "https://portal.example/"
    preparing(lambda context: {**context, "unsubscribe": "/en/stop/?of=1:x"})
    headers = sent(tell).message()
    assert headers["List-Unsubscribe"] == "<https://portal.example/en/stop/?of=1:x>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_what_cannot_be_stopped_does_not_say_so(tell):
    assert sent(tell).message()["List-Unsubscribe"] is None
