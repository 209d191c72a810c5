"""Late tokens: given, used once, run out, taken back; and tried by those who have none."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.responses import actions
from consultations.responses.codes import hash_code, new_code
from consultations.responses.errors import AnswersClosed, DraftGone, NotPermitted
from consultations.responses.models import Draft, LateToken, Response
from consultations.responses.paper_errors import (
    NoLateAnswers,
    TokenExpired,
    TokenTaken,
    TokenUsed,
)
from portal.stakeholders.roles import MODERATOR
from tests.consultations.responses.builders import (
    ACADEMIA,
    NOBODY,
    begun,
    consultation_that_asks,
    draft_to_send,
)
from tests.consultations.responses.walk import Visitor
from tests.factories import UserFactory

VIEW = "Ask who will use it."
WHO = {
    "identity": "anonymous",
    "submitter_type": "civil-society",
    "language": "en",
    "name": "",
    "organisation_name": "",
    "state": "",
    "email": "",
}


@pytest.fixture
def closed(consultations):
    return consultation_that_asks(closed=True)


@pytest.fixture
def token(closed, moderator):
    return give(closed, moderator)


def give(page, by, **kwargs):
    kwargs.setdefault("expires_at", timezone.now() + timedelta(days=7))
    return actions.give_late_token(consultation=page, by=by, reason="Ill.", **kwargs)


# -- giving and revoking ---------------------------------------------------------------------------


def test_a_token_is_kept_as_a_hash(token):
    kept = LateToken.objects.get()
    assert kept.token_hash == hash_code(token.code)
    assert token.code not in str(LateToken.objects.values().get())


def test_a_token_that_would_run_out_before_it_helps_is_not_given(closed, page, moderator):
    with pytest.raises(TokenExpired):
        give(closed, moderator, expires_at=timezone.now())
    with pytest.raises(TokenExpired):
        give(page, moderator, expires_at=page.closes_at)


@pytest.mark.parametrize("values", [{"cancelled": True}, {"live": False}])
def test_a_consultation_that_takes_none_gets_none(consultations, moderator, values):
    with pytest.raises(NoLateAnswers):
        give(consultation_that_asks(**values), moderator)


def test_a_revoked_token_lets_nothing_in_any_more(closed, token, moderator):
    draft, _code = begun(closed, late_token=token.token)
    actions.revoke_late_token(token=token.token, by=moderator)
    actions.revoke_late_token(token=token.token, by=moderator)
    with pytest.raises(AnswersClosed):
        actions.discard_draft(draft=draft, by=NOBODY) or begun(
            closed, late_token=LateToken.objects.get()
        )


def test_a_used_token_is_not_revoked(closed, token, moderator):
    draft, _code = draft_to_send(closed, late_token=token.token)
    actions.submit_draft(draft=draft, by=NOBODY)
    with pytest.raises(TokenUsed):
        actions.revoke_late_token(token=token.token, by=moderator)
    with pytest.raises(NotPermitted):
        actions.revoke_late_token(token=token.token, by=UserFactory())


# -- bringing it to a draft that missed the deadline -----------------------------------------------


def test_a_draft_that_missed_the_deadline_is_sent_with_it(page, moderator):
    draft, _code = draft_to_send(page)
    after = page.closes_at + timedelta(days=1)
    given = give(page, moderator, expires_at=after + timedelta(days=1))
    draft = actions.bring_late_token(draft=draft, token=given.token, by=NOBODY, at=after)
    assert actions.submit_draft(draft=draft, by=NOBODY, at=after).is_late
    with pytest.raises(DraftGone):
        actions.bring_late_token(draft=draft, token=given.token, by=NOBODY, at=after)


def test_two_drafts_do_not_share_a_token(page, moderator):
    first, _code = draft_to_send(page)
    second, _code = draft_to_send(page)
    after = page.closes_at + timedelta(days=1)
    given = give(page, moderator, expires_at=after + timedelta(days=1))
    actions.bring_late_token(draft=first, token=given.token, by=NOBODY, at=after)
    with pytest.raises(TokenTaken):
        actions.bring_late_token(draft=second, token=given.token, by=NOBODY, at=after)


def test_a_strangers_draft_takes_none(page, moderator, member):
    draft, _code = begun(page, identity="named", details=ACADEMIA, by=member)
    after = page.closes_at + timedelta(days=1)
    given = give(page, moderator, expires_at=after + timedelta(days=1))
    with pytest.raises(NotPermitted):
        actions.bring_late_token(draft=draft, token=given.token, by=NOBODY, at=after)


# -- the page --------------------------------------------------------------------------------------


@pytest.fixture
def visitor(closed):
    return Visitor(closed)


def use(visitor, code, **data):
    return visitor.client.post(visitor.at("late"), {"code": code, **WHO, **data})


def test_a_late_answer_is_marked_so_and_the_token_is_spent(visitor, token):
    assert visitor.at("late") in visitor.text("start")
    assert use(visitor, token.code.lower()).url == visitor.at("code")
    assert "will be marked as late" in visitor.text("tasks")
    visitor.answer_all(VIEW)
    assert visitor.submit().url == visitor.at("sent")
    response = Response.objects.get()
    assert response.is_late
    assert "marked as late" in visitor.text("sent")
    assert LateToken.objects.get().used_on is not None
    again = use(Visitor(visitor.page), token.code)
    assert "sent with this token already" in again.content.decode()


def test_a_draft_in_hand_needs_the_token_alone(page, moderator):
    visitor = Visitor(page)
    visitor.begin()
    visitor.answer_all(VIEW)
    with time_machine.travel(page.closes_at + timedelta(days=1)):
        given = give(page, moderator)
        assert "You speak as" not in visitor.text("late")
        assert visitor.client.post(visitor.at("late"), {"code": given.code}).url == visitor.at(
            "tasks"
        )
        assert visitor.submit().url == visitor.at("sent")
    assert Response.objects.get().is_late


@pytest.mark.parametrize(
    ("code", "status", "words"),
    [
        ("", 422, "Enter your late token."),
        ("not a code", 422, "you typed"),
        ("!!", 422, "No code has"),
        ("QZ5H-T3NS-ZS53-426G-XWQH", 422, "No answer here is let in by this token."),
    ],
)
def test_what_is_no_token_gets_a_sentence_and_nothing_is_begun(visitor, code, status, words):
    answer = use(visitor, code, name="Ada Vrba")
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert "Ada Vrba" in answer.content.decode()
    assert not Draft.objects.exists()


def test_a_token_of_another_consultation_is_none(visitor, consultations, moderator):
    other = give(consultation_that_asks(closed=True, title="Another"), moderator)
    assert "No answer here is let in" in use(visitor, other.code).content.decode()


def test_run_out_revoked_or_taken_it_says_so(visitor, closed, token, moderator):
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert "lets no answer in" in use(visitor, token.code).content.decode()
    use(Visitor(closed), token.code)
    assert "begun with this token already" in use(visitor, token.code).content.decode()
    actions.revoke_late_token(token=token.token, by=moderator)
    assert "lets no answer in" in use(visitor, token.code).content.decode()


def test_a_right_token_waits_for_who_answers(visitor, token):
    answer = use(visitor, token.code, identity="")
    assert answer.status_code == 422
    assert "Choose how you want to answer." in answer.content.decode()
    assert not Draft.objects.exists()
    assert use(visitor, token.code).status_code == 302


def test_tokens_are_guessed_five_times_a_minute_at_most(visitor, token):
    for _time in range(5):
        assert use(visitor, new_code()).status_code == 422
    assert use(visitor, token.code).status_code == 429
    assert not Draft.objects.exists()


def test_before_the_deadline_the_page_says_that_none_is_needed(page):
    assert "You need no token" in Visitor(page).text("late")


def test_a_forged_form_uses_no_token(closed, token):
    visitor = Visitor(closed, Client(enforce_csrf_checks=True))
    assert use(visitor, token.code).status_code == 403
    assert not Draft.objects.exists()


# -- the admin -------------------------------------------------------------------------------------


@pytest.fixture
def desk(client, db):
    client.force_login(UserFactory(role=MODERATOR))
    return client


def address(page):
    return reverse("late_tokens", args=[page.pk])


def test_staff_see_a_token_once_and_revoke_it(desk, closed):
    until = timezone.now() + timedelta(days=3)
    answer = desk.post(
        address(closed),
        {"reason": "Strike at the post.", "expires_at": f"{until:%Y-%m-%d} 18:00"},
    )
    shown = answer.content.decode()
    token = LateToken.objects.get()
    code = answer.context["given"].code
    assert hash_code(code) == token.token_hash
    assert code in shown
    assert reverse("responses:late", args=[closed.slug]) in shown
    listed = desk.get(address(closed)).content.decode()
    assert code not in listed
    assert "Strike at the post." in listed
    revoke = reverse("revoke_late_token", args=[closed.pk, token.pk])
    assert revoke in listed
    assert "Revoke the token" in desk.get(revoke).content.decode()
    desk.post(revoke)
    assert "Revoked on" in desk.get(address(closed)).content.decode()


@pytest.mark.parametrize(
    "typed", ["", "tomorrow", "2020-01-01 10:00", "9999-12-31 23:59", "2027-03-28 02:30"]
)
def test_a_wrong_moment_is_said_beside_its_field(desk, closed, typed):
    answer = desk.post(address(closed), {"reason": "Ill.", "expires_at": typed})
    assert answer.status_code == 422
    assert answer.context["form"].errors["expires_at"]
    assert not LateToken.objects.exists()


def test_no_reason_no_token(desk, closed):
    until = timezone.now() + timedelta(days=3)
    answer = desk.post(address(closed), {"reason": " ", "expires_at": f"{until:%Y-%m-%d} 18:00"})
    assert "Say why" in answer.content.decode()
