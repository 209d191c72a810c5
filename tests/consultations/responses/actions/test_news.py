"""Hearing of an answer by mail: off, warned of, confirmed, telling nothing, erased."""

import html
import re
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from consultations.calls.models import ConsultationPage
from consultations.moderation import actions as moderation
from consultations.responses import actions, contacts
from consultations.responses.errors import NewsAreOver, NotPermitted
from consultations.responses.models import Contact, Identity, Response, StatusEvent
from consultations.responses.notifications import NEWS, TOLD_BY_MAIL, tell
from portal.notifications.delivery import send_due
from portal.notifications.models import Confirmation, Message
from portal.notifications.rate_limits import ASKED
from portal.notifications.wire import as_bytes
from tests.consultations.moderation.building import put_in_public, put_question, screener
from tests.consultations.responses.builders import ACADEMIA, NOBODY, reachable, sent
from tests.consultations.responses.walk import Visitor
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ADDRESS = "lena@people.example"
TYPED = {"email": ADDRESS, "language": "en"}
MIDNIGHT = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
NOON = MIDNIGHT + timedelta(hours=12)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def at_a_browser(page, code) -> Visitor:
    """Whoever has the code, at the page of their answer."""
    visitor = Visitor(page)
    assert visitor.send("resume", {"code": code}).status_code == 302
    return visitor


@pytest.fixture
def nameless(page, clock):
    """A visitor with an answer without a name, and the answer."""
    response, code = sent(page)
    return at_a_browser(page, code), response


@pytest.fixture
def named(page, clock):
    """A visitor without an account who answered under a name, and the answer."""
    response, code = sent(page, identity=Identity.NAMED, details=ACADEMIA)
    return at_a_browser(page, code), response


def code_in_mail() -> str:
    send_due()
    return re.search(r"^\d{4}-\d{4}$", mail.outbox[-1].body, re.MULTILINE).group()


def turn_on(visitor) -> None:
    assert visitor.send("news", {**TYPED, "understood": "on"}).status_code == 302
    assert visitor.send("news_code", {"code": code_in_mail()}, hidden=False).status_code == 302
    assert Contact.objects.exists()
    mail.outbox.clear()


# -- without a name --------------------------------------------------------------------------------


def test_mail_is_off_and_what_it_gives_away_is_said_first(nameless):
    visitor, _response = nameless
    shown = visitor.text("news")
    assert "Mail is off" in shown
    warning = shown.index("what a mail tells others")
    for words in ("hidden lines", "Your mail provider", "its time shows", "can compel"):
        assert shown.index(words) > warning
        assert shown.index(words) < shown.index('name="email"')
    assert 'autocomplete="email"' not in shown
    assert not Contact.objects.exists()


def test_without_having_read_it_nothing_is_sent(nameless):
    visitor, _response = nameless
    answer = visitor.send("news", TYPED)
    assert answer.status_code == 422
    assert ADDRESS in answer.content.decode()
    send_due()
    assert mail.outbox == []


# Whatever of it stood in a mailbox would say what its owner did.
def telling(response, code=""):
    page = response.consultation
    of_page = (page.title, page.slug, page.docket, str(page.host))
    words = ("Code in Practice", "code-in-practice", "consultation", "answer", "response", "://")
    return [*of_page, *words, response.reference, response.number, *([code] if code else [])]


def require_neutral(message, response):
    """Neither the headers nor the text of a mail tells what it is about."""
    raw = as_bytes(message).decode().lower()
    for words in telling(response):
        assert words.lower() not in raw, words
    headers = {name.lower() for name in message.message()}
    mime = {"content-type", "mime-version", "content-transfer-encoding"}
    assert headers - mime == {"subject", "from", "to", "date", "auto-submitted", "message-id"}


@pytest.fixture(autouse=True)
def neutral_sender(settings):
    settings.NEUTRAL_FROM_EMAIL = "news@post.example"


def test_the_mail_with_the_code_tells_nothing(nameless):
    visitor, response = nameless
    visitor.send("news", {**TYPED, "understood": "on"})
    code_in_mail()
    (message,) = mail.outbox
    assert message.from_email == "news@post.example"
    require_neutral(message, response)
    assert "do nothing" in message.body


@pytest.mark.parametrize("kind", NEWS)
def test_the_mail_with_news_tells_nothing(page, clock, kind):
    response, _code = sent(page, view="Secret words.")
    reachable(response)
    tell(response, kind, "Secret question?", at=timezone.now())
    clock.shift(timedelta(days=1))
    send_due()
    (message,) = mail.outbox
    require_neutral(message, response)
    assert message.subject == "News"
    assert message.body == "There is news. Look where you looked before.\n"
    assert not Message.objects.exists(), "nothing tells that there was one"


def test_of_what_they_did_themselves_nobody_nameless_is_told(page, clock):
    response = reachable(sent(page)[0])
    for kind in set(StatusEvent.Kind) - set(NEWS):
        tell(response, kind, at=timezone.now())
    assert not Message.objects.exists()


def test_news_goes_once_a_day_when_the_day_is_over(page, clock):
    response = reachable(sent(page)[0])
    by = screener()
    put_question(response=response, by=by, question="Which court?")
    moderation.accept(response=response, by=by, handling="public", reason="within-rules")
    send_due()
    assert mail.outbox == []
    clock.move_to(MIDNIGHT + timedelta(days=1, seconds=1))
    send_due()
    assert len(mail.outbox) == 1
    put_in_public(response, by=by)
    send_due()
    clock.shift(timedelta(days=1))
    send_due()
    assert len(mail.outbox) == 2


def test_it_is_in_the_language_that_was_chosen_and_not_in_the_answers(page, clock, settings):
    languages = [("en", "English"), ("fr", "Français")]
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = languages
    _response, code = sent(page, details={**ACADEMIA, "name": "", "language": "ru"})
    shown = at_a_browser(page, code).text("news")
    assert re.search(r'<option value="en"\s+selected', shown)
    assert '<option value="fr"' in shown
    assert '<option value="ru"' not in shown


def test_an_account_in_hand_suggests_and_proves_no_address_without_a_name(page, clock, member):
    _response, code = sent(page)
    visitor = at_a_browser(page, code)
    visitor.client.force_login(member)
    assert member.email not in visitor.text("news")
    typed = {**TYPED, "email": member.email, "understood": "on"}
    assert visitor.send("news", typed).status_code == 302
    assert not Contact.objects.exists()
    assert "code" in visitor.text("news")


def test_withdrawn_nothing_more_is_sent(page, clock):
    response = reachable(sent(page)[0])
    tell(response, StatusEvent.Kind.ACCEPTED, at=timezone.now())
    actions.withdraw_response(response=response, by=NOBODY)
    clock.shift(timedelta(days=1))
    send_due()
    assert mail.outbox == []
    assert not Contact.objects.exists()
    assert not Message.objects.exists()


# -- the code --------------------------------------------------------------------------------------


def test_nothing_but_the_code_is_sent_before_it_is_typed(nameless):
    visitor, response = nameless
    visitor.send("news", {**TYPED, "understood": "on"})
    send_due()
    for kind in TOLD_BY_MAIL:
        tell(response, kind, at=timezone.now())
    send_due()
    assert len(mail.outbox) == 1
    assert not Contact.objects.exists()


def test_a_wrong_code_is_said_and_the_right_one_still_counts(nameless):
    visitor, _response = nameless
    visitor.send("news", {**TYPED, "understood": "on"})
    right = code_in_mail()
    answer = visitor.send("news_code", {"code": "0000-0001", "email": ADDRESS}, hidden=False)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "This code is not right. Type the newest one" in shown
    assert 'value="0000-0001"' in shown
    assert ADDRESS in shown
    assert visitor.send("news_code", {"code": right}, hidden=False).status_code == 302
    assert "Mail is on" in visitor.text("news")
    assert ADDRESS not in visitor.text("news"), "the page shows nobody where it goes"


def test_a_code_typed_too_late_leaves_the_address_typed(nameless, clock):
    visitor, _response = nameless
    visitor.send("news", {**TYPED, "understood": "on"})
    code = code_in_mail()
    clock.shift(timedelta(hours=1))
    send_due()
    answer = visitor.send("news_code", {"code": code, **TYPED}, hidden=False)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "The code no longer works" in shown
    assert f'value="{ADDRESS}"' in shown
    assert not Contact.objects.exists()


def test_what_is_no_code_costs_no_try(nameless):
    visitor, _response = nameless
    visitor.send("news", {**TYPED, "understood": "on"})
    for _try in range(8):
        answer = visitor.send("news_code", {"code": "12-34"}, hidden=False)
        assert "you typed 4" in answer.content.decode()
    assert Confirmation.objects.get().tries == 0


def test_an_address_beyond_ascii_is_told_what_is_wrong_with_it(nameless):
    visitor, _response = nameless
    answer = visitor.send("news", {**TYPED, "email": "елена@люди.example", "understood": "on"})
    assert answer.status_code == 422
    shown = html.unescape(answer.content.decode())
    assert "letters a to z" in shown
    assert "елена@люди.example" in shown
    assert re.search(r'name="understood"[^>]*checked', shown)


def test_an_address_can_be_changed_before_it_is_confirmed(nameless):
    visitor, _response = nameless
    visitor.send("news", {**TYPED, "understood": "on"})
    first = code_in_mail()
    assert f'value="{ADDRESS}"' in visitor.text("news", query="?another=1")
    visitor.send("news", {**TYPED, "email": "ada@people.example", "understood": "on"})
    code_in_mail()
    assert visitor.send("news_code", {"code": first}, hidden=False).status_code == 422
    assert mail.outbox[-1].to == ["ada@people.example"]


def test_all_addresses_look_alike_to_whoever_types_them(page, clock):
    """An address in use, one that has had three codes today, one never seen: the same pages."""
    used, other = sent(page)[0], sent(page)[0]
    reachable(used, "used@people.example")
    for _time in range(3):
        ask = {"address": "full@people.example", "language": "en"}
        actions.ask_for_news(response=other, by=NOBODY, **ask)
        send_due()
    seen = set()
    for address in ("used@people.example", "full@people.example", "new@people.example"):
        _response, code = sent(page)
        visitor = at_a_browser(page, code)
        answer = visitor.send("news", {"email": address, "language": "en", "understood": "on"})
        shown = visitor.text("news").replace(address, "")
        shown = re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", shown)
        seen.add((answer.status_code, answer.url, shown))
    assert len(seen) == 1


def test_too_many_requests_wait_and_lose_nothing(nameless):
    visitor, _response = nameless
    for number in range(ASKED.most):
        typed = {"email": f"p{number}@people.example", "language": "en", "understood": "on"}
        visitor.send("news", typed)
    answer = visitor.send("news", {**TYPED, "understood": "on"})
    assert answer.status_code == 429
    assert "Your turn comes in" in answer.content.decode()
    assert f'value="{ADDRESS}"' in answer.content.decode()


def test_a_forged_form_sends_nothing_and_keeps_what_was_typed(page, clock):
    from django.test import Client

    _response, code = sent(page)
    visitor = Visitor(page, Client(enforce_csrf_checks=True))
    visitor.client.cookies = at_a_browser(page, code).client.cookies
    for name, typed in (("news", {**TYPED, "understood": "on"}), ("news_code", {"code": "1"})):
        answer = visitor.client.post(visitor.at(name), typed)
        assert answer.status_code == 403
        assert next(iter(typed.values())) in answer.content.decode()
    visitor.client.post(visitor.at("news_stop"))
    send_due()
    assert mail.outbox == []


def test_strangers_are_led_to_the_code(page, client):
    for name in ("news", "news_code", "news_stop"):
        address = reverse(f"responses:{name}", args=[page.slug])
        for answer in (client.get(address), client.post(address, TYPED)):
            assert answer.status_code == 302
            assert answer.url.endswith("/resume/")


# -- under a name ----------------------------------------------------------------------------------


def test_under_a_name_the_first_mail_says_that_the_answer_is_in(named, settings):
    visitor, response = named
    visitor.send("news", TYPED)
    code_in_mail()
    assert response.reference not in mail.outbox[0].body
    assert response.consultation.title not in mail.outbox[0].body
    visitor.send("news_code", {"code": code_in_mail()}, hidden=False)
    send_due()
    message = mail.outbox[-1]
    assert message.from_email == settings.DEFAULT_FROM_EMAIL
    assert response.consultation.title in message.subject
    assert response.reference in message.body
    assert f"/en/consultations/{visitor.page.slug}/respond/status/" in message.body


@pytest.mark.parametrize("kind", TOLD_BY_MAIL)
def test_mail_holds_neither_answer_nor_code(page, clock, kind):
    response, code = sent(page, identity=Identity.NAMED, details=ACADEMIA, view="Secret words.")
    reachable(response)
    tell(response, kind, "Secret question?", at=timezone.now())
    assert "Secret" not in str(Message.objects.values())
    send_due()
    (message,) = mail.outbox
    assert response.reference in message.body
    for kept_out in ("Secret", code, code.replace("-", "")):
        assert kept_out not in message.subject + message.body


def test_an_address_that_the_account_has_confirmed_needs_no_code(page, clock, member):
    response, _code = sent(page, by=member, identity=Identity.NAMED, details=ACADEMIA)
    visitor = Visitor(page)
    visitor.client.force_login(member)
    query = f"?of={response.reference}"
    assert f'value="{member.email}"' in visitor.text("news", query=query)
    answer = visitor.send("news", {"email": member.email.upper(), "language": "en"}, query=query)
    assert answer.status_code == 302
    assert contacts.readable(response).address.lower() == member.email
    send_due()
    assert [message.subject for message in mail.outbox] == [
        f"We have received your response: {page.title}"
    ]


def test_an_address_that_it_has_not_confirmed_does(page, clock, member):
    member.emailaddress_set.update(verified=False)
    response, _code = sent(page, by=member, identity=Identity.NAMED, details=ACADEMIA)
    ask = {"address": member.email, "language": "en"}
    assert actions.ask_for_news(response=response, by=member, **ask) is False
    assert not Contact.objects.exists()


def test_only_who_answers_for_it_says_where_news_goes(page, clock, member):
    response, _code = sent(page, by=member, identity=Identity.NAMED, details=ACADEMIA)
    for stranger in (NOBODY, UserFactory()):
        ask = {"address": ADDRESS, "language": "en"}
        with pytest.raises(NotPermitted):
            actions.ask_for_news(response=response, by=stranger, **ask)
        with pytest.raises(NotPermitted):
            actions.confirm_address(response=response, by=stranger, code="12345678")
        with pytest.raises(NotPermitted):
            actions.stop_news(response=response, by=stranger)


# -- the end of it ---------------------------------------------------------------------------------


def test_turned_off_the_address_is_erased_with_what_waits(nameless, clock):
    visitor, response = nameless
    turn_on(visitor)
    tell(response, StatusEvent.Kind.ACCEPTED, at=timezone.now())
    assert visitor.client.post(visitor.at("news_stop")).status_code == 302
    assert not Contact.objects.exists()
    assert not Message.objects.exists()
    assert "Mail is off" in visitor.text("news")
    clock.shift(timedelta(days=1))
    send_due()
    assert mail.outbox == []


ENDS = [
    ({"outcome_published_at": NOON, "outcome_summary": "Done."}, "outcome is published"),
    ({"cancelled_at": NOON, "cancel_reason": "No."}, "was cancelled"),
    ({}, "Two years have passed"),
]


@pytest.mark.parametrize(("end", "why"), ENDS)
@pytest.mark.parametrize("identity", [Identity.ANONYMOUS, Identity.NAMED])
def test_with_the_outcome_the_address_is_erased_and_it_is_said(page, clock, end, why, identity):
    details = ACADEMIA if identity == Identity.NAMED else {**ACADEMIA, "name": ""}
    response, code = sent(page, identity=identity, details=details)
    reachable(response)
    call_command("erase_old_contacts", stdout=StringIO())
    assert Contact.objects.exists()
    closed = NOON - timedelta(days=1 if end else 731)
    ConsultationPage.objects.update(closes_at=closed, **end)
    output = StringIO()
    for _time in range(2):
        call_command("erase_old_contacts", stdout=output)
    assert output.getvalue().splitlines() == [
        "1 addresses of submitters erased.",
        "0 confirmations of signatories erased.",
        "0 addresses of submitters erased.",
        "0 confirmations of signatories erased.",
    ]
    assert not Contact.objects.exists()
    clock.shift(timedelta(days=1))
    send_due()
    (message,) = mail.outbox
    if identity == Identity.NAMED:
        assert "last message" in message.body
        assert why.split()[0].lower() in message.body.lower()
    else:
        assert message.body == "There is news. Look where you looked before.\n"
    visitor = at_a_browser(page, code)
    assert why in visitor.text("status")
    assert "we keep no address of yours" in visitor.text("news")
    ask = {"address": ADDRESS, "language": "en"}
    with pytest.raises(NewsAreOver):
        actions.ask_for_news(response=Response.objects.get(), by=NOBODY, **ask)


def test_who_has_left_no_address_gets_no_event_at_the_end(page, clock):
    response, _code = sent(page)
    ConsultationPage.objects.update(closes_at=NOON - timedelta(days=1), outcome_published_at=NOON)
    assert actions.erase_old_contacts(at=NOON) == 0
    assert response.events.count() == 1


def test_a_named_answer_withdrawn_is_told_once_more(page, clock):
    response, _code = sent(page, identity=Identity.NAMED, details=ACADEMIA)
    reachable(response)
    actions.withdraw_response(response=response, by=NOBODY)
    assert not Contact.objects.exists()
    send_due()
    (message,) = mail.outbox
    assert "This is the last message: your address is erased." in message.body
