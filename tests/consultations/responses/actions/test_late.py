"""Late tokens: given, announced, used, run out, taken back; and what they tell of who used them."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.responses import actions
from consultations.responses.access.codes import hash_code, new_code
from consultations.responses.errors import (
    AnswersClosed,
    DraftGone,
    EventNeeded,
    NamesNobody,
    NoLateAnswers,
    NotPermitted,
    TokenExpired,
    TokenUsed,
)
from consultations.responses.models import Draft, LateReason, LateToken, Response, StatusEvent
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
    "place": "",
}
SHUTDOWN = {"reason": LateReason.SHUTDOWN, "event": "No internet in Riverland from 3 to 9 May."}


@pytest.fixture
def closed(consultations):
    return consultation_that_asks(closed=True)


@pytest.fixture
def token(closed, moderator):
    return give(closed, moderator)


def give(page, by, **kwargs):
    kwargs.setdefault("expires_at", timezone.now() + timedelta(days=7))
    kwargs.setdefault("reason", LateReason.PERSON)
    return actions.give_late_token(consultation=page, by=by, **kwargs)


def rows_of(model):
    """All that is kept of a model, but for what was answered."""
    return [
        {name: value for name, value in row.items() if name not in ("id", "answers")}
        for row in model.objects.order_by("pk").values()
    ]


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
    draft, _code = draft_to_send(closed, late_token=token.token)
    actions.revoke_late_token(token=token.token, by=moderator)
    actions.revoke_late_token(token=token.token, by=moderator)
    with pytest.raises(TokenExpired):
        begun(closed, late_token=token.token)
    with pytest.raises(AnswersClosed):
        actions.submit_draft(draft=draft, by=NOBODY)


def test_used_or_not_a_token_is_revoked_alike(closed, moderator):
    used, unused = (give(closed, moderator, most_answers=1) for _time in range(2))
    draft_to_send(closed, late_token=used.token)
    revoked = [actions.revoke_late_token(token=each.token, by=moderator) for each in (used, unused)]
    assert revoked[0].revoked_on == revoked[1].revoked_on is not None
    with pytest.raises(NotPermitted):
        actions.revoke_late_token(token=used.token, by=UserFactory())


def test_a_reason_of_a_person_has_no_place_for_their_name(closed, moderator):
    for wrong in ({"event": "Jane of Riverside NGO was ill."}, {"is_announced": True}):
        with pytest.raises(NamesNobody):
            give(closed, moderator, **wrong)
    with pytest.raises(EventNeeded):
        give(closed, moderator, reason=LateReason.SHUTDOWN)
    assert not LateToken.objects.exists()


def test_a_token_lets_in_as_many_as_it_says(closed, moderator):
    one, two, many = (give(closed, moderator, most_answers=most).token for most in (1, 2, None))
    begun(closed, late_token=one)
    begun(closed, late_token=two)
    begun(closed, late_token=two)
    for used_up in (one, two):
        with pytest.raises(TokenUsed):
            begun(closed, late_token=used_up)
    for _time in range(3):
        begun(closed, late_token=many)
    assert Draft.objects.count() == 6


# -- what is kept, and told, of who came late ------------------------------------------------------


def test_nothing_ties_a_token_to_the_answer_it_let_in(closed, moderator):
    """Found by somebody who reads the database: with one token and one answer, not even then."""
    pooled = give(closed, moderator)
    before = rows_of(LateToken)
    draft, _code = draft_to_send(closed, late_token=pooled.token)
    assert rows_of(LateToken) == before
    kept = " ".join(map(str, rows_of(Draft)[0].values()))
    assert str(pooled.token.expires_at) not in kept
    assert not [field for field in Draft._meta.fields if field.related_model is LateToken]
    actions.submit_draft(draft=draft, by=NOBODY)
    assert rows_of(LateToken) == before


def test_an_answer_without_a_name_is_late_nowhere_and_on_no_day(closed, moderator):
    in_time = closed.closes_at - timedelta(hours=1)
    draft, _code = draft_to_send(closed, at=in_time)
    one_in_time = actions.submit_draft(draft=draft, by=NOBODY, at=in_time)
    draft, _code = draft_to_send(closed, late_token=give(closed, moderator).token)
    let_in = actions.submit_draft(draft=draft, by=NOBODY)
    last = one_in_time.received_on
    for each in (one_in_time, let_in):
        each.refresh_from_db()
        assert (each.is_late, each.received_on) == (False, last)
        assert each.versions.get().submitted_on == last
        assert StatusEvent.objects.get(response=each).on == last


def test_with_a_name_it_is_marked_as_late(closed, moderator):
    token = give(closed, moderator).token
    draft, _code = draft_to_send(closed, late_token=token, identity="named", details=ACADEMIA)
    response = actions.submit_draft(draft=draft, by=NOBODY)
    assert response.is_late
    assert response.received_on > (closed.closes_at - timedelta(minutes=1)).date()


def test_in_the_hours_of_grace_too_no_later_day_is_kept(consultations):
    page = consultation_that_asks(grace_hours=48)
    draft, _code = draft_to_send(page)
    response = actions.submit_draft(draft=draft, by=NOBODY, at=page.closes_at + timedelta(hours=30))
    assert response.received_on == (page.closes_at - timedelta(minutes=1)).date()


# -- bringing it to a draft that missed the deadline -----------------------------------------------


def test_a_draft_that_missed_the_deadline_is_sent_with_it(page, moderator):
    draft, _code = draft_to_send(page)
    after = page.closes_at + timedelta(days=1)
    given = give(page, moderator, expires_at=after + timedelta(days=1), most_answers=1)
    for _time in range(2):  # brought twice, it is used once
        draft = actions.bring_late_token(draft=draft, token=given.token, by=NOBODY, at=after)
    assert actions.submit_draft(draft=draft, by=NOBODY, at=after)
    with pytest.raises(DraftGone):
        actions.bring_late_token(draft=draft, token=given.token, by=NOBODY, at=after)


def test_two_drafts_do_not_share_a_token_for_one(page, moderator):
    first, _code = draft_to_send(page)
    second, _code = draft_to_send(page)
    after = page.closes_at + timedelta(days=1)
    given = give(page, moderator, expires_at=after + timedelta(days=1), most_answers=1)
    actions.bring_late_token(draft=first, token=given.token, by=NOBODY, at=after)
    with pytest.raises(TokenUsed):
        actions.bring_late_token(draft=second, token=given.token, by=NOBODY, at=after)


def test_what_was_let_in_is_sent_while_any_token_holds(closed, moderator):
    """Which one let it in is not kept."""
    now = timezone.now()
    short = give(closed, moderator, expires_at=now + timedelta(days=1)).token
    give(closed, moderator, expires_at=now + timedelta(days=5))
    draft, _code = draft_to_send(closed, late_token=short)
    with pytest.raises(AnswersClosed):
        actions.submit_draft(draft=draft, by=NOBODY, at=now + timedelta(days=5))
    assert actions.submit_draft(draft=draft, by=NOBODY, at=now + timedelta(days=4))


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
    """Post the form: leads on, or to the page that shows it again and says what is wrong."""
    answer = visitor.client.post(visitor.at("late"), {"code": code, **WHO, **data})
    again = answer.get("Location") == visitor.at("late")
    return visitor.see("late") if again else answer


def test_the_page_says_what_it_gives_away_before_a_token_is_used(visitor, token):
    assert visitor.at("late") in visitor.text("start")
    shown = visitor.text("late")
    assert "What a late response tells others" in shown
    assert "not marked as late anywhere" in shown
    assert use(visitor, token.code.lower()).url == visitor.at("code")
    visitor.noted = visitor.code()
    visitor.answer_all(VIEW)
    for name in ("tasks", "check"):
        said = visitor.text(name)
        assert "the person who gave it can guess that the response is yours" in said, name
        assert "not marked as late anywhere" in said, name
    assert visitor.submit().url == visitor.at("sent")
    assert not Response.objects.get().is_late
    assert "marked as late" not in visitor.text("sent")
    visitor.come_back()
    assert "marked as late" not in visitor.text("status")


def test_a_named_answer_is_told_that_it_is_marked_as_late(visitor, token):
    use(visitor, token.code, identity="named", name="Ada Vrba")
    assert "marked as late everywhere" in visitor.text("tasks")
    visitor.answer_all(VIEW)
    visitor.submit()
    assert "marked as late" in visitor.text("sent")


def test_a_draft_in_hand_needs_the_token_alone(page, moderator):
    visitor = Visitor(page)
    visitor.begin()
    visitor.answer_all(VIEW)
    with time_machine.travel(page.closes_at + timedelta(days=1)):
        given = give(page, moderator)
        visitor.come_back()
        assert "How do you want to respond?" not in visitor.text("late")
        assert visitor.client.post(visitor.at("late"), {"code": given.code}).url == visitor.at(
            "tasks"
        )
        assert visitor.submit().url == visitor.at("sent")
    assert Response.objects.exists()


@pytest.mark.parametrize(
    ("code", "status", "words"),
    [
        ("", 422, "Enter your late token."),
        ("not a code", 422, "you typed"),
        ("!!", 422, "No code has"),
        ("QZ5H-T3NS-ZS53-426G-XWQH", 422, "This token does not let a response in here."),
    ],
)
def test_what_is_no_token_gets_a_sentence_and_nothing_is_begun(visitor, code, status, words):
    answer = use(visitor, code, identity="named", name="Ada Vrba")
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert "Ada Vrba" in answer.content.decode()
    assert not Draft.objects.exists()
    assert answer.request["REQUEST_METHOD"] == "GET", "opened again, it asks to send nothing again"
    assert words not in visitor.text("late"), "it is said once"


def test_what_was_typed_for_a_token_is_not_shown_where_a_code_is_asked_for(visitor):
    visitor.client.post(visitor.at("late"), {"code": "QZ5H-T3NS-ZS53-426G-XWQH", **WHO})
    shown = visitor.see("resume")
    assert shown.status_code == 200
    assert "QZ5H" not in shown.content.decode()


def test_a_token_of_another_consultation_is_none(visitor, consultations, moderator):
    other = give(consultation_that_asks(closed=True, title="Another"), moderator)
    assert "This token does not let a response in here" in use(visitor, other.code).content.decode()


def test_run_out_revoked_or_used_up_it_says_so(visitor, closed, moderator):
    token = give(closed, moderator, most_answers=1)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert "lets no response in" in use(visitor, token.code).content.decode()
    use(Visitor(closed), token.code)
    assert "were already begun with it" in use(visitor, token.code).content.decode()
    actions.revoke_late_token(token=token.token, by=moderator)
    assert "lets no response in" in use(visitor, token.code).content.decode()


def test_whether_a_token_was_used_is_not_told_for_asking(visitor, closed, moderator):
    """Staff know the code that they gave: they could ask every minute, and have the hour."""
    used, unused = (give(closed, moderator, most_answers=1) for _time in range(2))
    use(Visitor(closed), used.code)
    told = {
        visitor.client.post(visitor.at("late"), {**asked, "code": each.code})
        .content.decode()
        .replace(each.code, "")
        for each in (used, unused)
        for asked in ({"identity": "anonymous"},)
    }
    assert len({len(each) for each in told}) == 1
    assert LateToken.objects.get(pk=unused.token.pk).answers_left == 1


def test_the_way_is_chosen_first_and_the_rest_asked_then(visitor, token):
    answer = use(visitor, token.code, identity="")
    assert answer.status_code == 422
    assert "Choose how you want to respond." in answer.content.decode()
    answer = visitor.client.post(visitor.at("late"), {"code": token.code, "identity": "anonymous"})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "You speak as" in shown
    assert "Error" not in shown
    assert token.code in shown
    assert not Draft.objects.exists()
    assert use(visitor, token.code).status_code == 302


@pytest.mark.usefixtures("one_minute")
def test_tokens_are_guessed_five_times_a_minute_at_most(visitor, token):
    for _time in range(5):
        assert use(visitor, new_code()).status_code == 422
    assert use(visitor, new_code()).status_code == 429
    assert not Draft.objects.exists()
    assert use(visitor, token.code).status_code == 302, "nobody finds one by trying"


def test_before_the_deadline_the_page_says_that_none_is_needed(page):
    assert "You need no token" in Visitor(page).text("late")


def test_a_forged_form_uses_no_token(closed, token):
    visitor = Visitor(closed, Client(enforce_csrf_checks=True))
    assert use(visitor, token.code).status_code == 403
    assert not Draft.objects.exists()


# -- what is announced to everybody ----------------------------------------------------------------


@pytest.fixture
def announced(closed, moderator):
    return give(closed, moderator, is_announced=True, **SHUTDOWN).token


def test_what_is_announced_stands_on_the_page_and_needs_no_token(closed, announced, visitor):
    told = Client().get(closed.url).content.decode()
    assert "Late responses are taken until" in told
    assert SHUTDOWN["event"] in told
    assert visitor.at("late") in told
    assert SHUTDOWN["event"] in visitor.text("start")
    assert SHUTDOWN["event"] in visitor.text("late")
    for _person in range(3):
        who = Visitor(closed)
        answer = who.client.post(who.at("late"), {**WHO, "way": str(announced.pk), "code": ""})
        assert answer.url == who.at("code")


def test_it_is_said_ahead_and_afterwards(page, moderator):
    until = page.closes_at + timedelta(days=3)
    give(page, moderator, is_announced=True, expires_at=until, **SHUTDOWN)
    ahead = Client().get(page.url).content.decode()
    assert "After the deadline, late responses are taken until" in ahead
    assert Visitor(page).at("late") not in ahead
    with time_machine.travel(until, tick=False):
        over = Client().get(page.url).content.decode()
        assert "Late responses were taken until" in over
        assert Visitor(page).at("late") not in over
        gone = Visitor(page)
        assert SHUTDOWN["event"] not in gone.text("late")


def test_a_token_that_is_not_announced_stands_nowhere(closed, moderator, visitor):
    give(closed, moderator, **SHUTDOWN)
    for told in (Client().get(closed.url).content.decode(), visitor.text("late")):
        assert "Riverland" not in told


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Choose what kept you from responding in time."),
        ({"way": "token"}, "Enter your late token."),
        ({"way": "4711"}, "Select a valid choice"),
    ],
)
def test_without_a_way_in_nothing_is_begun(announced, visitor, data, words):
    answer = visitor.client.post(visitor.at("late"), {**WHO, **data}, follow=True)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Draft.objects.exists()


def test_beside_what_is_announced_a_token_still_counts(announced, token, visitor):
    assert use(visitor, token.code, way="token").url == visitor.at("code")


# -- the admin -------------------------------------------------------------------------------------


@pytest.fixture
def desk(client, db):
    client.force_login(UserFactory(role=MODERATOR))
    return client


def address(page):
    return reverse("late_tokens", args=[page.pk])


def given_so_far(desk, closed):
    return desk.get(address(closed)).content.decode().partition("Given so far")[2]


def typed(**data):
    until = timezone.now() + timedelta(days=3)
    return {"reason": "person", "expires_at": f"{until:%Y-%m-%d} 18:00", **data}


def test_staff_see_a_token_once_and_revoke_it(desk, closed):
    answer = desk.post(address(closed), typed(reason="post", event="Strike at the post."))
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


def test_the_list_looks_the_same_before_and_after_a_use(desk, closed):
    answer = desk.post(address(closed), typed(most_answers="1"))
    before = given_so_far(desk, closed)
    use(Visitor(closed), answer.context["given"].code)
    assert Draft.objects.exists()
    assert given_so_far(desk, closed) == before


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"event": "Jane of Riverside NGO was ill."}, "event", "could tell who the person is"),
        ({"reason": "shutdown"}, "event", "Say what happened, and where."),
        ({"reason": ""}, "reason", "Choose why"),
        ({"reason": "postmarked"}, "reason", "Select a valid choice"),
        ({"most_answers": "0"}, "most_answers", "greater than or equal to 1"),
        (
            {"reason": "post", "event": "Strike.", "is_announced": "on", "most_answers": "3"},
            "most_answers",
            "any number",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_kept(desk, closed, wrong, field, words):
    answer = desk.post(address(closed), typed(**wrong))
    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors[field])
    assert wrong.get("event", "") in answer.content.decode()
    assert not LateToken.objects.exists()


def test_the_form_says_that_it_cannot_tell_a_name(desk, closed):
    assert "cannot tell a name from another word" in desk.get(address(closed)).content.decode()


@pytest.mark.parametrize(
    "moment", ["", "tomorrow", "2020-01-01 10:00", "9999-12-31 23:59", "2027-03-28 02:30"]
)
def test_a_wrong_moment_is_said_beside_its_field(desk, closed, moment):
    answer = desk.post(address(closed), typed(expires_at=moment))
    assert answer.status_code == 422
    assert answer.context["form"].errors["expires_at"]
    assert not LateToken.objects.exists()
