"""
Every mail there is, read by a strict parser as it goes out over a real SMTP server.

In a language beyond ASCII: Django's own wire format begins such a subject with an empty line.
"""

import email
import re
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from email.policy import default as default_policy
from email.utils import parsedate_to_datetime
from pathlib import Path

import allauth
import pytest
import time_machine
from allauth.account.adapter import get_adapter
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django.utils.translation import trans_real

from consultations.calls.actions import extend_consultation
from consultations.discussion.notifications import COMMENT_MODERATED
from consultations.following.actions import follow_as_member
from consultations.following.news import tell_followers
from consultations.following.notifications import KIND as FOLLOWED
from consultations.moderation.notifications import DISPUTE_DECIDED
from consultations.responses.models import Identity
from consultations.responses.notifications import TOLD_BY_MAIL, tell
from consultations.responses.signatories.notifications import SENT_BACK, TO_SIGN
from knowledge.fact_checks import notifications as fact_checks
from knowledge.fact_checks.models import Expert
from knowledge.fact_checks.notifications import take_mail_back
from knowledge.guides.actions import ask_to_verify, remind_of_reviews
from knowledge.guides.models import Owner
from knowledge.guides.notifications import MAILBOX, REVIEWS
from portal.notifications import confirmations, neutral, registry
from portal.notifications.actions import notify
from portal.notifications.delivery import backlog, send_due
from portal.stakeholders import notifications as accounts
from portal.stakeholders.roles import EDITOR
from tests.consultations.responses.builders import (
    ACADEMIA,
    consultation_that_asks,
    reachable,
    sent,
)
from tests.factories import UserFactory
from tests.knowledge.fact_checks.building import asked, opened
from tests.knowledge.factories import GuidePageFactory
from tests.portal.notifications.conftest import mail_server
from tests.portal.notifications.test_wire import STRICT, TITLES, require_well_made
from tests.portal.saved_searches.factories import saved
from tests.portal.search.factories import put_card

__all__ = ["mail_server"]
pytestmark = pytest.mark.django_db

MACHINE = "telling-machine.lan"
TITLE = "رقابة الصادرات: " + "Überwachung und Menschenrechte " * 7
ADDRESS = "lena@people.example"
TEMPLATES = Path(allauth.__file__).parent / "templates"
# Every mail that the parts of allauth in use can write.
OF_ALLAUTH = sorted(
    f"{part}/email/{found.name.removesuffix('_message.txt')}"
    for part in ("account", "mfa")
    for found in (TEMPLATES / part / "email").glob("*_message.txt")
    if not found.name.startswith("base_")
)


def foreign(text: str) -> str:
    """What a translation beyond ASCII looks like to a mail, placeholders kept."""
    return f"Сообщение портала: {text} «конец»" if text.strip() else text


@pytest.fixture(autouse=True)
def in_another_language(monkeypatch):
    """Everything that is marked for translation comes back beyond ASCII."""
    plural = lambda self, one, many, number: foreign(one if number == 1 else many)  # noqa: E731
    for name, translate in {
        "gettext": lambda self, text: foreign(text),
        "pgettext": lambda self, context, text: foreign(text),
        "ngettext": plural,
    }.items():
        monkeypatch.setattr(trans_real.DjangoTranslation, name, translate, raising=False)


@pytest.fixture(autouse=True)
def senders(settings, monkeypatch):
    settings.DEFAULT_FROM_EMAIL = "Портал консультаций <portal@code.example>"
    settings.NEUTRAL_FROM_EMAIL = "news@post.example"
    monkeypatch.setattr(socket, "getfqdn", lambda *_: MACHINE)
    monkeypatch.setattr(socket, "gethostname", lambda: MACHINE)
    monkeypatch.setattr("django.core.mail.utils.DNS_NAME._fqdn", MACHINE, raising=False)


@pytest.fixture
def page(site_tree):
    return consultation_that_asks(title=TITLE, slug="signs")


@pytest.fixture
def told(page, member, rf):
    """By key of a kind, what has such a mail written down."""

    def response(kind) -> Callable[[], None]:
        def write():
            found = sent(page, identity=Identity.NAMED, details=ACADEMIA)[0]
            tell(reachable(found, ADDRESS), kind, "Words of staff.", at=timezone.now())

        return write

    def code(purpose, **kind) -> Callable[[], None]:
        ask = {"address": ADDRESS, "language": "en", **kind}
        return lambda: confirmations.ask_for_code(purpose=purpose, **ask)

    def plain(key, **context) -> Callable[[], None]:
        return lambda: notify(key, to=ADDRESS, language="en", context=context, once=key)

    def digest():
        with time_machine.travel(datetime(2026, 11, 24, 12, 0, tzinfo=UTC), tick=False) as clock:
            saved(member, name=TITLE[:100])
            clock.shift(60)
            put_card(f"Surveillance: {TITLE}")
            clock.move_to(datetime(2026, 11, 25, 12, 0, tzinfo=UTC))
            call_command("send_search_digests", verbosity=0)

    def followed():
        follow_as_member(page=page, by=UserFactory(email=ADDRESS), language="en")
        extend_consultation(
            consultation=page,
            by=UserFactory(role=EDITOR),
            closes_at=page.closes_at + timezone.timedelta(days=7),
            reason="Праздники: " + TITLE,
        )
        tell_followers(at=timezone.now())

    def mailbox():
        ask_to_verify(Owner.objects.create(unit="Ö", mailbox=ADDRESS))

    def reviews():
        owner = Owner.objects.create(
            unit="Ö", mailbox=ADDRESS, mailbox_verified_on=timezone.localdate()
        )
        GuidePageFactory(title=TITLE, slug="signs", unit=owner, review_due=timezone.localdate())
        remind_of_reviews(on=timezone.localdate())

    def asked_for_facts() -> Expert:
        check = opened(GuidePageFactory(title=TITLE), title="Ö", brief="Праздники")
        return asked(check, email=ADDRESS)

    def reminded():
        expert = asked_for_facts()
        take_mail_back(expert)
        fact_checks.remind(expert, 7)

    def account(kind) -> Callable[[], None]:
        said = {"subject": "Код: " + TITLE, "text": "Код\n\nABCD-1234", "kind": kind}
        return lambda: accounts.tell_of_account(to=ADDRESS, **said)

    return {
        **{f"response.{kind.value}": response(kind) for kind in TOLD_BY_MAIL},
        TO_SIGN: plain(
            TO_SIGN,
            consultation=TITLE,
            organisation="Ö",
            path="/en/x/",
            deadline="2027-04-30T21:59:59+00:00",
            zone="Europe/Brussels",
        ),
        SENT_BACK: plain(SENT_BACK, consultation=TITLE, organisation="Ö", path="/en/x/"),
        DISPUTE_DECIDED: plain(DISPUTE_DECIDED, reference="ECHRI-1", upheld=True, path="/r/1"),
        COMMENT_MODERATED: plain(
            COMMENT_MODERATED, verb="hide", consultation=TITLE, reason="Ö", rule="/", path="/"
        ),
        confirmations.CODE: code("a", is_neutral=False),
        confirmations.NEUTRAL_CODE: code("b", is_neutral=True),
        confirmations.SIGNING_CODE: code("c", is_neutral=False, is_signing=True),
        neutral.KIND: lambda: neutral.tell_of_news(to=ADDRESS, language="en", about="x"),
        "saved-searches.digest": digest,
        MAILBOX: mailbox,
        REVIEWS: reviews,
        FOLLOWED: followed,
        fact_checks.INVITED: asked_for_facts,
        fact_checks.REMINDER: reminded,
        fact_checks.SENT: plain(fact_checks.SENT, name="Ö", guide=TITLE, title="Ö", path="/x/"),
        accounts.CODE: account(accounts.CODE),
        accounts.KNOWN: account(accounts.KNOWN),
        accounts.INVITATION: plain(
            accounts.INVITATION,
            who="Ö",
            reason=TITLE,
            roles=["Editors"],
            organisation="",
            state="",
            link="/i/",
            until="2027-04-30T21:59:59+00:00",
        ),
        accounts.NOTICE: account(accounts.NOTICE),
        accounts.PROOF: account(accounts.PROOF),
    }


def delivered(mail_server):
    """The one mail that went out since, as bytes and as a strict parser reads it."""
    mail_server.raw.clear()
    send_due()
    with time_machine.travel(timezone.now() + timezone.timedelta(days=1), tick=False):
        send_due()
    assert backlog() == {"waiting": 0, "waiting_since": None, "failed": 0, "unknown": 0}
    (raw,) = mail_server.raw
    return raw, email.message_from_bytes(raw, policy=STRICT)


def require_readable(raw, message, settings, *, domain):
    """What any recipient, mail program or filter may ask of a mail."""
    require_well_made(raw)
    assert not any(part.defects for part in message.walk())
    assert re.search("[а-я]", message["Subject"])
    assert "\n" not in message["Subject"]
    (sender,) = message["From"].addresses
    assert sender.domain == domain
    (recipient,) = message["To"].addresses
    assert recipient.domain == "people.example"
    assert parsedate_to_datetime(message["Date"]).tzinfo or message["Date"].endswith("-0000")
    assert re.fullmatch(rf"<[0-9a-f-]{{36}}@{domain}>", message["Message-ID"])
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"
    assert message.get_content_charset() == "utf-8"
    assert re.search("[а-я]", message.get_content())
    for kept_out in (MACHINE, settings.SECRET_KEY, "sealed", "{{", "{%", "%("):
        assert kept_out not in raw.decode()
        assert kept_out not in message.get_content()


def kinds() -> list[str]:
    """All that rooms have registered."""
    return sorted(registry._kinds)


@pytest.mark.parametrize("key", kinds())
def test_every_kind_of_notification_is_read_by_a_strict_parser(key, told, mail_server, settings):
    with transaction.atomic():
        told[key]()
    raw, message = delivered(mail_server)
    domain = "post.example" if registry.get_kind(key).is_neutral else "code.example"
    require_readable(raw, message, settings, domain=domain)
    assert f"ehlo {domain}" in mail_server.said


def test_every_kind_is_looked_at(told):
    assert set(told) == set(kinds())


@pytest.mark.parametrize("prefix", OF_ALLAUTH)
def test_every_mail_about_an_account_is_read_by_a_strict_parser(
    prefix, mail_server, settings, rf, member
):
    request = rf.get("/en/accounts/login/")
    request.user = member
    context = {"code": "ABCD-1234", "user": member, "signup_url": "https://code.example/signup/"}
    with allauth.core.context.request_context(request):
        get_adapter(request).send_mail(prefix, ADDRESS, {"request": request, **context})
    raw, message = delivered(mail_server)
    require_readable(raw, message, settings, domain="code.example")
    assert message["Subject"].startswith("Code in Practice: ")


@pytest.mark.parametrize("title", TITLES[:-1], ids=range(len(TITLES) - 1))
def test_whatever_a_consultation_is_called(title, page, mail_server, settings):
    response = sent(page, identity=Identity.NAMED, details=ACADEMIA)[0]
    page.title = title
    response.consultation = page
    with transaction.atomic():
        tell(reachable(response, ADDRESS), TOLD_BY_MAIL[-1], at=timezone.now())
    raw, message = delivered(mail_server)
    require_readable(raw, message, settings, domain="code.example")
    assert " ".join(title.split()) in message["Subject"]
    assert message["Bcc"] is None


def test_the_parser_is_the_strict_one():
    assert STRICT.raise_on_defect
    assert isinstance(STRICT, type(default_policy))
