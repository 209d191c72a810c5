"""What each act of screening does, and what taking it back does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.calls.models import ConsultationPage
from consultations.moderation import actions
from consultations.moderation.errors import (
    InvalidAct,
    NewVersion,
    NothingReady,
    NothingToUndo,
    NotPermitted,
    OwnAmongThem,
    PublishedTogether,
    WrongStatus,
)
from consultations.moderation.models import ScreeningAct
from consultations.moderation.recording import KINDS, check_acts
from consultations.publication.models import PublicCopy
from consultations.responses.models import Response, Status
from portal.record.models import Entry
from tests.consultations.moderation.building import (
    AT,
    WORDS,
    accepted,
    new_version,
    public,
    published,
    received,
    rejected,
    screener,
)
from tests.factories import UserFactory

CUT = [
    {"text": "The courts of Exampleland, and "},
    {"redacted": "personal-data"},
    {"text": "."},
]


def fresh(response):
    return Response.objects.get(pk=response.pk)


def told(response):
    return [event.kind for event in response.events.all()]


def findings():
    return check_acts(Entry.objects.filter(kind__in=KINDS).all_in_lists())


def statement(kind):
    return Entry.objects.filter(kind=kind).last()


def test_accepting_makes_the_public_copy_and_tells_the_submitter_why(page, by):
    response = received(page, language="fr")
    act = actions.accept(
        response=response, by=by, handling="name-withheld", reason="at-risk", note="Exile.", at=AT
    )
    now = fresh(response)
    assert (now.status, now.handling) == (Status.ACCEPTED, "name-withheld")
    assert now.public_copy.display_name == ""
    assert not now.public_copy.is_published
    assert told(now) == ["accepted"]
    assert "Exile" not in now.events.get().text
    entry = Entry.objects.get(leaf=act.record_leaf)
    assert entry.statement == {
        "kind": "response.accepted",
        "day": "2026-11-24",
        "reference": response.reference,
        "version": 1,
        "reason": "at-risk",
        "handling": "name-withheld",
    }
    assert entry.public is False


def test_a_confidential_response_has_no_public_copy_and_is_not_published(page, by):
    response = accepted(page, by, handling="confidential", reason="claim-holds")
    assert not PublicCopy.objects.exists()
    with pytest.raises(WrongStatus):
        actions.publish(responses=[response], by=by)


def test_asking_waits_for_an_answer_and_asks_one_thing_at_a_time(page, by):
    response = received(page)
    asked = actions.ask_clarification(response=response, by=by, question=" Which courts? ")
    assert asked.question == "Which courts?"
    assert fresh(response).status == Status.CLARIFICATION
    assert told(response) == ["clarification-asked"]
    with pytest.raises(WrongStatus):
        actions.ask_clarification(response=response, by=by, question="And which judges?")
    with pytest.raises(InvalidAct):
        actions.ask_clarification(response=received(page), by=by, question="  ")


def test_a_proposal_to_reject_tells_nobody_and_bars_every_other_way(page, by, other):
    response = received(page)
    actions.propose_rejection(response=response, by=by, reason="abuse", note="Page 2.")
    assert fresh(response).status == Status.RECEIVED
    assert told(response) == []
    for attempt in (
        lambda: actions.accept(
            response=response, by=other, handling="public", reason="within-rules"
        ),
        lambda: actions.ask_clarification(response=response, by=other, question="Why?"),
        lambda: actions.propose_rejection(response=response, by=other, reason="spam"),
    ):
        with pytest.raises(WrongStatus):
            attempt()
    actions.decline_rejection(response=response, by=other)
    actions.accept(response=response, by=other, handling="public", reason="within-rules")
    assert fresh(response).status == Status.ACCEPTED


def test_a_confirmed_rejection_tells_the_reason_and_enters_the_record_closed(page, by, other):
    response = rejected(page, by, other)
    assert response.status == Status.REJECTED
    assert "Advertising or spam" in response.events.get().text
    entry = statement("response.rejected")
    assert entry.statement["reason"] == "spam"
    assert entry.public is False
    with pytest.raises(WrongStatus):
        actions.confirm_rejection(response=response, by=other)


def test_what_came_in_while_somebody_read_is_not_judged_unread(page, by):
    response = received(page)
    new_version(response, {"indicators": public("Something else.")})
    with pytest.raises(NewVersion):
        actions.accept(
            response=response, by=by, handling="public", reason="within-rules", version=1
        )
    assert fresh(response).status == Status.RECEIVED


def test_a_new_version_is_screened_anew(page, by, other):
    response = received(page)
    proposal = actions.propose_rejection(response=response, by=by, reason="empty")
    new_version(response, {"indicators": public("A real answer.")})
    with pytest.raises(WrongStatus):
        actions.confirm_rejection(response=response, by=other)
    with pytest.raises(NothingToUndo):
        actions.undo(act=proposal, by=by)
    actions.accept(response=response, by=other, handling="public", reason="within-rules")
    assert PublicCopy.objects.get().answers["indicators"]["value"] == "A real answer."


def test_a_redaction_cuts_the_copy_and_keeps_no_word_of_what_it_cut(page, by):
    response = accepted(page, by)
    act = actions.redact(response=response, by=by, question_id="indicators", segments=CUT)
    copy = PublicCopy.objects.get()
    assert copy.answers["indicators"]["segments"] == CUT
    assert copy.is_redacted
    assert response.versions.get().answers["indicators"]["value"] == WORDS
    start, end, code = act.detail["cuts"][0]
    assert WORDS[start:end] == "Ms Perez of 4 High Street"
    assert code == "personal-data"
    assert "Perez" not in str(act.detail)


@pytest.mark.parametrize(
    "segments",
    [
        [{"text": "Other words."}],
        [{"redacted": "no-such-code"}],
        [{"text": WORDS}, {"redacted": "abuse"}],
    ],
)
def test_what_is_no_cut_of_the_text_is_refused(page, by, segments):
    response = accepted(page, by)
    with pytest.raises(InvalidAct):
        actions.redact(response=response, by=by, question_id="indicators", segments=segments)
    with pytest.raises(InvalidAct):
        actions.redact(response=response, by=by, question_id="nowhere", segments=segments)
    assert not PublicCopy.objects.get().is_redacted


def test_publishing_is_all_or_none(page, by):
    ready, waiting = accepted(page, by), received(page)
    with pytest.raises(WrongStatus):
        actions.publish(responses=[ready, waiting], by=by)
    assert fresh(ready).status == Status.ACCEPTED
    actions.publish(responses=[ready], by=by)
    assert fresh(ready).status == Status.PUBLISHED
    assert told(ready) == ["accepted", "published"]
    with pytest.raises(WrongStatus):
        actions.publish(responses=[ready], by=by)


def test_what_is_published_leaves_nothing_behind_that_could_go_with_it(page, by):
    chosen, other = accepted(page, by), accepted(page, by)
    held = accepted(page, by, identity="anonymous", even_if_alone=False)
    with pytest.raises(PublishedTogether):
        actions.publish(responses=[chosen], by=by)
    assert not PublicCopy.objects.published().exists()
    done = actions.publish_accepted(consultation=page, by=by)
    assert {copy.response for copy in done} == {chosen, other}
    assert (fresh(held).status, told(held)) == (Status.ACCEPTED, ["accepted"])
    assert told(chosen) == ["accepted", "published"]
    with pytest.raises(NothingReady):
        actions.publish_accepted(consultation=page, by=by)
    late = accepted(page, by, is_late=True)
    assert [copy.response for copy in actions.publish_accepted(consultation=page, by=by)] == [late]


def test_one_by_one_goes_only_where_people_were_told_so(page, by):
    later = timezone.now() + timedelta(days=1)
    ConsultationPage.objects.update(publishes_while_open=True, closes_at=later)
    one, _other = accepted(page, by), accepted(page, by)
    actions.publish(responses=[one], by=by)
    assert PublicCopy.objects.published().get().response == one
    ConsultationPage.objects.update(publishes_while_open=False)
    with pytest.raises(WrongStatus, match="after the consultation has closed"):
        actions.publish(responses=[_other], by=by)
    with pytest.raises(NothingReady):
        actions.publish_accepted(consultation=page, by=by)


def test_nobody_publishes_a_batch_with_their_own_response(page, by):
    accepted(page, by)
    owner = screener()
    own = accepted(page, by, account=owner)
    with pytest.raises(OwnAmongThem):
        actions.publish_accepted(consultation=page, by=owner)
    with pytest.raises(NotPermitted):
        actions.publish_accepted(consultation=page, by=UserFactory())
    assert len(actions.publish_accepted(consultation=page, by=by)) == 2
    assert fresh(own).status == Status.PUBLISHED


def test_the_order_of_publication_is_not_the_order_of_arrival(page, by):
    responses = [accepted(page, by, identity="anonymous") for _ in range(12)]
    copies = actions.publish(responses=responses, by=by)
    arrival = [each.pk for each in responses]
    assert [copy.response_id for copy in copies] != arrival
    in_index = PublicCopy.objects.order_by("shuffle", "pk").values_list("response", flat=True)
    assert list(in_index) != arrival


# Undoing


def test_an_acceptance_taken_back_is_as_if_it_had_not_been(page, by, other):
    response = received(page)
    actions.ask_clarification(response=response, by=by, question="Which courts?")
    act = actions.accept(response=response, by=by, handling="public", reason="within-rules")
    actions.undo(act=act, by=other)
    now = fresh(response)
    assert (now.status, now.handling) == (Status.CLARIFICATION, "")
    assert not PublicCopy.objects.exists()
    assert statement("response.reopened").public is False
    assert told(response) == ["clarification-asked", "accepted", "reopened"]
    with pytest.raises(NothingToUndo):
        actions.undo(act=act, by=other)
    confidential = actions.accept(
        response=response, by=by, handling="confidential", reason="claim-holds"
    )
    actions.undo(act=confidential, by=by)
    assert fresh(response).handling == ""


def test_nothing_is_undone_once_it_is_published(page, by):
    response = accepted(page, by)
    redaction = actions.redact(response=response, by=by, question_id="indicators", segments=CUT)
    acceptance = response.screening_acts.get(verb="accept")
    actions.publish(responses=[response], by=by)
    publication = response.screening_acts.get(verb="publish")
    for act in (acceptance, redaction, publication):
        with pytest.raises(NothingToUndo):
            actions.undo(act=act, by=by)
    assert PublicCopy.objects.published().exists()


def test_a_proposal_is_taken_back_by_anybody_who_screens(page, by, other):
    response = received(page)
    act = actions.propose_rejection(response=response, by=by, reason="spam")
    with pytest.raises(NotPermitted):
        actions.undo(act=act, by=UserFactory())
    actions.undo(act=act, by=by)
    with pytest.raises(WrongStatus):
        actions.confirm_rejection(response=response, by=other)


def test_a_rejection_taken_back_waits_for_a_second_person_again(page, by, other):
    response = rejected(page, by, other)
    act = response.screening_acts.get(verb="confirm-rejection")
    actions.undo(act=act, by=other, at=AT + timedelta(days=30))
    assert fresh(response).status == Status.RECEIVED
    with pytest.raises(WrongStatus):
        actions.accept(response=response, by=by, handling="public", reason="within-rules")
    actions.confirm_rejection(response=response, by=other)
    assert fresh(response).status == Status.REJECTED


def test_after_thirty_days_a_rejection_stands(page, by, other):
    response = rejected(page, by, other)
    act = response.screening_acts.get(verb="confirm-rejection")
    with pytest.raises(NothingToUndo):
        actions.undo(act=act, by=other, at=AT + timedelta(days=31))


def test_a_redaction_taken_back_restores_the_one_before_it(page, by):
    response = accepted(page, by)
    first = actions.redact(response=response, by=by, question_id="indicators", segments=CUT)
    second = actions.redact(
        response=response,
        by=by,
        question_id="indicators",
        segments=[{"text": "The courts of "}, {"redacted": "security"}],
    )
    with pytest.raises(NothingToUndo):
        actions.undo(act=first, by=by)
    actions.undo(act=second, by=by)
    assert PublicCopy.objects.get().answers["indicators"]["segments"] == CUT
    actions.undo(act=first, by=by)
    assert PublicCopy.objects.get().answers["indicators"] == {"value": WORDS}


def test_undoing_is_an_act_and_no_row_changes(page, by):
    response = accepted(page, by)
    act = response.screening_acts.get()
    before = ScreeningAct.objects.filter(pk=act.pk).values().get()
    undoing = actions.undo(act=act, by=by)
    assert ScreeningAct.objects.filter(pk=act.pk).values().get() == before
    assert (undoing.verb, undoing.undoes) == ("undo", act)
    assert list(ScreeningAct.objects.in_force()) == []


def test_the_record_and_the_acts_are_held_against_each_other(page, by, other):
    published(page, by)
    rejected(page, by, other)
    act = accepted(page, by).screening_acts.get()
    actions.undo(act=act, by=by)
    assert list(findings()) == []
    ScreeningAct.objects.filter(verb="confirm-rejection").update(reason="abuse")
    ScreeningAct.objects.filter(pk=act.pk).delete()
    wrong = [finding.text for finding in findings()]
    assert len(wrong) == 3  # changed; deleted, and with it its undoing


def test_sealed_acts_name_the_one_that_they_follow_and_open_ones_do_not(page, by):
    """The record keeps no order within a day; an open entry would tell which leaf is of it."""
    response = received(page)
    act = actions.accept(response=response, by=by, handling="public", reason="within-rules")
    actions.undo(act=act, by=by)
    again = actions.accept(response=response, by=by, handling="public", reason="within-rules")
    actions.publish(responses=[fresh(response)], by=by)
    removal = actions.remove(response=fresh(response), by=by, reason="takedown")
    acts = [each for each in response.screening_acts.all() if each.record_leaf]
    stated = [Entry.objects.get(leaf=each.record_leaf).statement for each in acts]
    undoing = acts[1]
    assert [each.get("follows") for each in stated] == [
        None,
        act.record_leaf,
        undoing.record_leaf,
        None,
    ]
    assert (acts[2], acts[3]) == (again, removal)
    assert list(findings()) == []
    ScreeningAct.objects.filter(pk=again.pk).update(record_leaf=act.record_leaf)
    ScreeningAct.objects.filter(pk=act.pk).update(record_leaf=again.record_leaf)
    assert any("follows another" in finding.text for finding in findings())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"handling": "confidential"}, "was not accepted as confidential"),
        ({"handling": "public", "status": "accepted"}, None),
        ({"handling": "", "status": "rejected"}, "nobody decided so"),
    ],
)
def test_a_decision_put_in_by_hand_is_found(page, by, change, said):
    response = accepted(page, by)
    Response.objects.filter(pk=response.pk).update(**change)
    wrong = [finding.text for finding in findings()]
    assert wrong == [] if said is None else any(said in text for text in wrong)


def test_an_act_opened_or_closed_by_hand_is_found(page, by):
    act = accepted(page, by).screening_acts.get()
    Entry.objects.filter(leaf=act.record_leaf).update(public=True)
    assert any("not open as it was" in finding.text for finding in findings())


@pytest.mark.parametrize("values", [{"identity": "anonymous"}, {}])
def test_what_is_not_marked_as_late_is_not_judged_as_late(page, by, values):
    """A reason beside an answer without a name would say that a late token let it in."""
    response = received(page, **values)
    for judge, reason in (
        (lambda **how: actions.accept(handling="public", **how), "late-accepted"),
        (actions.propose_rejection, "late"),
    ):
        with pytest.raises(InvalidAct, match="not marked as late"):
            judge(response=response, by=by, reason=reason)
    late = received(page, is_late=True)
    actions.accept(response=late, by=by, handling="public", reason="late-accepted")
