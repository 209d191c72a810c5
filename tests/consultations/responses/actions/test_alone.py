"""Allowing that a response without a name is published as the only one; and what is said of it."""

import re

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultations.calls.models import ConsultationPage
from consultations.moderation import actions as moderation
from consultations.responses import actions
from consultations.responses.errors import CannotChange, NotPermitted
from consultations.responses.models import Draft, PaperEntry, Response, Status
from tests.consultations.factories import close
from tests.consultations.moderation.building import screener
from tests.consultations.responses.builders import ACADEMIA, NOBODY, sent
from tests.consultations.responses.walk import Visitor
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
ASKED = "Publish mine even if it is the only one without a name"
GIVES_AWAY = "people who know or guess that you responded without a name know what you wrote"


def choose(response, even_if_alone=True, by=NOBODY):
    return actions.choose_alone(response=response, by=by, even_if_alone=even_if_alone)


def walked(page):
    visitor = Visitor(page)
    visitor.begin()
    visitor.answer_all()
    return visitor


@pytest.mark.parametrize("ticked", [True, False])
def test_it_is_asked_at_sending_with_what_it_gives_away(page, ticked):
    visitor = walked(page)
    html = visitor.text("check")
    assert ASKED in html
    assert GIVES_AWAY in html
    again = visitor.send("check", {"even_if_alone": "on"}).content.decode()
    assert re.search(r'<input[^>]*name="even_if_alone"[^>]*checked', again), "kept"
    visitor.send("check", {"declared": "on", **({"even_if_alone": "on"} if ticked else {})})
    html = visitor.text("sent")
    assert "as you chose" not in html
    assert ("even if it is the only one without." in html) is ticked
    assert ("only when at least five responses without a name are public" in html) is not ticked
    assert Response.objects.get().even_if_alone is ticked


def test_with_a_name_it_is_not_asked_and_nothing_posted_sets_it(page):
    visitor = Visitor(page)
    visitor.begin("named", name="Ada Vrba")
    visitor.answer_all()
    assert ASKED not in visitor.text("check")
    visitor.send("check", {"declared": "on", "even_if_alone": "on"})
    assert not Response.objects.get().even_if_alone


def test_who_types_in_paper_does_not_choose_it_for_its_writer(page):
    visitor = walked(page)
    Draft.objects.update(channel="post")
    today = timezone.now().date()
    PaperEntry.objects.create(
        consultation=page,
        draft=Draft.objects.get(),
        entered_on=today,
        channel="post",
        received_on=today,
        in_time=True,
    )
    assert ASKED not in visitor.text("check")
    visitor.send("check", {"declared": "on", "even_if_alone": "on"})
    assert not Response.objects.get().even_if_alone


def test_a_new_version_keeps_the_choice_until_it_is_unticked(page):
    response, _code = sent(page)
    choose(response)
    for ticked in (None, False):
        draft = actions.begin_revision(response=response, by=NOBODY)
        actions.submit_draft(draft=draft, by=NOBODY, even_if_alone=ticked)
        assert Response.objects.get().even_if_alone is (ticked is None)


def test_it_is_chosen_again_on_the_status_page_and_publishes_nothing(page, client):
    visitor = walked(page)
    visitor.submit()
    visitor.come_back()
    index = f"{page.url}responses/"
    before = client.get(index).content
    assert "It is not published then. It waits for others." in visitor.text("status")
    for pressed, told in (("alone", "It may be published even then."), ("among", "It waits for")):
        assert visitor.send("alone", {"beside": pressed}, hidden=False).status_code == 302
        assert told in visitor.text("status")
    assert visitor.send("alone", {"beside": "\x00"}, hidden=False).status_code == 302
    assert not Response.objects.get().even_if_alone
    assert client.get(index).content == before
    assert Response.objects.get().events.count() == 1, "nothing tells when it was chosen"


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.REJECTED, Status.WITHDRAWN])
def test_once_it_is_decided_the_choice_is_over(page, status):
    response, _code = sent(page)
    Response.objects.update(status=status)
    with pytest.raises(CannotChange):
        choose(response)
    assert not Response.objects.get().even_if_alone


def test_only_its_writer_chooses_and_only_without_a_name(page):
    named, _code = sent(page, identity="named", details=ACADEMIA)
    with pytest.raises(NotPermitted):
        choose(named)
    owner = UserFactory()
    owned, _code = sent(page, identity="named", details=ACADEMIA, by=owner)
    with pytest.raises(NotPermitted):
        choose(owned, by=owner)
    tied, _code = sent(page)
    actions.cut_tie(response=tied, by=NOBODY)
    with pytest.raises(NotPermitted):
        choose(tied)
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.filter(pk=named.pk).update(even_if_alone=True)


def test_withdrawing_forgets_the_choice_and_cutting_the_tie_keeps_it(page):
    one, other = (choose(sent(page)[0]) for _ in "12")
    actions.withdraw_response(response=one, by=NOBODY)
    actions.cut_tie(response=other, by=NOBODY)
    assert set(Response.objects.values_list("pk", "even_if_alone")) == {
        (one.pk, False),
        (other.pk, True),
    }


def test_what_happens_to_one_that_is_held_is_said_once_the_outcome_is_published(page):
    visitor = walked(page)
    visitor.submit()
    response, by = Response.objects.get(), screener()
    moderation.accept(response=response, by=by, handling="public", reason="within-rules")
    close(page)
    visitor.come_back()
    assert "The outcome of the consultation is published" not in visitor.text("status")
    ConsultationPage.objects.update(outcome_published_at=timezone.now())
    with time_machine.travel(timezone.now(), tick=False):
        told = visitor.text("status")
    assert "your response is not published so far" in told
    assert "Officials can read it, and it is kept with the records" in told
    visitor.send("alone", {"beside": "alone"}, hidden=False)
    assert "not published so far" not in visitor.text("status")


# -- until when it can be changed ------------------------------------------------------------------


def test_until_the_deadline_is_said_where_nothing_is_published_before(page):
    visitor = walked(page)
    assert "You can change it until the deadline." in visitor.text("start")
    assert "together and not before the consultation has closed" in visitor.text("start")
    visitor.submit()
    told = visitor.text("sent")
    assert "change it until the deadline, or withdraw it" in told
    assert "Accepted responses are published together, after the consultation has closed" in told


def test_until_it_is_published_is_said_where_that_may_come_first(page):
    ConsultationPage.objects.update(publishes_while_open=True, anonymous_allowed=False)
    visitor = Visitor(page)
    visitor.begin("named", name="Ada Vrba")
    visitor.answer_all()
    assert "until it is published, or until the deadline if that comes first" in visitor.text(
        "start"
    )
    assert "also while the consultation is open" in visitor.text("start")
    visitor.submit()
    told = visitor.text("sent")
    assert "until it is published, or until the deadline if that comes first" in told
    response, by = Response.objects.get(), screener()
    moderation.accept(response=response, by=by, handling="public", reason="within-rules")
    moderation.publish(responses=[response], by=by)
    visitor.come_back()
    assert visitor.send("revise", {}, hidden=False).status_code == 302
    assert not Draft.objects.exists()


def test_after_a_withdrawal_the_start_page_asks_nobody_to_change_it(page):
    visitor = Visitor(page)
    visitor.begin("named", name="Ada Vrba")
    visitor.answer_all()
    visitor.submit()
    visitor.come_back()
    assert "There you can also change it" in visitor.text("start")
    visitor.send("withdraw", {"sure": "on"})
    told = visitor.text("start")
    assert "You have withdrawn your response" in told
    assert "You have sent a response" not in told
    assert "There you can also change it" not in told
