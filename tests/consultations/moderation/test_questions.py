"""A question to whoever answered without a name: read by a second person before it goes."""

import pytest

from consultations.moderation import actions
from consultations.moderation.actions.questions import open_question
from consultations.moderation.errors import (
    NobodyToAsk,
    NotPermitted,
    SecondPersonNeeded,
    WrongStatus,
)
from consultations.responses.actions import answer_clarification
from consultations.responses.models import Clarification, Response, Status
from portal.stakeholders.roles import ANALYST
from tests.consultations.moderation.building import (
    AT,
    new_version,
    public,
    put_in_public,
    received,
)
from tests.consultations.responses.builders import NOBODY
from tests.factories import UserFactory

STANDING = "You need not answer. If you do not, nothing changes."


def fresh(response):
    return Response.objects.get(pk=response.pk)


@pytest.fixture
def nameless(page):
    return received(page, identity="anonymous")


def test_it_is_proposed_and_nobody_outside_learns_of_it(nameless, by):
    act = actions.ask_clarification(response=nameless, by=by, question=" Which courts? ")
    assert (act.verb, act.note) == ("propose-question", "Which courts?")
    assert fresh(nameless).status == Status.RECEIVED
    assert not Clarification.objects.exists()
    assert not nameless.events.exists()
    with pytest.raises(WrongStatus):
        actions.ask_clarification(response=nameless, by=by, question="And which judges?")


def test_another_sends_it_and_it_says_that_nobody_need_answer(nameless, by, other):
    act = actions.ask_clarification(response=nameless, by=by, question="Which courts?")
    with pytest.raises(SecondPersonNeeded):
        actions.send_question(response=nameless, by=by)
    with pytest.raises(NotPermitted):
        actions.send_question(response=nameless, by=UserFactory(role=ANALYST))
    with pytest.raises(WrongStatus):
        actions.send_question(response=nameless, by=other, proposal=act.pk + 1)
    asked = actions.send_question(response=nameless, by=other, proposal=act.pk)
    assert asked.question == f"Which courts?\n\n{STANDING}"
    assert nameless.events.get().text == asked.question
    act.refresh_from_db()
    assert act.note == "", "the words are in one place, which cutting the tie erases"
    assert fresh(nameless).status == Status.CLARIFICATION
    answer_clarification(clarification=asked, by=NOBODY, answer="The highest.")
    assert fresh(nameless).status == Status.RECEIVED


def test_declined_or_taken_back_it_never_goes(nameless, by, other):
    actions.ask_clarification(response=nameless, by=by, question="Who told you?")
    with pytest.raises(SecondPersonNeeded):
        actions.decline_question(response=nameless, by=by)
    actions.decline_question(response=nameless, by=other, note="It would give them away.")
    with pytest.raises(WrongStatus):
        actions.send_question(response=nameless, by=other)
    act = actions.ask_clarification(response=nameless, by=by, question="Which courts?")
    actions.undo(act=act, by=by)
    assert open_question(fresh(nameless), 1) is None
    assert not Clarification.objects.exists()
    assert not nameless.events.exists()


def test_under_a_name_one_person_asks_at_once(page, by):
    asked = actions.ask_clarification(response=received(page), by=by, question="Which courts?")
    assert asked.question == "Which courts?"


def test_unanswered_nothing_changes(nameless, by, other):
    """What the question says of itself: it is accepted and published all the same."""
    actions.ask_clarification(response=nameless, by=by, question="Which courts?")
    actions.send_question(response=nameless, by=other)
    actions.accept(response=nameless, by=by, handling="public", reason="within-rules", at=AT)
    put_in_public(fresh(nameless), by=by, at=AT)
    assert fresh(nameless).status == Status.PUBLISHED


def test_a_question_about_an_older_version_is_not_sent(nameless, by, other):
    actions.ask_clarification(response=nameless, by=by, question="Which courts?")
    new_version(nameless, {"indicators": public("The highest courts.")})
    with pytest.raises(WrongStatus):
        actions.send_question(response=nameless, by=other)


def test_nobody_is_asked_who_cut_the_tie_meanwhile(nameless, by, other):
    actions.ask_clarification(response=nameless, by=by, question="Which courts?")
    Response.objects.update(code_hash=None)
    with pytest.raises(NobodyToAsk):
        actions.send_question(response=nameless, by=other)
    actions.decline_question(response=nameless, by=other)
    assert not Clarification.objects.exists()
