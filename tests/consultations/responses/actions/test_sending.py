"""Sending a draft: once, whole, in time, and into the record."""

from datetime import timedelta

import pytest
from django.db import models
from django.utils import timezone

from consultations.calls.actions import extend_consultation
from consultations.responses import actions
from consultations.responses import models as room
from consultations.responses.errors import (
    AnotherDraft,
    AnswersClosed,
    CannotChange,
    DraftGone,
    Incomplete,
    NotPermitted,
    TokenExpired,
    TokenUsed,
)
from consultations.responses.models import (
    Clarification,
    Contact,
    Draft,
    Identity,
    ImmutableVersion,
    LateToken,
    Response,
    ResponseVersion,
    Signatory,
    Status,
    StatusEvent,
)
from consultations.responses.references import draw
from portal.record.hashing import content_digest
from portal.record.models import Entry
from tests.consultations.responses.builders import (
    ACADEMIA,
    COMPANY,
    NOBODY,
    begun,
    consultation_that_asks,
    draft_to_send,
    reachable,
    save,
    sent,
)
from tests.factories import OrganisationFactory, UserFactory

SECOND = timedelta(seconds=1)
REASONS = {"justification": "Prices.", "legal_basis": "commercial-secret"}


def test_what_was_written_is_what_is_kept(page):
    response, _code = sent(page, view="Ask who will use it.")
    version = response.versions.get()
    assert version.answers["view"] == {"value": "Ask who will use it.", "visibility": "public"}
    assert (version.submitter_type, version.group) == ("civil-society", "civil-society")
    assert version.content_digest == content_digest(version.salt, version.content())
    assert not Draft.objects.exists()


def test_the_record_states_the_digest_and_opens_it_to_nobody(page):
    response, _code = sent(page)
    version = response.versions.get()
    entry = Entry.objects.get(leaf=version.record_leaf)
    assert (entry.kind, entry.public) == ("response.submitted", False)
    assert entry.statement == {
        "kind": "response.submitted",
        "day": entry.day.isoformat(),
        "reference": response.reference,
        "version": 1,
        "consultation": page.docket,
        "content_digest": version.content_digest,
    }


def test_sent_twice_it_is_one_response(page):
    draft, _code = draft_to_send(page)
    first = actions.submit_draft(draft=draft, by=NOBODY)
    assert actions.submit_draft(draft=draft, by=NOBODY) == first
    assert Response.objects.count() == ResponseVersion.objects.count() == 1
    assert StatusEvent.objects.count() == 1


def test_sent_twice_it_is_one_response_even_after_the_deadline(page):
    draft, _code = draft_to_send(page)
    first = actions.submit_draft(draft=draft, by=NOBODY)
    assert actions.submit_draft(draft=draft, by=NOBODY, at=page.closes_at) == first


def test_a_draft_that_was_deleted_cannot_be_sent(page):
    draft, _code = draft_to_send(page)
    actions.discard_draft(draft=draft, by=NOBODY)
    with pytest.raises(DraftGone):
        actions.submit_draft(draft=draft, by=NOBODY)


def test_a_required_answer_left_out_is_named(page):
    draft, _code = begun(page)
    with pytest.raises(Incomplete) as refused:
        actions.submit_draft(draft=draft, by=NOBODY)
    assert [question.id for _part, question in refused.value.missing] == ["exporter"]


def test_an_answer_under_a_condition_that_holds_no_longer_is_not_sent(page):
    draft, _code = begun(page)
    save(draft, 1, {"exporter": True})
    save(draft, 2, {"detail": "Lenses"})
    draft = save(draft, 1, {"exporter": False})
    response = actions.submit_draft(draft=draft, by=NOBODY)
    assert set(response.versions.get().answers) == {"exporter"}


@pytest.mark.parametrize(
    ("reasons", "public_version"),
    [
        ({}, ""),
        (REASONS, ""),
        ({}, "In general terms."),
        ({"justification": "Prices.", "legal_basis": "whim"}, "In general terms."),
        ({"justification": "  ", "legal_basis": "other"}, "In general terms."),
    ],
)
def test_an_answer_for_officials_is_refused_without_all_three(page, reasons, public_version):
    draft, _code = draft_to_send(page, identity=Identity.ORGANISATION, details=COMPANY)
    save(draft, 2, {"view": {"value": "Margins.", "visibility": "officials"}})
    actions.save_confidentiality(
        draft=draft, by=NOBODY, confidentiality=reasons, public_versions={"view": public_version}
    )
    with pytest.raises(Incomplete):
        actions.submit_draft(draft=draft, by=NOBODY)


def test_with_all_three_it_is_taken(page):
    draft, _code = draft_to_send(page, identity=Identity.ORGANISATION, details=COMPANY)
    save(draft, 2, {"view": {"value": "Margins.", "visibility": "officials"}})
    actions.save_confidentiality(
        draft=draft, by=NOBODY, confidentiality=REASONS, public_versions={"view": "In general."}
    )
    version = actions.submit_draft(draft=draft, by=NOBODY).versions.get()
    assert version.answers["view"] == {
        "value": "Margins.",
        "visibility": "officials",
        "public_version": "In general.",
    }
    assert version.confidentiality == REASONS


# -- in time ---------------------------------------------------------------------------------------


def test_the_last_second_is_in_time_and_the_next_is_not(page):
    late, _code = draft_to_send(page)
    in_time, _code = draft_to_send(page)
    with pytest.raises(AnswersClosed):
        actions.submit_draft(draft=late, by=NOBODY, at=page.closes_at)
    response = actions.submit_draft(draft=in_time, by=NOBODY, at=page.closes_at - SECOND)
    assert not response.is_late


def test_an_extension_counts_though_the_page_was_read_before(page, editor):
    draft, _code = draft_to_send(page)
    stale = page.closes_at
    later = stale + timedelta(days=7)
    extend_consultation(consultation=page, by=editor, closes_at=later, reason="An outage.")
    draft.consultation.closes_at = stale
    assert actions.submit_draft(draft=draft, by=NOBODY, at=stale + SECOND)


def test_a_consultation_cancelled_meanwhile_takes_nothing(page):
    draft, _code = draft_to_send(page)
    type(page).objects.filter(pk=page.pk).update(cancelled_at=timezone.now(), cancel_reason="x")
    with pytest.raises(AnswersClosed):
        actions.submit_draft(draft=draft, by=NOBODY)


def test_grace_is_for_drafts_begun_in_time_to_the_second(consultations):
    page = consultation_that_asks(grace_hours=2)
    end = page.closes_at + timedelta(hours=2)
    draft, _code = draft_to_send(page)
    with pytest.raises(AnswersClosed):
        begun(page, at=page.closes_at)
    with pytest.raises(AnswersClosed):
        actions.submit_draft(draft=draft, by=NOBODY, at=end)
    assert not actions.submit_draft(draft=draft, by=NOBODY, at=end - SECOND).is_late


def late_token(page, **kwargs):
    after = page.closes_at
    values = {"issued_at": after, "expires_at": after + timedelta(days=7), **kwargs}
    return LateToken.objects.create(
        consultation=page, token_hash=str(LateToken.objects.count()), reason="person", **values
    )


def test_a_late_token_lets_an_answer_in_and_marks_it(page):
    token, after = late_token(page, answers_left=1), page.closes_at + timedelta(days=1)
    draft, _code = draft_to_send(
        page, late_token=token, at=after, identity=Identity.NAMED, details=ACADEMIA
    )
    response = actions.submit_draft(draft=draft, by=NOBODY, at=after)
    assert response.is_late
    with pytest.raises(TokenUsed):
        begun(page, late_token=token, at=after)


def test_a_late_token_that_has_expired_lets_nothing_in(page):
    token = late_token(page)
    draft, _code = draft_to_send(page, late_token=token, at=token.expires_at - SECOND)
    with pytest.raises(AnswersClosed):
        actions.submit_draft(draft=draft, by=NOBODY, at=token.expires_at)


def test_a_token_of_another_consultation_lets_nothing_in(page):
    token = late_token(consultation_that_asks())
    with pytest.raises(TokenExpired):
        begun(page, late_token=token, at=page.closes_at)


def test_the_day_is_that_of_the_consultations_zone(consultations):
    page = consultation_that_asks(timezone="Pacific/Auckland")
    at = timezone.now().replace(hour=20, minute=0)
    response, _code = sent(page, at=at)
    assert response.received_on == (at + timedelta(days=1)).date()


# -- whose it is -----------------------------------------------------------------------------------


def test_an_anonymous_response_names_nobody(page, member):
    response, _code = sent(page, by=member)
    assert (response.account, response.organisation) == (None, None)


def test_no_row_about_an_answer_has_a_time_of_day():
    kept = (Response, ResponseVersion, Draft, Contact, StatusEvent, room.Clarification, Signatory)
    timed = [
        field
        for model in kept
        for field in model._meta.get_fields()
        if isinstance(field, (models.DateTimeField, models.TimeField))
    ]
    assert timed == []


def test_the_name_of_an_organisation_alone_ties_nothing_to_it(page):
    works = OrganisationFactory(name="Lens Works", submitter_type="company")
    speaker = UserFactory(organisation=works, signs_for_organisation=True)
    response, _ = sent(page, by=speaker, identity=Identity.ORGANISATION, details=COMPANY)
    assert (response.account, response.organisation) == (speaker, None)


def test_only_its_owner_sends_an_accounts_draft(page, member):
    draft, _ = draft_to_send(page, by=member, identity=Identity.NAMED, details=ACADEMIA)
    with pytest.raises(NotPermitted):
        actions.submit_draft(draft=draft, by=UserFactory())


def test_signatories_move_to_the_response(page):
    draft, _code = draft_to_send(page)
    Signatory.objects.create(draft=draft, name="Ada", token_hash="a")
    response = actions.submit_draft(draft=draft, by=NOBODY)
    signatory = Signatory.objects.get()
    assert (signatory.draft, signatory.response) == (None, response)


# -- references ------------------------------------------------------------------------------------


def test_references_are_drawn_and_never_twice(page):
    numbers = [int(sent(page)[0].number) for _time in range(8)]
    assert len(set(numbers)) == 8
    assert numbers != sorted(numbers) or numbers[0] > 1


def test_a_reference_that_two_draw_at_once_is_drawn_again(page, monkeypatch):
    taken = sent(page)[0].reference
    drawn = iter([taken, taken])
    monkeypatch.setattr(
        "consultations.responses.actions.sending.draw", lambda page: next(drawn, None) or draw(page)
    )
    assert sent(page)[0].reference != taken


def test_numbers_grow_when_half_are_given(page, monkeypatch):
    monkeypatch.setattr("consultations.responses.references.DIGITS", 1)
    references = [sent(page)[0].reference for _time in range(12)]
    assert len(set(references)) == 12
    assert max(len(each.rpartition("-")[2]) for each in references) == 2


# -- versions --------------------------------------------------------------------------------------


def test_what_was_sent_cannot_be_saved_again(page):
    version = sent(page)[0].versions.get()
    version.answers = {}
    with pytest.raises(ImmutableVersion):
        version.save()
    with pytest.raises(ImmutableVersion):
        ResponseVersion.objects.filter(pk=version.pk).update(name="Somebody else")
    with pytest.raises(ImmutableVersion):
        ResponseVersion.objects.bulk_update([version], ["answers"])


def test_a_change_before_the_deadline_is_another_version(page):
    response, _code = sent(page, view="First.")
    draft = actions.begin_revision(response=response, by=NOBODY)
    assert draft.answers["view"]["value"] == "First."
    assert actions.begin_revision(response=response, by=NOBODY) == draft
    save(draft, 2, {"view": "Second."})
    again = actions.submit_draft(draft=draft, by=NOBODY)
    assert again == response
    texts = [each.answers["view"]["value"] for each in response.versions.all()]
    assert texts == ["First.", "Second."]
    entries = Entry.objects.filter(kind="response.submitted")
    assert sorted(entry.statement["version"] for entry in entries) == [1, 2]
    kinds = list(response.events.values_list("kind", flat=True))
    assert kinds == ["received", "new-version"]


def test_a_change_puts_an_accepted_response_back_before_its_screening(page):
    response, _code = sent(page)
    Response.objects.update(status=Status.ACCEPTED, handling="public")
    draft = actions.begin_revision(response=response, by=NOBODY)
    changed = actions.submit_draft(draft=draft, by=NOBODY)
    assert (changed.status, changed.handling) == (Status.RECEIVED, "")


def test_a_change_while_a_question_waits_goes_on_waiting(page):
    response, _code = sent(page)
    Response.objects.update(status=Status.CLARIFICATION)
    question = Clarification.objects.create(
        response=response, question="Which year?", asked_on=timezone.now().date()
    )
    for answered_on, status in (
        (None, Status.CLARIFICATION),
        (timezone.now().date(), Status.RECEIVED),
    ):
        Clarification.objects.filter(pk=question.pk).update(answered_on=answered_on)
        draft = actions.begin_revision(response=response, by=NOBODY)
        assert actions.submit_draft(draft=draft, by=NOBODY).status == status


def test_a_change_keeps_the_identity(page):
    response, _code = sent(page)
    draft = actions.begin_revision(response=response, by=NOBODY)
    draft, _code = actions.save_identity(
        draft=draft, by=NOBODY, identity=Identity.NAMED, details=ACADEMIA
    )
    assert draft.identity == Identity.ANONYMOUS


@pytest.mark.parametrize(
    "status", [Status.PUBLISHED, Status.REJECTED, Status.WITHDRAWN, Status.REMOVED]
)
def test_past_screening_nothing_is_changed(page, status):
    response, _code = sent(page)
    draft = actions.begin_revision(response=response, by=NOBODY)
    Response.objects.update(status=status)
    with pytest.raises(CannotChange):
        actions.submit_draft(draft=draft, by=NOBODY)
    draft.delete()
    with pytest.raises(CannotChange):
        actions.begin_revision(response=response, by=NOBODY)


def test_from_the_deadline_on_nothing_is_changed(page):
    response, _code = sent(page)
    with pytest.raises(CannotChange):
        actions.begin_revision(response=response, by=NOBODY, at=page.closes_at)


def test_an_account_changes_one_thing_at_a_time(page, member):
    response, _code = sent(page, by=member, identity=Identity.NAMED, details=ACADEMIA)
    begun(page, by=member, identity=Identity.NAMED, details=ACADEMIA)
    with pytest.raises(AnotherDraft):
        actions.begin_revision(response=response, by=member)


def test_a_change_leaves_the_address_for_news_as_it_is(page):
    response, _code = sent(page)
    reachable(response)
    draft = actions.begin_revision(response=response, by=NOBODY)
    actions.submit_draft(draft=draft, by=NOBODY)
    assert Contact.objects.filter(response=response).exists()
