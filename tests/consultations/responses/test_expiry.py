"""Until when a code opens an answer, to the day; and what becomes of it then."""

import re
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations.calls.models import ConsultationPage
from consultations.moderation import actions as moderation
from consultations.moderation.errors import NobodyToAsk
from consultations.responses import actions, expiry
from consultations.responses.errors import CodesEndSoon
from consultations.responses.models import (
    Clarification,
    Draft,
    LateToken,
    PaperEntry,
    Response,
    Status,
)
from portal.files.models import StoredFile
from portal.record.audit import findings
from tests.consultations.factories import ConsultationPageFactory
from tests.consultations.moderation.building import put_question, screener
from tests.consultations.responses.builders import (
    ACADEMIA,
    CIVIL_SOCIETY,
    NOBODY,
    consultation_that_asks,
    draft_to_send,
    save,
    sent,
    short_questionnaire,
)
from tests.consultations.responses.walk import Visitor

pytestmark = pytest.mark.django_db

OPENED = datetime(2026, 1, 5, 8, tzinfo=UTC)
CLOSED = datetime(2026, 4, 30, 22, tzinfo=UTC)
ANSWERED = datetime(2026, 5, 3, 9, 30, tzinfo=UTC)
LAST = date(2027, 5, 3)
IN_TIME = datetime(2027, 5, 3, 23, 59, 59, tzinfo=UTC)
TOO_LATE = datetime(2027, 5, 4, tzinfo=UTC)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
UNKNOWN = "This code opens nothing in this consultation."
ENDED = "The codes of this consultation have ended. They opened responses until 3 May 2027."


@pytest.fixture
def page(consultations):
    """Answered three days after its deadline; its codes open answers for 12 months."""
    with time_machine.travel(OPENED, tick=False):
        return consultation_that_asks(opens_at=OPENED, closes_at=CLOSED, grace_hours=24)


@pytest.fixture
def answers(page):
    """What was sent under a code, and what was begun and not sent; with the codes."""
    with time_machine.travel(OPENED + DAY, tick=False):
        response, code = sent(page)
        draft, of_draft = draft_to_send(page)
    answer(page)
    return SimpleNamespace(response=response, code=code, draft=draft, of_draft=of_draft)


def answer(page, at=ANSWERED):
    ConsultationPage.objects.filter(pk=page.pk).update(
        outcome_published_at=at, outcome_summary="Two indicators were added."
    )
    page.refresh_from_db()


def token(page, until, **values):
    return LateToken.objects.create(
        consultation=page,
        token_hash="0" * 64,
        reason="person",
        issued_at=CLOSED,
        expires_at=until,
        **values,
    )


# -- the rule --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("closes_at", "outcome", "cancelled", "months", "last"),
    [
        (CLOSED, ANSWERED, None, 12, date(2027, 5, 3)),
        (CLOSED, None, None, 12, None),
        (CLOSED, CLOSED, None, 4, date(2026, 8, 30)),
        (CLOSED, None, CLOSED - 60 * DAY, 12, date(2027, 4, 30)),
        (CLOSED, None, CLOSED + 60 * DAY, 12, date(2027, 6, 29)),
        (datetime(2026, 10, 31, 12, tzinfo=UTC), datetime(2026, 10, 31, 13, tzinfo=UTC), None, 4,
         date(2027, 2, 28)),
    ],
)  # fmt: skip
def test_it_counts_from_the_later_of_the_deadline_and_the_outcome(
    page, closes_at, outcome, cancelled, months, last
):
    page.closes_at, page.outcome_published_at = closes_at, outcome
    page.cancelled_at, page.code_months = cancelled, months
    assert expiry.last_day(page, datetime(2030, 1, 1, tzinfo=UTC)) == last


def test_an_outcome_to_come_is_not_counted_yet(page):
    answer(page)
    assert expiry.last_day(page, ANSWERED - SECOND) is None
    assert expiry.last_day(page, ANSWERED) == LAST


def test_the_last_second_of_the_last_day_is_in_time(page):
    answer(page)
    assert not expiry.have_ended(page, IN_TIME)
    assert expiry.have_ended(page, TOO_LATE)


@pytest.mark.parametrize("revoked", [None, date(2026, 6, 1)])
def test_a_code_never_ends_before_what_a_late_token_lets_in_can_be_used(page, revoked):
    answer(page)
    token(page, TOO_LATE + 90 * DAY, revoked_on=revoked)
    assert expiry.last_day(page, TOO_LATE) == (TOO_LATE + 90 * DAY).date()
    assert not expiry.have_ended(page, TOO_LATE + 91 * DAY - SECOND)
    assert expiry.have_ended(page, TOO_LATE + 91 * DAY)


MOMENTS = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - the zone is given beside it
    max_value=datetime(2027, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    closes_at=MOMENTS,
    outcome=st.none() | MOMENTS,
    cancelled=st.none() | MOMENTS,
    months=st.integers(4, 60),
    expires=st.none() | MOMENTS,
    after=st.integers(-2, 2),
    at=MOMENTS,
)
def test_the_rule_as_rows_agrees_with_the_rule(
    page, closes_at, outcome, cancelled, months, expires, after, at
):
    dates = {
        "opens_at": datetime(2025, 12, 1, tzinfo=UTC),
        "closes_at": closes_at,
        "outcome_published_at": outcome,
        "cancelled_at": cancelled,
        "code_months": months,
    }
    ConsultationPage.objects.filter(pk=page.pk).update(**dates)
    LateToken.objects.all().delete()
    if expires:
        token(page, expires)
    page.refresh_from_db()
    moments = [at]
    if last := expiry.last_day(page, datetime(2040, 1, 1, tzinfo=UTC)):
        end = datetime(last.year, last.month, last.day, tzinfo=UTC) + DAY
        moments += [end + after * DAY, end, end - SECOND]
    for moment in moments:
        rows = page in expiry.with_ended_codes(moment)
        assert rows is expiry.have_ended(page, moment), (dates, expires, moment)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(day, months):
    later = expiry.months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + DAY).day == 1)


# -- the door --------------------------------------------------------------------------------------


def test_until_then_a_code_opens_what_was_sent_and_what_was_begun(page, answers):
    with time_machine.travel(IN_TIME, tick=False):
        for code, where in ((answers.code, "status"), (answers.of_draft, "tasks")):
            visitor = Visitor(page)
            assert visitor.type_code(code).url == visitor.at(where)
            assert visitor.see(where).status_code == 200


@pytest.mark.parametrize("is_kept", [True, False], ids=["kept", "erased"])
def test_from_then_on_it_is_told_as_an_unknown_one(page, answers, is_kept):
    """Whether or not it was erased yet, and for those that never were."""
    with time_machine.travel(TOO_LATE, tick=False):
        if not is_kept:
            actions.erase_ended_codes(at=TOO_LATE)
        said = set()
        for code in (answers.code, answers.of_draft, "0" * 20):
            shown = Visitor(page).type_code(code)
            assert shown.status_code == 422
            said |= set(re.findall(f"{re.escape(UNKNOWN)}[^<\n]*", shown.content.decode()))
    (reason,) = said
    assert ENDED in reason


def test_before_the_end_an_unknown_code_says_nothing_of_it(page, answers):
    with time_machine.travel(IN_TIME, tick=False):
        shown = Visitor(page).type_code("0" * 20).content.decode()
    assert UNKNOWN in shown
    assert "have ended" not in shown


def test_a_browser_in_which_it_is_open_is_shut_out_too(page, answers):
    with time_machine.travel(IN_TIME, tick=False) as clock:
        visitor = Visitor(page)
        visitor.type_code(answers.code)
        assert visitor.see("status").status_code == 200
        clock.move_to(TOO_LATE)
        for name in ("status", "sent", "code", "news", "untie"):
            assert visitor.see(name).url == visitor.at("resume"), name
        assert visitor.see("withdraw").status_code == 404


def test_verifying_by_code_ends_as_well(page, answers, client):
    def said():
        return client.post("/record/verify/", {"code": answers.code}, follow=True)

    with time_machine.travel(IN_TIME, tick=False) as clock:
        assert said().status_code == 200
        clock.move_to(TOO_LATE)
        shown = said()
    assert shown.status_code == 422
    assert "This code opens nothing." in shown.content.decode()
    assert "Codes end some time after" in shown.content.decode()


def test_a_late_token_given_after_the_end_lets_in_whom_a_new_code_serves(page, answers, moderator):
    actions.erase_ended_codes(at=TOO_LATE)
    given = actions.give_late_token(
        consultation=page, by=moderator, reason="person", expires_at=TOO_LATE + DAY, at=TOO_LATE
    )
    draft, code = draft_to_send(page, at=TOO_LATE, late_token=given.token)
    with time_machine.travel(TOO_LATE + DAY - SECOND, tick=False):
        visitor = Visitor(page)
        assert visitor.type_code(code).url == visitor.at("tasks")
        actions.submit_draft(draft=draft, by=NOBODY)
        assert visitor.see("status").status_code == 200
        assert Visitor(page).type_code(answers.code).status_code == 422


@pytest.mark.parametrize("is_too_late", [False, True])
def test_staff_begin_to_type_in_nothing_whose_code_would_end_meanwhile(
    page, moderator, is_too_late
):
    answer(page)
    at = IN_TIME - (30 if is_too_late else 32) * DAY

    def enter():
        return actions.enter_on_paper(
            consultation=page,
            by=moderator,
            channel="post",
            received_on=CLOSED.date(),
            reason="postmarked",
            identity="anonymous",
            details=CIVIL_SOCIETY,
            at=at,
        )

    if is_too_late:
        with pytest.raises(CodesEndSoon):
            enter()
        assert not PaperEntry.objects.exists()
        ConsultationPage.objects.filter(pk=page.pk).update(code_months=13)
    draft, code = enter()
    until = PaperEntry.objects.get().typed_in_until(page)
    with time_machine.travel(datetime(until.year, until.month, until.day, 23, tzinfo=UTC)):
        visitor = Visitor(page)
        assert visitor.type_code(code).url == visitor.at("tasks")
    assert draft.pk


# -- what becomes of it ----------------------------------------------------------------------------


def test_then_codes_and_what_they_opened_are_erased_and_answers_stay(page, answers, settings):
    file = StoredFile.objects.create(
        kind="pdf", size=1, sha256="0" * 64, state="clean", stored_on=CLOSED
    )
    Draft.objects.filter(pk=answers.draft.pk).update(
        answers={"view": {"value": [str(file.pk)], "visibility": "public"}}
    )
    content = answers.response.versions.get().content()
    with time_machine.travel(IN_TIME, tick=False) as clock:
        call_command("erase_ended_codes")
        assert Response.objects.get().code_hash is not None
        clock.move_to(TOO_LATE)
        call_command("erase_ended_codes")
    response = Response.objects.get()
    assert response.code_hash is None
    assert response.versions.get().content() == content
    assert not Draft.objects.exists()
    assert list(findings()) == []


def test_files_of_a_draft_are_erased_with_it(consultations):
    page = ConsultationPageFactory(questionnaire=True, outcome=True)
    file = StoredFile.objects.create(
        kind="pdf", size=1, sha256="0" * 64, state="clean", stored_on=page.closes_at
    )
    draft = Draft.objects.create(
        consultation=page,
        identity="anonymous",
        code_hash="0" * 64,
        answers={
            "exporter": {"value": True, "visibility": "public"},
            "evidence": {"value": [str(file.pk)], "visibility": "public"},
        },
        touched_on=page.closes_at,
    )
    assert actions.erase_ended_codes(at=page.outcome_published_at + 400 * DAY) == 1
    assert not Draft.objects.filter(pk=draft.pk).exists()
    assert not StoredFile.objects.filter(pk=file.pk).exists()


def test_of_accounts_nothing_is_erased(page, member):
    with time_machine.travel(OPENED + DAY, tick=False):
        response, _code = sent(page, by=member, identity="named", details=ACADEMIA)
        draft, _code = draft_to_send(page, by=member, identity="named", details=ACADEMIA)
    answer(page)
    assert actions.erase_ended_codes(at=TOO_LATE) == 0
    assert Draft.objects.get() == draft
    with time_machine.travel(TOO_LATE, tick=False):
        visitor = Visitor(page)
        visitor.client.force_login(member)
        assert response.reference in visitor.text("status")


def test_questions_that_nobody_can_answer_any_more_are_erased(page, answers):
    by = screener()
    with time_machine.travel(IN_TIME, tick=False):
        put_question(response=answers.response, by=by, question="Which court?")
    actions.erase_ended_codes(at=TOO_LATE)
    response = Response.objects.get()
    assert response.status == Status.RECEIVED
    assert not Clarification.objects.exists()
    assert not response.events.exists()


def test_nobody_is_asked_whose_code_has_ended_though_it_is_not_erased_yet(page, answers):
    with pytest.raises(NobodyToAsk):
        moderation.ask_clarification(
            response=answers.response, by=screener(), question="Which court?", at=TOO_LATE
        )


def test_other_consultations_keep_theirs(page, answers):
    with time_machine.travel(OPENED, tick=False):
        other = consultation_that_asks(opens_at=OPENED, closes_at=CLOSED)
        kept, _code = sent(other, at=OPENED + DAY)
    assert actions.erase_ended_codes(at=TOO_LATE) == 2
    kept.refresh_from_db()
    assert kept.code_hash is not None


# -- what people are told --------------------------------------------------------------------------


@pytest.fixture
def writer(consultations):
    """Somebody who answers now, and the consultation."""
    return Visitor(consultation_that_asks(code_months=6, questionnaire=short_questionnaire()))


MEANWHILE = "until 6 months after the consultation has closed and its outcome is published."


def test_every_page_of_the_way_says_until_when_a_code_opens(writer):
    for name in ("start", "resume"):
        assert f"A code opens a response {MEANWHILE}" in writer.text(name)
    writer.begin()
    assert f"Your code opens this response {MEANWHILE}" in writer.text("code")
    assert "A draft that you do not send is erased 90 days" in writer.text("code")
    writer.answer_all()
    writer.submit()
    assert f"Your code opens this response {MEANWHILE}" in writer.text("sent")
    assert "Your code opens" not in writer.text("status")
    writer.come_back()
    for name in ("status", "sent", "resume"):
        assert f"Your code opens this response {MEANWHILE}" in writer.text(name), name


def test_once_it_is_answered_the_day_is_told(page, answers):
    with time_machine.travel(IN_TIME, tick=False) as clock:
        visitor = Visitor(page)
        for name in ("start", "resume"):
            assert "A code opens a response until the end of 3 May 2027 (UTC)." in visitor.text(
                name
            )
        visitor.type_code(answers.code)
        shown = visitor.text("status")
        assert "Your code opens this response until the end of 3 May 2027 (UTC)." in shown
        assert "After that nobody can open the response with it" in shown
        clock.move_to(TOO_LATE)
        shown = Visitor(page).text("start")
    assert ENDED in shown
    assert "With your code" not in shown


def test_the_letter_to_whoever_answered_on_paper_says_it_too(writer, moderator):
    page = writer.page
    writer.client.force_login(moderator)
    draft, code = actions.enter_on_paper(
        consultation=page,
        by=moderator,
        channel="post",
        received_on=page.opens_at.date() + DAY,
        reason="",
        identity="anonymous",
        details=CIVIL_SOCIETY,
    )
    save(draft, 1, {"exporter": False})
    actions.submit_draft(draft=draft, by=NOBODY)
    writer.type_code(code)
    assert f"Your code opens this response {MEANWHILE}" in writer.text("letter")
