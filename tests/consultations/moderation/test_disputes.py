"""“This was sent in my name falsely”, and the policy that the public reads."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from consultations.moderation import actions
from consultations.moderation.errors import InvalidAct, NotPermitted, WrongStatus
from consultations.moderation.models import Dispute
from consultations.moderation.rate_limits import DISPUTES
from consultations.moderation.statistics import tables
from consultations.publication.models import PublicCopy
from consultations.responses.contacts import pack
from consultations.responses.models import Contact, Response, Status, StatusEvent
from portal.notifications.delivery import send_due
from portal.notifications.models import Message
from portal.notifications.sealing import seal, unseal
from tests.consultations.moderation.building import accepted, published, received, rejected
from tests.factories import UserFactory


def form_of(page, response, name="dispute"):
    return reverse(f"moderation:{name}", args=[page.slug, response.reference])


def public_pages(page, response):
    """What everybody reads of a response: the pages, the exports, the record, the search."""
    client = Client()
    base = f"/en/consultations/{page.slug}/responses/"
    return [
        re.sub(rb"csrf[^>]*>", b"", client.get(address).getvalue())
        for address in (
            *(base, f"{base}{response.reference}/", f"{base}{response.reference}/record.json"),
            *(f"{base}export.csv", f"{base}export.json", "/en/search/?q=courts"),
            *("/feeds/search/?q=courts", "/record/", "/record/leaves.jsonl"),
        )
    ]


def test_a_report_alone_changes_nothing_that_the_public_sees(client, page, by):
    response = published(page, by)
    before = public_pages(page, response)
    assert any(b"Disputed" not in each and response.reference.encode() in each for each in before)
    for number in range(3):
        somebody = {"REMOTE_ADDR": f"192.0.2.{number + 1}"}
        answer = client.post(form_of(page, response), {"text": "I never wrote this."}, **somebody)
        assert answer.status_code == 302
        told = client.get(answer["Location"])
        assert "Nothing on its page has changed yet." in told.content.decode()
    assert Dispute.objects.filter(sealed_contact=None).count() == 3
    assert public_pages(page, response) == before
    assert not StatusEvent.objects.filter(kind="disputed").exists()
    response.refresh_from_db()
    assert response.status == Status.PUBLISHED


def test_once_a_moderator_takes_it_up_the_page_says_that_it_is_disputed(client, page, by, other):
    response = published(page, by)
    dispute = actions.open_dispute(response=response, text="I never wrote this.")
    with pytest.raises(NotPermitted):
        actions.take_up_dispute(dispute=dispute, by=UserFactory())
    actions.take_up_dispute(dispute=dispute, by=other, note="The address bounces.")
    actions.take_up_dispute(dispute=dispute, by=other)
    assert PublicCopy.objects.published().get().disputed_on is not None
    shown = client.get(reverse("publication:response", args=[page.slug, response.reference]))
    assert "Disputed" in shown.content.decode()
    for word in ("I never wrote this.", "The address bounces."):
        assert word not in shown.content.decode()
    assert response.screening_acts.filter(verb="take-up-dispute").count() == 1


def test_what_was_decided_or_removed_is_not_taken_up(page, by, other):
    decided = actions.open_dispute(response=published(page, by), text="Not me.")
    actions.decide_dispute(dispute=decided, by=other, outcome="not-upheld")
    removed = published(page, by)
    waiting = actions.open_dispute(response=removed, text="Not me.")
    actions.remove(response=removed, by=by, reason="takedown")
    for dispute in (decided, waiting):
        with pytest.raises(WrongStatus):
            actions.take_up_dispute(dispute=dispute, by=other)


def told_of(response, kind):
    return StatusEvent.objects.filter(response=response, kind=kind).count()


def test_whoever_answered_is_told_once_it_is_taken_up_and_once_it_is_over(page, by, other):
    response = published(page, by)
    Contact.objects.create(response=response, sealed=pack("ada@people.example", "en"))
    first, second = (actions.open_dispute(response=response, text="Not me.") for _ in range(2))
    assert told_of(response, "disputed") == 0
    for dispute in (first, second):
        actions.take_up_dispute(dispute=dispute, by=other)
        assert told_of(response, "disputed") == 1
    actions.decide_dispute(dispute=first, by=other, outcome="not-upheld")
    assert told_of(response, "dispute-ended") == 0
    actions.decide_dispute(dispute=second, by=other, outcome="not-upheld")
    assert told_of(response, "dispute-ended") == 1
    send_due()
    sent = [message.body for message in mail.outbox if "ada@people.example" in message.to]
    assert sum("falsely sent in their name" in body for body in sent) == 1
    assert sum("stays published" in body for body in sent) == 1


def test_a_report_that_nobody_took_up_is_told_to_nobody_when_it_is_decided(page, by, other):
    response = published(page, by)
    dispute = actions.open_dispute(response=response, text="Not me.")
    actions.decide_dispute(dispute=dispute, by=other, outcome="not-upheld")
    assert told_of(response, "disputed") == told_of(response, "dispute-ended") == 0
    assert PublicCopy.objects.published().get().disputed_on is None


def test_upheld_by_another_than_whoever_took_it_up_removes_it(page, by, other):
    response = published(page, by)
    dispute = actions.open_dispute(response=response, text="Not me.")
    actions.take_up_dispute(dispute=dispute, by=by)
    actions.decide_dispute(dispute=dispute, by=other, outcome="upheld")
    response.refresh_from_db()
    assert response.status == Status.REMOVED
    assert told_of(response, "removed") == 1
    assert told_of(response, "dispute-ended") == 0


def test_only_what_is_published_can_be_disputed_and_nothing_else_is_told(client, page, by, other):
    unknown = client.get(reverse("moderation:dispute", args=[page.slug, "ECHRI-2026-99-0001"]))
    removed = published(page, by)
    actions.remove(response=removed, by=by, reason="takedown")
    for response in (received(page), accepted(page, by), rejected(page, by, other), removed):
        for name in ("dispute", "dispute_sent"):
            assert client.get(form_of(page, response, name)).status_code == 404
        assert client.post(form_of(page, response), {"text": "Not me."}).status_code == 404
        with pytest.raises(WrongStatus):
            actions.open_dispute(response=response, text="Not me.")
    assert unknown.status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {"text": ""},
        {"text": "Long" * 1000},
        {"text": "\u200b\u3164"},
    ],
)
def test_a_wrong_form_says_so_beside_the_field_and_keeps_what_was_typed(client, page, by, sent):
    answer = client.post(form_of(page, published(page, by)), sent)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "<title>Error: " in html.replace("\n", "")
    assert "govuk-error-message" in html
    assert ("LongLong" in html) == ("LongLong" in sent["text"])
    assert not Dispute.objects.exists()


def test_a_machine_is_told_thanks_and_nothing_is_kept(client, page, by):
    sent = {"text": "Buy this.", "website": "https://shop.example"}
    assert client.post(form_of(page, published(page, by)), sent).status_code == 302
    assert not Dispute.objects.exists()


@pytest.mark.usefixtures("one_minute")
def test_one_client_reports_a_few_times_an_hour_and_loses_no_text(client, page, by):
    response = published(page, by)
    for _ in range(DISPUTES.most):
        assert client.post(form_of(page, response), {"text": "Not me."}).status_code == 302
    answer = client.post(form_of(page, response), {"text": "Typed words"})
    assert answer.status_code == 429
    assert "Typed words" in answer.content.decode()
    assert Dispute.objects.count() == DISPUTES.most
    elsewhere = client.post(
        form_of(page, response), {"text": "Not me."}, headers={"x-forwarded-for": "198.51.100.7"}
    )
    assert elsewhere.status_code in (302, 429)


def test_a_form_open_for_too_long_keeps_its_text(page, by):
    answer = Client(enforce_csrf_checks=True).post(
        form_of(page, published(page, by)), {"text": "Typed words"}
    )
    assert answer.status_code == 403
    assert "Typed words" in answer.content.decode()
    assert not Dispute.objects.exists()


def test_upheld_removes_the_response_and_tells_whoever_disputed(
    page, by, other, django_capture_on_commit_callbacks
):
    response = published(page, by)
    dispute = actions.open_dispute(response=response, text="Not me.")
    dispute.sealed_contact, dispute.language = seal("amina@people.example"), "fr"
    dispute.save()
    actions.take_up_dispute(dispute=dispute, by=by)
    with pytest.raises(NotPermitted):
        actions.decide_dispute(dispute=dispute, by=UserFactory(), outcome="upheld")
    with pytest.raises(InvalidAct):
        actions.decide_dispute(dispute=dispute, by=by, outcome="perhaps")
    decided = actions.decide_dispute(dispute=dispute, by=other, outcome="upheld", note="Called.")
    assert decided.sealed_contact is None
    assert Response.objects.get(pk=response.pk).status == Status.REMOVED
    assert not PublicCopy.objects.published().exists()
    message = Message.objects.get(kind="dispute.decided")
    assert message.address == "amina@people.example"
    assert message.language == "fr"
    assert "Called" not in str(message.context)
    with pytest.raises(WrongStatus):
        actions.decide_dispute(dispute=dispute, by=other, outcome="not-upheld")
    assert mail.outbox == []


# -- hearing of the decision -----------------------------------------------------------------------


@pytest.fixture
def report(client, page, by):
    """Where whoever has just reported a response is; the response."""
    response = published(page, by)
    return client.post(form_of(page, response), {"text": "Not me."})["Location"], response


def code_in(message):
    return re.search(r"^\d{4}-\d{4}$", message.body, re.MULTILINE).group()


def test_nothing_but_a_code_goes_to_an_address_before_the_code_is_typed(client, by, report):
    here, response = report
    typed = {"email": "Amina@People.Example", "language": "en"}
    assert client.post(here, typed, follow=True).status_code == 200
    send_due()
    (message,) = mail.outbox
    assert message.to == ["Amina@people.example"]
    assert response.reference not in message.body + message.subject
    wrong = client.post(here, {"code": "00000000", "email": "Amina@people.example"})
    assert wrong.status_code == 422
    assert "This code is not right. Type the newest one" in wrong.content.decode()
    assert Dispute.objects.get().sealed_contact is None
    done = client.post(here, {"code": code_in(message)}, follow=True).content.decode()
    assert "We write to it once" in done
    dispute = Dispute.objects.get()
    assert unseal(dispute.sealed_contact) == "Amina@people.example"
    assert b"mina" not in bytes(dispute.sealed_contact)
    actions.decide_dispute(dispute=dispute, by=by, outcome="not-upheld")
    send_due()
    assert [sent.to for sent in mail.outbox] == [["Amina@people.example"]] * 2


def test_a_code_that_comes_after_the_decision_confirms_nothing(client, by, report):
    here, _response = report
    client.post(here, {"email": "amina@people.example", "language": "en"})
    send_due()
    actions.decide_dispute(dispute=Dispute.objects.get(), by=by, outcome="not-upheld")
    late = client.post(here, {"code": code_in(mail.outbox[0])})
    assert late.status_code == 200
    assert "Hear about the decision" not in late.content.decode()
    assert Dispute.objects.get().sealed_contact is None


def test_no_number_of_a_report_stands_in_an_address(client, report):
    here, _response = report
    assert f"={Dispute.objects.get().pk}" not in here
    for guess in ("", "1", str(Dispute.objects.get().pk), "gAAA"):
        shown = client.get(f"{here.partition('?')[0]}?of={guess}")
        assert shown.status_code == 200
        assert "Hear about the decision" not in shown.content.decode()


def test_not_upheld_takes_the_mark_away_once_none_is_left(page, by, other):
    response = published(page, by)
    first, second = (actions.open_dispute(response=response, text="Not me.") for _ in range(2))
    for dispute in (first, second):
        actions.take_up_dispute(dispute=dispute, by=other)
    actions.decide_dispute(dispute=first, by=other, outcome="not-upheld")
    assert PublicCopy.objects.published().get().disputed_on is not None
    actions.decide_dispute(dispute=second, by=other, outcome="not-upheld")
    assert PublicCopy.objects.published().get().disputed_on is None


def test_the_staff_read_and_decide_a_dispute_on_the_response_page(client, page, by):
    response = published(page, by)
    dispute = actions.open_dispute(response=response, text="It was not I.")
    client.force_login(by)
    response_page = reverse("screen_response", args=[response.reference])
    shown = client.get(response_page).content.decode()
    assert "It was not I." in shown
    assert "Reported as false" in shown
    assert "The public page does not say so yet." in shown
    for _ in range(2):
        client.post(
            reverse("act_on_response", args=[response.reference, "take-up-dispute"]),
            {"dispute": dispute.pk},
        )
    shown = client.get(response_page).content.decode()
    assert "The public page says that it is disputed." in shown
    assert reverse("act_on_response", args=[response.reference, "take-up-dispute"]) not in shown
    client.post(
        reverse("act_on_response", args=[response.reference, "decide-dispute"]),
        {"dispute": dispute.pk, "outcome": "not-upheld"},
    )
    dispute.refresh_from_db()
    assert dispute.outcome == "not-upheld"


def test_the_policy_lists_every_reason_and_tells_no_small_number(client, page, by, other):
    for _ in range(6):
        accepted(page, by)
    rejected(page, by, other)
    undone = accepted(page, by, handling="name-withheld", reason="at-risk")
    actions.undo(act=undone.screening_acts.get(), by=by)
    counts = {row.code: row.used for table in tables() for row in table.rows}
    assert counts["within-rules"] == "6"
    assert counts["spam"] == "fewer than 5"
    assert counts["at-risk"] == "0"
    html = client.get(reverse("moderation:policy")).content.decode()
    for code in counts:
        assert f'-{code}">' in html
    assert "<code>" not in html, "codes are for machines"
    assert html.count("<h1") == 1
