"""
An attack: as much mail as can be had is sent to somebody who asked for none.

From as many places as there are forms that take an address, by as many clients, in every spelling
of the address, with as many answers and accounts as one likes.
"""

from datetime import timedelta
from itertools import count

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.calls.actions import extend_consultation
from consultations.calls.models import ConsultationPage
from consultations.moderation import actions as moderation
from consultations.responses import actions
from consultations.responses.errors import NobodyReachable
from consultations.responses.models import Identity, SignatureRequest
from portal.notifications.delivery import send_due
from portal.notifications.rate_limits import ACCOUNT, CODES
from portal.saved_searches.actions import save_search
from portal.stakeholders.models import User
from portal.stakeholders.roles import EDITOR
from tests.consultations.moderation.building import published, put_question, screener
from tests.consultations.responses.builders import (
    ACADEMIA,
    COMPANY,
    NOBODY,
    begun,
    consultation_that_asks,
    draft_to_send,
    save,
    sent,
)
from tests.consultations.responses.walk import Visitor
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db

STRANGER = "stranger@people.example"
SPELT = (
    STRANGER,
    "Stranger@People.example",
    "str.anger@people.example",
    "stranger+one@people.example",
    "s.t.r.a.n.g.e.r+two@PEOPLE.example",
)
MOST_A_DAY = CODES.a_day + ACCOUNT.a_day
NOON = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def page(site_tree):
    with time_machine.travel(NOON - timedelta(days=1), tick=False):
        return consultation_that_asks(slug="signs")


@pytest.fixture
def clock(page):
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


class Attacker:
    """Comes from another network each time; `spelt` is the address as it is typed next."""

    def __init__(self) -> None:
        self.numbers = count(1)

    @property
    def spelt(self) -> str:
        return SPELT[next(self.numbers) % len(SPELT)]

    def client(self) -> Client:
        number = next(self.numbers)
        return Client(REMOTE_ADDR=f"198.51.{number // 250}.{number % 250 + 1}")

    def accounts(self) -> None:
        """Every form about accounts, and an account of their own that changes its address."""
        signup = {"name": "N", "submitter_type": "academia"}
        for path, field, extra in (
            ("signup/", "email", signup),
            ("login/", "login", {}),
            ("login/code/", "email", {}),
            ("password/reset/", "email", {}),
        ):
            client, address = self.client(), f"/en/accounts/{path}"
            client.post(address, {field: self.spelt, **extra})
            client.post("/en/accounts/confirm-email/", {"action": "resend"})
        own = self.client()
        own.force_login(UserFactory())
        own.post("/en/accounts/email/", {"action_add": "", "email": self.spelt})

    def answers(self, page) -> None:
        """An answer without a name and one with, whose news is to go to the stranger."""
        for identity, details in ((Identity.ANONYMOUS, None), (Identity.NAMED, ACADEMIA)):
            values = {"identity": identity, **({"details": details} if details else {})}
            response, code = sent(page, **values)
            visitor = Visitor(page, self.client())
            visitor.send("resume", {"code": code})
            for _again in range(3):
                typed = {"email": self.spelt, "language": "en", "understood": "on"}
                visitor.send("news", typed)
                send_due()
            visitor.send("news_code", {"code": "12345678"}, hidden=False)
            put_question(response=response, by=self.staff, question="Which?")
            actions.withdraw_response(response=response, by=NOBODY)

    def reports(self, response) -> None:
        """A report of a false name, which is decided at once."""
        args = [response.consultation.slug, response.reference]
        client = self.client()
        here = client.post(reverse("moderation:dispute", args=args), {"text": "Not me."})
        client.post(here["Location"], {"email": self.spelt, "language": "en"})
        send_due()
        for dispute in response.disputes.waiting():
            moderation.decide_dispute(dispute=dispute, by=self.staff, outcome="not-upheld")

    def follows(self, page) -> None:
        """Consultations that the stranger is said to follow; one of them then has news."""
        here = reverse("follow_consultation", args=[page.slug])
        client = self.client()
        for _again in range(3):
            asked = client.post(here, {"email": self.spelt, "language": "en"})
            send_due()
        client.post(asked.get("Location", here), {"code": "12345678", "email": self.spelt})
        extend_consultation(
            consultation=page,
            by=UserFactory(role=EDITOR),
            closes_at=ConsultationPage.objects.get(pk=page.pk).closes_at + timedelta(days=1),
            reason="Holidays.",
        )
        call_command("tell_followers", verbosity=0)

    def signatures(self, page) -> None:
        """A response with signatories, who are all said to be the stranger."""
        draft, _code = draft_to_send(page, identity=Identity.NAMED, details=ACADEMIA)
        people = [(f"Person {number}", "") for number in range(3)]
        for invited in actions.add_signatories(draft=draft, by=NOBODY, people=people):
            client = self.client()
            link = reverse("responses:sign", args=[page.slug, invited.code])
            seen = actions.to_sign(consultation=page, code=invited.code, at=timezone.now())
            for naming in ("named", "withheld"):
                typed = {"seen": seen.text.digest, "naming": naming, "answer": "address"}
                assert client.post(link, {**typed, "email": self.spelt}).status_code == 302
                send_due()
            client.post(link, {**typed, "answer": "code", "code": "12345678"})
            client.post(link, {"answer": "decline"})

    def organisation(self, page) -> None:
        """An organisation that the stranger is said to sign for, and a search kept for them."""
        works = OrganisationFactory()
        writer = UserFactory(organisation=works)
        said = User.objects.filter(email=STRANGER).first() or UserFactory(
            email=STRANGER, verified=False
        )
        User.objects.filter(pk=said.pk).update(organisation=works, signs_for_organisation=True)
        values = {"identity": Identity.ORGANISATION, "details": COMPANY, "by": writer}
        draft, _code = begun(page, for_organisation=True, **values)
        save(draft, 1, {"exporter": False}, by=writer)
        draft = save(draft, 2, {"view": "All."}, by=writer)
        with pytest.raises(NobodyReachable):
            actions.ask_to_sign(draft=draft, by=writer, language="en")
        SignatureRequest.objects.create(draft=draft, asked_by=said, asked_on=draft.touched_on)
        signs = UserFactory(organisation=works, signs_for_organisation=True)
        back = {"draft": draft, "by": signs, "remark": "No.", "language": "en"}
        assert actions.send_back(**back) is None
        save_search(owner=said, query="q=all", name="S", frequency="daily", language="en")


def attack(page, clock) -> None:
    """All of it, again and again, for a day."""
    attacker = Attacker()
    attacker.staff = screener()
    response = published(page, attacker.staff)
    for _time in range(4):
        attacker.accounts()
        attacker.signatures(page)
        attacker.answers(page)
        attacker.reports(response)
        attacker.follows(page)
        send_due()
        clock.shift(timedelta(minutes=7))
    with transaction.atomic():
        attacker.organisation(page)
    call_command("send_search_digests", verbosity=0)
    send_due()


def mails() -> list:
    """What reached the stranger's mailbox, however it was spelt."""
    own = {each.lower() for each in SPELT}
    return [each for each in mail.outbox if own & {to.lower() for to in each.to}]


def test_a_stranger_gets_so_many_mails_a_day_and_no_more(page, clock):
    attack(page, clock)
    assert len(mails()) == MOST_A_DAY == 8
    clock.move_to(NOON + timedelta(days=1, hours=1))
    call_command("send_search_digests", verbosity=0)
    send_due()
    assert len(mails()) == MOST_A_DAY, "nothing was put off until the next day"


def test_none_of_them_says_that_the_stranger_answered(page, clock):
    attack(page, clock)
    for message in mails():
        text = f"{message.subject}\n{message.body}"
        assert page.title not in text
        assert page.docket not in text
        assert "your response" not in text.lower()
        assert "do nothing" in text or "write to us" in text


def test_whoever_has_an_account_is_not_flooded_either(page, clock):
    UserFactory(email=STRANGER)
    attacker = Attacker()
    for _time in range(5):
        attacker.accounts()
        send_due()
        clock.shift(timedelta(minutes=7))
    assert len(mails()) <= ACCOUNT.a_day
