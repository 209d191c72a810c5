"""The page of one response in the admin: what it shows to whom, and its forms."""

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from consultations.moderation import actions
from consultations.moderation.errors import InvalidAct
from consultations.moderation.models import ConfidentialView, ScreeningAct
from consultations.publication.models import PublicCopy
from consultations.responses.models import Response, Status, StatusEvent
from portal.files.actions import take_in
from portal.notifications.sealing import seal
from portal.record.models import Entry
from portal.stakeholders import roles
from tests.consultations.moderation.building import (
    SECRET,
    WORDS,
    accepted,
    cleared,
    new_version,
    officials,
    public,
    published,
    received,
    screener,
)
from tests.factories import UserFactory

SEALED = {
    "indicators": officials(SECRET, "We have suppliers."),
    "who": public("We make lenses."),
}
CLAIM = {"justification": "A trade secret.", "legal_basis": "Directive (EU) 2016/943"}


@pytest.fixture
def desk(client, by):
    client.force_login(by)
    return client


def address(response, name="screen_response", *more):
    return reverse(name, args=[response.reference, *more])


def act(desk, response, key, **data):
    return desk.post(address(response, "act_on_response", key), data)


def html(answer):
    return answer.content.decode()


def missing(desk, at, **data):
    """Whether it is not found; what is not is looked for under a language as well."""
    return desk.get(at, data, follow=True).status_code == 404


def test_what_does_not_exist_is_not_found(desk, page):
    assert missing(desk, reverse("screen_response", args=["ECHRI-2026-99-0001"]))
    response = received(page)
    for answer in (
        act(desk, response, "burn"),
        desk.post(address(response, "undo_screening", 999)),
    ):
        assert answer.status_code == 302
        assert missing(desk, answer["Location"])
    file_id = "6e0f3bfa-0000-4000-8000-000000000000"
    assert missing(desk, address(response), version="7")
    assert missing(desk, address(response, "preview_response"))
    assert missing(desk, address(response, "redact_response", "indicators"))
    assert missing(desk, address(response, "response_attachment", file_id))
    assert not ScreeningAct.objects.exists()


def test_what_is_for_officials_is_masked_until_somebody_cleared_opens_it(client, page):
    response = received(page, SEALED, confidentiality=CLAIM)
    for reader in (UserFactory(role=roles.ANALYST), UserFactory(role=roles.MODERATOR), cleared()):
        client.force_login(reader)
        shown = client.get(address(response))
        assert "Acme" not in html(shown)
        assert "We have suppliers." in html(shown)
        assert "We make lenses." in html(shown)
        assert "Directive (EU) 2016/943" in html(shown)
        assert "no-store" in shown["Cache-Control"]
        opened = client.post(address(response, "open_confidential_response"))
        assert ("Acme" in html(opened)) == (reader == response_reader(response))
    led = client.get(address(response, "open_confidential_response"))
    assert led.url == address(response), "opened by an address alone, nothing is shown"
    assert "Acme" not in html(client.get(address(response)))
    client.post(address(response, "open_confidential_response"))
    assert ConfidentialView.objects.filter(by=reader, response=response).count() == 2
    assert html(client.get(address(response))).count(str(reader)) >= 2


def response_reader(response):
    """Whoever was logged as opening it last."""
    view = response.confidential_views.first()
    return view and view.by


def test_all_of_a_response_accepted_as_confidential_is_masked(desk, page, by):
    response = accepted(page, by, handling="confidential", reason="claim-holds")
    assert WORDS not in html(desk.get(address(response)))


def test_attachments_are_downloaded_by_those_who_may_and_logged_where_confidential(client, page):
    plain, secret = (
        take_in(SimpleUploadedFile("list.txt", body, "text/plain"))
        for body in (b"open words", b"secret words")
    )
    answers = {"exporter": public(True), "evidence": public([str(plain.pk)])}
    response = received(page, answers)
    sealed = received(
        page, {"exporter": public(True), "evidence": officials([str(secret.pk)], "A list.")}
    )
    of_plain = address(response, "response_attachment", plain.pk)
    of_secret = address(sealed, "response_attachment", secret.pk)
    for outsider in (UserFactory(), UserFactory(role=roles.EDITOR)):
        client.force_login(outsider)
        assert client.get(of_plain).status_code in (302, 403)
    client.force_login(UserFactory(role=roles.MODERATOR))
    answer = client.get(of_plain)
    assert answer.content == b"open words"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "list.txt" not in answer["Content-Disposition"]
    assert client.get(of_secret).status_code in (302, 403)
    assert str(secret.pk) not in html(client.get(address(sealed)))
    assert not ConfidentialView.objects.exists()
    # a file of one response is not had through another
    assert missing(client, address(sealed, "response_attachment", plain.pk))
    client.force_login(cleared())
    assert client.get(of_secret).content == b"secret words"
    assert ConfidentialView.objects.get().file == secret.pk


def test_a_response_is_screened_with_plain_forms(desk, page, other):
    response = received(page)
    form = {"version": 1, "handling": "public", "reason": "within-rules", "note": "Fine."}
    answer = act(desk, response, "accept", **form)
    assert answer.status_code == 302
    assert "Accepted" in html(desk.get(answer["Location"]))
    accepting = response.screening_acts.get()
    desk.post(address(response, "undo_screening", accepting.pk))
    response.refresh_from_db()
    assert response.status == Status.RECEIVED
    act(desk, response, "propose-rejection", version=1, reason="spam")
    refused = act(desk, response, "confirm-rejection", version=1)
    assert refused.status_code == 422
    desk.force_login(other)
    act(desk, response, "confirm-rejection", version=1)
    response.refresh_from_db()
    assert response.status == Status.REJECTED


@pytest.mark.parametrize(
    ("key", "sent"),
    [
        ("accept", {"version": 1, "handling": "confidential", "reason": "within-rules"}),
        ("accept", {"version": 1, "handling": "public", "reason": "spam"}),
        ("accept", {"version": "x", "handling": "public", "reason": "within-rules"}),
        ("ask", {"version": 1, "question": ""}),
        ("propose-rejection", {"version": 1, "reason": ""}),
        ("confirm-rejection", {"version": 1}),
        ("remove", {"reason": "takedown"}),
        ("remove", {"reason": ""}),
        ("confirm-removal", {"removal": 5}),
        ("decline-removal", {"removal": 5}),
        ("propose-return", {}),
        ("confirm-return", {"removal": 5}),
        ("decide-appeal", {"appeal": 5, "decision": "grant", "answer": "Yes."}),
        ("send-question", {"version": 1, "proposal": 5}),
        ("decline-question", {"version": 1, "proposal": 5}),
        ("publish", {"version": 1}),
        ("note", {"note": " "}),
        ("take-up-dispute", {"dispute": 5}),
        ("decide-dispute", {"dispute": 5, "outcome": "upheld"}),
    ],
)
def test_what_does_not_fit_changes_nothing_and_keeps_what_was_typed(desk, page, key, sent):
    response = received(page)
    answer = act(desk, response, key, **{"note": "Typed words", **sent})
    assert answer.status_code == 422
    if key in ("accept", "propose-rejection"):
        assert "Typed words" in html(answer)
    response.refresh_from_db()
    assert response.status == Status.RECEIVED
    assert not ScreeningAct.objects.exists()


def test_an_analyst_reads_and_decides_nothing(client, page):
    response = received(page)
    client.force_login(UserFactory(role=roles.ANALYST))
    assert '<form method="post" novalidate' not in html(client.get(address(response)))
    sent = {"version": 1, "handling": "public", "reason": "within-rules"}
    assert act(client, response, "accept", **sent).status_code in (302, 403)
    response.refresh_from_db()
    assert response.status == Status.RECEIVED


def test_a_newer_version_than_the_one_read_is_not_accepted(desk, page):
    response = received(page)
    new_version(response, {"indicators": public("Changed.")})
    form = {"version": 1, "handling": "public", "reason": "within-rules"}
    answer = act(desk, response, "accept", **form)
    assert answer.status_code == 422
    assert "new version" in html(answer)
    assert WORDS in html(desk.get(address(response), {"version": "1"}))


def test_a_redaction_is_typed_as_marks_and_wrong_ones_keep_the_text(desk, page, by):
    response = accepted(page, by)
    editor = address(response, "redact_response", "indicators")
    assert WORDS in html(desk.get(editor))
    wrong = desk.post(editor, {"version": 1, "text": "The judges of [[personal-data]]"})
    assert wrong.status_code == 422
    assert "The judges of [[personal-data]]" in html(wrong)
    text = "The courts of Exampleland, and [[personal-data]]."
    assert desk.post(editor, {"version": 1, "text": text}).status_code == 302
    preview = html(desk.get(address(response, "preview_response")))
    assert "[[personal-data]]" in preview
    assert "Perez" not in preview
    assert text in html(desk.get(editor))


def test_an_answer_without_words_is_left_out_as_a_whole(desk, page, by):
    answers = {"exporter": public(True), "indicators": public(WORDS)}
    response = accepted(page, by, answers)
    editor = address(response, "redact_response", "exporter")
    assert desk.post(editor, {"version": 1, "reason": "security"}).status_code == 302
    copy = PublicCopy.objects.get()
    assert copy.answers["exporter"] == {"segments": [{"redacted": "security"}]}
    redaction = response.screening_acts.get(verb="redact")
    desk.post(address(response, "undo_screening", redaction.pk))
    assert PublicCopy.objects.get().answers["exporter"] == {"value": True}
    desk.post(editor, {"version": 1, "reason": "security"})
    assert desk.post(editor, {"version": 1, "reason": ""}).status_code == 302
    assert not PublicCopy.objects.get().is_redacted


def test_a_confidential_answer_is_redacted_in_its_public_version_alone(desk, page, by):
    response = accepted(page, by, SEALED)
    shown = html(desk.get(address(response, "redact_response", "indicators")))
    assert "We have suppliers." in shown
    assert "Acme" not in shown
    assert "Acme" not in html(desk.get(address(response, "preview_response")))


def test_a_private_note_is_in_no_public_place(desk, page, by, other, client):
    note = "Zanzibarnote"
    response = received(page)
    act(desk, response, "note", note=note)
    sent = {"handling": "public", "reason": "within-rules", "note": note}
    act(desk, response, "accept", version=1, **sent)
    actions.publish(responses=[response], by=by)
    response.refresh_from_db()
    dispute = actions.open_dispute(response=response, text="Not me.")
    dispute.sealed_contact = seal("amina@people.example")
    dispute.save()
    dispute = response.disputes.get()
    actions.decide_dispute(dispute=dispute, by=other, outcome="not-upheld", note=note)
    actions.remove(response=response, by=by, reason="takedown", note=note)
    assert ScreeningAct.objects.filter(note=note).count() == 4
    texts = [
        *Entry.objects.values_list("text", flat=True),
        *StatusEvent.objects.values_list("text", flat=True),
        *(message.body + message.subject for message in mail.outbox),
        str(list(PublicCopy.objects.values())),
    ]
    client.logout()
    for public_address in (
        reverse("publication:index", args=[page.slug]),
        reverse("publication:response", args=[page.slug, response.reference]),
        reverse("moderation:policy"),
        reverse("moderation:dispute", args=[page.slug, response.reference]),
    ):
        texts.append(html(client.get(public_address)))
    assert not [text for text in texts if text and note in text]


def test_notes_go_with_what_is_withdrawn_before_it_was_published(page, by):
    response, once_public = received(page), published(page, by)
    for each in (response, once_public):
        actions.add_note(response=each, by=by, note="It says: Perez.")
        each = Response.objects.get(pk=each.pk)
        actions.erase_notes(each, at=None)
    assert list(ScreeningAct.objects.exclude(note="").values_list("response", flat=True)) == [
        once_public.pk
    ]


def test_the_number_of_queries_does_not_grow_with_what_was_done(
    desk, page, by, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    response = received(page)
    actions.add_note(response=response, by=by, note="One.")
    desk.get(address(response))
    with CaptureQueriesContext(connection) as few:
        desk.get(address(response))
    for number in range(12):
        actions.add_note(response=response, by=UserFactory(role=roles.MODERATOR), note=str(number))
        actions.open_confidential(response=response, by=cleared())
    with django_assert_max_num_queries(len(few)):
        desk.get(address(response))


def test_reasons_of_late_responses_are_offered_for_those_marked_alone(desk, page):
    for response, offers in (
        (received(page, identity="anonymous"), False),
        (received(page, is_late=True), True),
    ):
        shown = html(desk.get(address(response)))
        assert ('value="late-accepted"' in shown) is offers
        assert ('value="late"' in shown) is offers


@pytest.mark.parametrize(
    ("handling", "reason", "goes_with"),
    [
        ("public", "at-risk", "Public, name withheld"),
        ("name-withheld", "within-rules", "Public"),
        ("confidential", "within-rules", "Public"),
        ("public", "claim-holds", "Confidential"),
    ],
)
def test_a_reason_that_says_another_way_of_publishing_is_refused(
    desk, page, by, handling, reason, goes_with
):
    response = received(page)
    pair = {"handling": handling, "reason": reason}
    answer = act(desk, response, "accept", version=1, note="Kept words", **pair)
    assert answer.status_code == 422
    assert f"goes with “{goes_with}”" in html(answer)
    assert "Kept words" in html(answer)
    with pytest.raises(InvalidAct, match=f"goes with “{goes_with}”"):
        actions.accept(response=response, by=by, **pair)
    if reason != "claim-holds" and handling != "confidential":
        several = reverse("screen_several_responses", args=["accept"])
        answer = desk.post(several, {"response": f"{response.reference}:1", **pair})
        assert answer.status_code == 422
        assert f"goes with “{goes_with}”" in html(answer)
    response.refresh_from_db()
    assert response.status == Status.RECEIVED


def test_what_came_too_late_for_its_act_says_why_and_keeps_the_words(desk, page, by):
    response = accepted(page, screener())
    answer = act(desk, response, "ask", version=1, question="Which courts do you mean?")
    assert answer.status_code == 422
    shown = html(answer)
    assert "Not done: Ask for clarification" in shown
    assert "Somebody may have acted on it." in shown
    assert "Which courts do you mean?" in shown
    assert reverse("act_on_response", args=[response.reference, "ask"]) not in shown
    answer = act(desk, response, "ask", version="", question="Which courts do you mean?")
    assert "This is not offered any more" in html(answer)
    assert "Which courts do you mean?" in html(answer)
