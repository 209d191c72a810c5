"""“This was sent in my name falsely”, and the policy that the public reads."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from consultations.moderation import actions
from consultations.moderation.errors import InvalidAct, NotPermitted, WrongStatus
from consultations.moderation.limits import DISPUTES
from consultations.moderation.models import Dispute
from consultations.moderation.statistics import tables
from consultations.publication.models import PublicCopy
from consultations.responses.models import Response, Status
from portal.notifications.models import Message
from portal.notifications.sealing import unseal
from tests.consultations.moderation.building import accepted, published, received, rejected
from tests.factories import UserFactory


def form_of(page, response, name="dispute"):
    return reverse(f"moderation:{name}", args=[page.slug, response.reference])


def test_a_dispute_marks_a_response_and_hides_nothing(client, page, by):
    response = published(page, by)
    sent = {"text": "I never wrote this.", "contact": "amina@people.example"}
    answer = client.post(form_of(page, response), sent)
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200
    dispute = Dispute.objects.get()
    assert unseal(dispute.sealed_contact) == "amina@people.example"
    assert b"amina" not in bytes(dispute.sealed_contact)
    copy = PublicCopy.objects.published().get()
    assert copy.disputed_on is not None
    response.refresh_from_db()
    assert response.status == Status.PUBLISHED
    shown = client.get(reverse("publication:response", args=[page.slug, response.reference]))
    assert shown.status_code == 200
    assert "I never wrote this." not in shown.content.decode()


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
        {"text": "", "contact": "amina@people.example"},
        {"text": "Long" * 1000, "contact": ""},
        {"text": "Typed words", "contact": "no address"},
        {"text": "Typed\x00words", "contact": ""},
    ],
)
def test_a_wrong_form_says_so_beside_the_field_and_keeps_what_was_typed(client, page, by, sent):
    answer = client.post(form_of(page, published(page, by)), sent)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "<title>Error: " in html.replace("\n", "")
    assert "govuk-error-message" in html
    for typed in ("Typed words", "LongLong", "amina@people.example", "no address"):
        assert (typed in html) == (typed in "".join(sent.values()))
    assert not Dispute.objects.exists()


def test_a_machine_is_told_thanks_and_nothing_is_kept(client, page, by):
    sent = {"text": "Buy this.", "website": "https://shop.example"}
    assert client.post(form_of(page, published(page, by)), sent).status_code == 302
    assert not Dispute.objects.exists()


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
    dispute = actions.open_dispute(
        response=response, text="Not me.", contact="amina@people.example", language="fr"
    )
    with pytest.raises(NotPermitted):
        actions.decide_dispute(dispute=dispute, by=UserFactory(), outcome="upheld")
    with pytest.raises(InvalidAct):
        actions.decide_dispute(dispute=dispute, by=by, outcome="perhaps")
    decided = actions.decide_dispute(dispute=dispute, by=other, outcome="upheld", note="Called.")
    assert decided.sealed_contact is None
    assert Response.objects.get(pk=response.pk).status == Status.REMOVED
    assert not PublicCopy.objects.published().exists()
    message = Message.objects.get(kind="dispute.decided")
    assert unseal(message.sealed_recipient) == "amina@people.example"
    assert message.language == "fr"
    assert "Called" not in str(message.context)
    with pytest.raises(WrongStatus):
        actions.decide_dispute(dispute=dispute, by=other, outcome="not-upheld")
    assert mail.outbox == []


def test_not_upheld_takes_the_mark_away_once_none_is_left(page, by, other):
    response = published(page, by)
    first, second = (actions.open_dispute(response=response, text="Not me.") for _ in range(2))
    actions.decide_dispute(dispute=first, by=other, outcome="not-upheld")
    assert PublicCopy.objects.published().get().disputed_on is not None
    actions.decide_dispute(dispute=second, by=other, outcome="not-upheld")
    assert PublicCopy.objects.published().get().disputed_on is None


def test_the_staff_read_and_decide_a_dispute_on_the_response_page(client, page, by):
    response = published(page, by)
    dispute = actions.open_dispute(response=response, text="It was not I.")
    client.force_login(by)
    shown = client.get(reverse("screen_response", args=[response.reference])).content.decode()
    assert "It was not I." in shown
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
        assert f"<code>{code}</code>" in html
    assert html.count("<h1") == 1
