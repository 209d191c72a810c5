"""After sending: questions, news, withdrawing."""

import json

import pytest
from django.utils import timezone

from consultations.responses import actions, hooks
from consultations.responses.errors import AlreadyAnswered, CannotChange, NotPermitted
from consultations.responses.models import (
    Clarification,
    Contact,
    Draft,
    Identity,
    Response,
    ResponseVersion,
    Signatory,
    Status,
    StatusEvent,
)
from consultations.responses.notifications import tell
from portal.files.models import StoredFile
from portal.record.models import Entry
from tests.consultations.responses.builders import (
    ACADEMIA,
    NOBODY,
    consultation_that_asks,
    reachable,
    save,
    sent,
)
from tests.factories import UserFactory

TODAY = timezone.now().date()


def asked(response, question="Which year do you mean?"):
    Response.objects.filter(pk=response.pk).update(status=Status.CLARIFICATION)
    return Clarification.objects.create(response=response, question=question, asked_on=TODAY)


def test_a_question_answered_puts_the_response_back_to_its_screening(page):
    response, _code = sent(page)
    first, second = asked(response), asked(response, "And which country?")
    actions.answer_clarification(clarification=first, by=NOBODY, answer="2025.")
    assert Response.objects.get().status == Status.CLARIFICATION, "one is left"
    actions.answer_clarification(clarification=second, by=NOBODY, answer="None.")
    assert Response.objects.get().status == Status.RECEIVED
    with pytest.raises(AlreadyAnswered):
        actions.answer_clarification(clarification=first, by=NOBODY, answer="2024.")
    first.refresh_from_db()
    assert first.answer == "2025."


def test_only_its_owner_answers_and_withdraws(page, member):
    response, _code = sent(page, by=member, identity=Identity.NAMED, details=ACADEMIA)
    question = asked(response)
    for stranger in (NOBODY, UserFactory()):
        with pytest.raises(NotPermitted):
            actions.answer_clarification(clarification=question, by=stranger, answer="x")
        with pytest.raises(NotPermitted):
            actions.withdraw_response(response=response, by=stranger)


@pytest.fixture
def answered(consultations):
    """A response with everything to it: a file, an address, a signatory, a question, a change."""
    page = consultation_that_asks(questionnaire=True)
    stored = StoredFile.objects.create(
        kind="pdf", size=1, sha256="0" * 64, state="clean", stored_on=TODAY
    )
    draft, _code = actions.begin_draft(
        consultation=page,
        by=NOBODY,
        identity=Identity.NAMED,
        details=ACADEMIA,
    )
    save(draft, 1, {"exporter": True})
    save(draft, 2, {"indicators": "Secret indicators."})
    draft = save(draft, 3, {"evidence": [str(stored.pk)]})
    response = actions.submit_draft(draft=draft, by=NOBODY)
    reachable(response, "ada@people.example")
    Signatory.objects.create(response=response, name="Ben", token_hash="b")
    asked(response)
    tell(response, StatusEvent.Kind.CLARIFICATION_ASKED, "Which year?", at=timezone.now())
    actions.begin_revision(response=response, by=NOBODY)
    return response


def everything_kept():
    """All that the tables of answers say, as text."""
    models = (Response, ResponseVersion, Draft, Signatory, Clarification, StatusEvent, Contact)
    return json.dumps([list(model.objects.values()) for model in models], default=str)


def test_withdrawn_before_publication_nothing_of_it_is_left(answered):
    assert "Secret" in everything_kept()
    version = answered.versions.get()
    digest = version.content_digest
    actions.withdraw_response(response=answered, by=NOBODY)
    kept = everything_kept()
    for written in ("Secret", "Vrba", "Ben", "Which year", "CZ"):
        assert written not in kept
    assert not StoredFile.objects.exists()
    assert not Contact.objects.exists()
    version.refresh_from_db()
    assert (version.salt, version.content_digest) == (None, digest)
    entry = Entry.objects.get(leaf=version.record_leaf)
    assert (entry.text, entry.salt) == (None, None)
    tombstone = Entry.objects.get(leaf=entry.erased_by)
    assert tombstone.statement["reference"] == answered.reference
    assert not tombstone.public


def test_withdrawn_twice_is_withdrawn_once(answered):
    for _time in range(2):
        actions.withdraw_response(response=answered, by=NOBODY)
    assert Entry.objects.filter(kind="record.erased").count() == 1


def test_withdrawn_after_publication_the_record_keeps_what_it_was(answered):
    Response.objects.update(status=Status.PUBLISHED)
    actions.withdraw_response(response=answered, by=NOBODY)
    assert answered.versions.get().answers
    assert not Contact.objects.exists()
    entry = Entry.objects.get(kind="response.withdrawn")
    assert entry.statement["reference"] == answered.reference


def test_rooms_above_are_told_of_a_withdrawal_before_anything_is_erased(answered, monkeypatch):
    told = []
    monkeypatch.setattr(hooks, "_callbacks", [])
    hooks.on_withdrawal(
        lambda response, at: told.append((response.status, response.versions.get().name))
    )
    actions.withdraw_response(response=answered, by=NOBODY)
    assert told == [(Status.CLARIFICATION, "Ada Vrba")]


def test_nothing_is_answered_after_withdrawing(page):
    response, _code = sent(page)
    question = asked(response)
    Response.objects.update(status=Status.WITHDRAWN)
    with pytest.raises(CannotChange):
        actions.answer_clarification(clarification=question, by=NOBODY, answer="x")


# -- what happened -----------------------------------------------------------------------------


def test_events_are_dated_by_the_day(page):
    response, _code = sent(page)
    event = tell(response, StatusEvent.Kind.ACCEPTED, at=timezone.now())
    assert event.on in (TODAY, TODAY + timezone.timedelta(days=1))
