"""What comes by post or e-mail, typed in by staff: who may, what counts as in time, the letter."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.responses import actions
from consultations.responses.access.codes import hash_code
from consultations.responses.days import day_of, last_in_time
from consultations.responses.errors import (
    AnonymityNotOffered,
    AnswersClosed,
    CameLater,
    NotPermitted,
    NotYetOpen,
    ReasonNeeded,
)
from consultations.responses.files.usage import ids_in_use
from consultations.responses.models import (
    Channel,
    Draft,
    EntryIsFinal,
    Identity,
    PaperEntry,
    Response,
    ResponseVersion,
)
from consultations.responses.permissions import user_can_enter_answers, user_can_give_late_tokens
from portal.files.usage import in_use
from portal.stakeholders import roles
from tests.consultations.responses.builders import (
    CIVIL_SOCIETY,
    COMPANY,
    NOBODY,
    consultation_that_asks,
    draft_to_send,
    save,
)
from tests.consultations.responses.filled import without_a_name
from tests.consultations.responses.walk import Visitor
from tests.factories import UserFactory

VIEW = "Ask who will use it."
COMPANYS = {"identity": Identity.ORGANISATION, "details": COMPANY}
ALLOWED = {roles.MODERATOR, roles.ADMINISTRATOR}


def person(who):
    if who == "visitor":
        return AnonymousUser()
    if who == "inactive":
        return UserFactory(role=roles.MODERATOR, is_active=False)
    return UserFactory(role=who if who in roles.ROLES else None)


EVERYBODY = ("visitor", "inactive", "member", *roles.ROLES)


def entered(page, by, *, received_on=None, channel=Channel.POST, reason="", **kwargs):
    """A draft of staff and its code."""
    kwargs.setdefault("identity", Identity.ANONYMOUS)
    kwargs.setdefault("details", CIVIL_SOCIETY)
    return actions.enter_on_paper(
        consultation=page,
        by=by,
        channel=channel,
        received_on=received_on or day_of(page, timezone.now()),
        reason=reason,
        **kwargs,
    )


def send(draft, at=None):
    save(draft, 1, {"exporter": False}, at=at)
    draft = save(draft, 2, {"view": VIEW}, at=at)
    return actions.submit_draft(draft=draft, by=NOBODY, at=at)


# -- who -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_enters_answers_and_gives_tokens_is_a_matter_of_role(page, client, who):
    user, allowed = person(who), who in ALLOWED
    assert user_can_enter_answers(user) is allowed
    assert user_can_give_late_tokens(user) is allowed
    if not allowed:
        with pytest.raises(NotPermitted):
            entered(page, user)
        with pytest.raises(NotPermitted):
            actions.give_late_token(
                consultation=page, by=user, reason="person", expires_at=page.closes_at
            )
    if who not in ("visitor", "inactive"):
        client.force_login(user)
    for name, args in (
        ("paper_answers", []),
        ("enter_answer", [page.pk]),
        ("late_tokens", [page.pk]),
    ):
        answer = client.get(reverse(name, args=args))
        assert (answer.status_code == 200) is allowed, name
        assert answer.status_code in (200, 302, 403)


def test_only_what_came_on_paper_is_entered(page, moderator):
    with pytest.raises(NotPermitted):
        entered(page, moderator, channel=Channel.PORTAL)


# -- in time or late -------------------------------------------------------------------------------


def test_it_belongs_to_no_account_and_says_who_entered_it(page, moderator):
    draft, code = entered(page, moderator)
    assert (draft.account, draft.code_hash) == (None, hash_code(code))
    response = send(draft)
    entry = PaperEntry.objects.get()
    assert (entry.response, entry.draft, entry.entered_by) == (response, None, moderator)
    assert (response.account, response.channel, response.is_late) == (None, Channel.POST, False)
    assert response.code_hash == hash_code(code)


def test_an_entry_is_not_changed(page, moderator):
    entered(page, moderator)
    entry = PaperEntry.objects.get()
    entry.reason = "event"
    with pytest.raises(EntryIsFinal):
        entry.save()


def test_post_marked_in_time_and_typed_in_after_the_deadline_is_in_time(consultations, moderator):
    page = consultation_that_asks(closed=True)
    last = day_of(page, page.closes_at - timedelta(minutes=1))
    with pytest.raises(ReasonNeeded):
        entered(page, moderator, received_on=last)
    draft, _code = entered(page, moderator, received_on=last, reason="postmarked")
    response = send(draft)
    assert not response.is_late
    assert response.received_on == last


def test_what_came_after_the_deadline_is_late(consultations, moderator):
    page = consultation_that_asks(closed=True)
    after = day_of(page, page.closes_at + timedelta(days=1))
    draft, _code = entered(page, moderator, received_on=after, reason="post", **COMPANYS)
    response = send(draft)
    entry = PaperEntry.objects.get(response=response)
    assert (response.is_late, response.received_on) == (True, after)
    assert (entry.in_time, entry.received_on, entry.reason) == (False, after, "post")


def test_beside_an_answer_without_a_name_neither_reason_nor_later_day_stays(
    consultations, moderator
):
    page = consultation_that_asks(closed=True)
    last = day_of(page, last_in_time(page))
    draft, _code = entered(page, moderator, received_on=last + timedelta(days=1), reason="person")
    response = send(draft)
    entry = PaperEntry.objects.get(response=response)
    assert (response.is_late, response.received_on) == (False, last)
    assert (entry.in_time, entry.received_on, entry.reason) == (True, last, "")


def test_begun_before_the_deadline_it_may_be_typed_in_for_a_month(page, moderator):
    draft, _code = entered(page, moderator)
    assert not send(draft, at=page.closes_at + timedelta(days=29)).is_late
    draft, _code = entered(page, moderator)
    with pytest.raises(AnswersClosed):
        send(draft, at=page.closes_at + timedelta(days=31))


def test_days_that_cannot_be_are_refused(page, moderator):
    today = day_of(page, timezone.now())
    with pytest.raises(CameLater):
        entered(page, moderator, received_on=today + timedelta(days=1))
    with pytest.raises(NotYetOpen):
        entered(page, moderator, received_on=day_of(page, page.opens_at) - timedelta(days=1))


def test_a_cancelled_consultation_takes_none(consultations, moderator):
    page = consultation_that_asks(cancelled=True)
    with pytest.raises(AnswersClosed):
        entered(page, moderator, reason="postmarked")
    assert not PaperEntry.objects.exists()


def test_anonymity_may_not_be_offered_on_paper_either(consultations, moderator):
    page = consultation_that_asks(anonymous_allowed=False)
    with pytest.raises(AnonymityNotOffered):
        entered(page, moderator)


def test_what_is_erased_unsent_leaves_the_entry(page, moderator):
    draft, _code = entered(page, moderator)
    actions.discard_draft(draft=draft, by=NOBODY)
    entry = PaperEntry.objects.get()
    assert (entry.draft, entry.response) == (None, None)


# -- the pages -------------------------------------------------------------------------------------


@pytest.fixture
def desk(page, moderator):
    visitor = Visitor(page, Client())
    visitor.client.force_login(moderator)
    return visitor


def enter(desk, **data):
    values = {
        "channel": "post",
        "received_on": str(day_of(desk.page, timezone.now())),
        "reason": "",
        "text": "",
        "identity": "anonymous",
        "submitter_type": "civil-society",
        "language": "en",
        **data,
    }
    return desk.client.post(reverse("enter_answer", args=[desk.page.pk]), values)


def test_from_the_letter_that_came_to_the_letter_that_goes_back(desk, page, moderator):
    listed = desk.client.get(reverse("paper_answers")).content.decode()
    assert reverse("enter_answer", args=[page.pk]) in listed
    assert enter(desk).url == desk.at("code")
    code = desk.code()
    assert "You are entering a response received by post" in desk.text("tasks")
    desk.answer_all(VIEW)
    assert desk.submit().url == desk.at("sent")
    response = Response.objects.get()
    assert desk.at("letter") in desk.text("sent")
    letter = desk.text("letter")
    for words in (
        response.reference,
        code,
        response.versions.get().content_digest,
        desk.at("resume"),
        reverse("record:verify"),
    ):
        assert words in letter
    desk.client.post(desk.at("forget"))
    assert desk.see("letter").status_code == 302
    assert desk.see("status").status_code == 302
    listed = desk.client.get(reverse("paper_answers")).content.decode()
    assert response.reference in listed
    assert str(moderator) in listed
    writer = Visitor(page)
    writer.type_code(code)
    assert VIEW in writer.text("status")
    assert "You are entering" not in writer.text("status")
    assert "Letter" not in writer.text("sent")
    assert writer.see("letter").status_code == 404


def test_a_form_that_came_by_e_mail_is_read(desk, page):
    form = without_a_name(page, {"2": VIEW}, q1="b.")
    answer = enter(desk, channel="email", text=form, identity="", submitter_type="", language="")
    assert answer.url == desk.at("code")
    assert "received by e-mail" in desk.text("tasks")
    assert Draft.objects.get().answers["view"]["value"] == VIEW
    desk.submit()
    response = Response.objects.get()
    assert (response.channel, response.identity) == (Channel.EMAIL, Identity.ANONYMOUS)


def test_staff_are_told_what_is_missing_and_nothing_typed_is_lost(desk, page):
    answer = enter(desk, received_on="", identity="", text="No form at all.")
    shown = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Enter the day", "No answer was found", "Choose how", "No form at all."):
        assert words in shown
    answer = enter(desk, received_on="2199-01-01")
    assert "in the future" in answer.content.decode()
    assert enter(desk, received_on="yesterday").status_code == 422
    assert enter(desk, channel="portal").status_code == 422
    assert not Draft.objects.exists()


def test_after_the_deadline_the_pages_ask_for_a_reason(desk, page):
    last = str(day_of(page, timezone.now()))
    with time_machine.travel(page.closes_at + timedelta(days=2)):
        desk.client.force_login(UserFactory(role=roles.MODERATOR))
        answer = enter(desk, received_on=last)
        assert "Say why this response is still taken in." in answer.content.decode()
        assert enter(desk, received_on=last, reason="postmarked").url == desk.at("code")
        assert "counts as in time" in desk.text("tasks")
        assert "Open until" not in desk.text("tasks")


def test_what_is_not_there_is_not_found(desk, page):
    for name, args in (
        ("enter_answer", [0]),
        ("late_tokens", [0]),
        ("revoke_late_token", [page.pk, 0]),
    ):
        assert desk.client.get(reverse(name, args=args), follow=True).status_code == 404
    revoke = reverse("revoke_late_token", args=[page.pk, 0])
    assert desk.client.post(revoke, follow=True).status_code == 404


def test_the_menu_of_a_consultation_leads_there(desk, page):
    shown = desk.client.get(reverse("paper_answers")).content.decode()
    assert reverse("late_tokens", args=[page.pk]) in shown


# -- the files of answers --------------------------------------------------------------------------


def test_files_of_drafts_and_of_what_was_sent_are_in_use(consultations):
    page = consultation_that_asks(questionnaire=True)
    held = "0" * 32
    Draft.objects.create(
        consultation=page,
        identity=Identity.ANONYMOUS,
        answers={"evidence": {"value": [held]}, "who": {"value": "x"}},
        touched_on=timezone.now().date(),
    )
    draft, _code = draft_to_send(consultation_that_asks(title="Another"))
    version = actions.submit_draft(draft=draft, by=NOBODY).versions.get()
    sent = "1" * 32
    models.QuerySet(ResponseVersion).filter(pk=version.pk).update(files={sent: "a" * 64})
    assert set(ids_in_use()) == {held, sent}
    assert {each.hex for each in in_use()} >= {held, sent}
