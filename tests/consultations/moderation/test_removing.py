"""Removing what is published takes two people, and can be taken back by two."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from consultations.moderation import actions
from consultations.moderation.errors import (
    AppealWaits,
    NothingToUndo,
    NotPermitted,
    NotTakenUp,
    SecondPersonNeeded,
    WrongStatus,
)
from consultations.moderation.policy import AT_ONCE, FOR_REMOVING
from consultations.moderation.recording import KINDS, check_acts
from consultations.moderation.removals import removal_of, waiting_removals
from consultations.moderation.statistics import appeal_counts, tables
from consultations.publication.models import PublicCopy
from consultations.publication.recording import PUBLISHED, UNPUBLISHED, check_published
from consultations.responses.contacts import pack
from consultations.responses.models import Contact, Response, Status
from portal.notifications.models import Message
from portal.record.models import Entry
from tests.consultations.moderation.building import AT, published, screener
from tests.factories import UserFactory

SLOW = [reason for reason in FOR_REMOVING if reason not in AT_ONCE]


def fresh(response):
    return Response.objects.get(pk=response.pk)


def told(response):
    return [event.kind for event in response.events.all()]


def everywhere(page, response):
    """Every place where a published response shows, by the place: what it says of it now."""
    client = Client()
    base = f"/en/consultations/{page.slug}/responses/"
    reference = response.reference
    paths = {
        "page": f"{base}{reference}/",
        "list": base,
        "as recorded": f"{base}{reference}/record.json",
        "CSV": f"{base}export.csv",
        "JSON": f"{base}export.json",
        "search": "/en/search/?q=courts",
        "feed of a search": "/feeds/search/?q=courts",
        "consultation": page.get_url(),
        "permanent address": f"/r/{reference}",
        "feed of the consultation": f"/feeds/consultations/{page.slug}/",
    }
    found = {}
    for place, path in paths.items():
        answer = client.get(path, follow=place == "permanent address")
        found[place] = (answer.status_code, answer.getvalue() if answer.status_code == 200 else b"")
    return found


def findings():
    acts = check_acts(Entry.objects.filter(kind__in=KINDS).all_in_lists())
    entries = Entry.objects.filter(kind__in=(PUBLISHED, UNPUBLISHED)).all_in_lists()
    return [*acts, *check_published(entries)]


def test_at_risk_it_is_off_every_page_at_once_and_waits_for_a_second(client, page, by, other):
    response = published(page, by)
    actions.remove(response=response, by=by, reason="takedown", note="A call.", at=AT)
    assert fresh(response).status == Status.REMOVED
    assert not PublicCopy.objects.published().exists()
    assert removal_of(fresh(response)).second is None
    with pytest.raises(SecondPersonNeeded):
        actions.confirm_removal(response=response, by=by)
    with pytest.raises(SecondPersonNeeded):
        actions.decline_removal(response=response, by=by)
    said = client.get(reverse("publication:response", args=[page.slug, response.reference]))
    assert said.status_code == 410
    assert "A second moderator decides whether it stays removed." in said.content.decode()
    assert "Publication puts somebody at risk" in said.content.decode()
    assert "A call." not in said.content.decode()
    actions.confirm_removal(response=response, by=other)
    assert removal_of(fresh(response)).waiting is None
    said = client.get(reverse("publication:response", args=[page.slug, response.reference]))
    assert "A second moderator decides" not in said.content.decode()
    assert told(response) == ["accepted", "published", "removed"]
    assert "A second moderator decides" in response.events.last().text
    assert findings() == []


@pytest.mark.parametrize("reason", SLOW)
def test_for_any_other_reason_it_stays_until_a_second_confirms(page, by, other, reason):
    response = published(page, by)
    actions.remove(response=response, by=by, reason=reason, note="See the second answer.")
    assert fresh(response).status == Status.PUBLISHED
    assert told(response) == ["accepted", "published"], "nobody is told of a proposal"
    with pytest.raises(SecondPersonNeeded):
        actions.confirm_removal(response=response, by=by)
    with pytest.raises(WrongStatus):
        actions.remove(response=response, by=other, reason=reason)
    actions.confirm_removal(response=response, by=other)
    assert fresh(response).status == Status.REMOVED
    assert told(response) == ["accepted", "published", "removed"]
    entry = Entry.objects.get(kind="response.removed")
    assert entry.public
    assert entry.statement["reason"] == reason
    assert findings() == []


def test_a_superuser_is_one_person_too(page, by):
    chief = UserFactory(is_superuser=True)
    response = published(page, by)
    actions.remove(response=response, by=chief, reason="in-error", note="Twice.")
    with pytest.raises(SecondPersonNeeded):
        actions.confirm_removal(response=response, by=chief)
    with pytest.raises(NotPermitted):
        actions.confirm_removal(response=response, by=UserFactory())


def test_declined_it_was_never_gone(page, by, other):
    response = published(page, by)
    before = everywhere(page, response)
    actions.remove(response=response, by=by, reason="in-error", note="Twice.")
    assert everywhere(page, response) == before
    actions.decline_removal(response=response, by=other, note="No.")
    assert everywhere(page, response) == before
    assert removal_of(fresh(response)) is None
    assert told(response) == ["accepted", "published"]


WAYS_BACK = {
    "lifted by the second person": lambda response, by, other: actions.decline_removal(
        response=response, by=other
    ),
    "taken back by whoever removed it": lambda response, by, other: actions.undo(
        act=response.screening_acts.get(verb="hide"), by=by
    ),
    "confirmed, and published again by two": lambda response, by, other: (
        actions.confirm_removal(response=response, by=other),
        actions.propose_return(response=response, by=other, note="I pressed the wrong one."),
        actions.confirm_return(response=response, by=by),
    ),
    "an appeal granted": lambda response, by, other: actions.decide_appeal(
        appeal=actions.appeal(response=response, by=response.account, text="Nobody is at risk."),
        by=other,
        grants=True,
        answer="You are right.",
    ),
}


@pytest.mark.parametrize("way", WAYS_BACK)
def test_taken_back_it_is_everywhere_again_as_it_was(page, by, other, way):
    """Page, list, files of all responses, feed, search, sitemap of the record, counts."""
    response = published(page, by, account=UserFactory())
    before = everywhere(page, response)
    copy = PublicCopy.objects.get(response=response)
    assert all(status == 200 for status, _body in before.values())
    actions.remove(response=response, by=by, reason="takedown", note="A call.")
    gone = everywhere(page, response)
    assert {place for place, said in gone.items() if said == before[place]} == set()
    WAYS_BACK[way](response, by, other)
    after = everywhere(page, response)
    recorded = [json.loads(each.pop("as recorded")[1]) for each in (before, after)]
    assert after == before
    assert recorded[0]["content"] == recorded[1]["content"]
    assert recorded[1]["leaf"] == PublicCopy.objects.get(response=response).record_leaf
    now = PublicCopy.objects.get(response=response)
    for kept in ("shuffle", "published_on", "answers", "shown_group", "shown_language"):
        assert getattr(now, kept) == getattr(copy, kept)
    assert now.retired_on is None
    assert now.answered.count() == len(now.answers)
    assert fresh(response).status == Status.PUBLISHED
    assert "restored" in told(response)
    assert Entry.objects.get(kind="response.restored").public
    assert findings() == []


def test_without_a_name_the_groups_are_told_as_before(page, by, other):
    """Five share a group; with one gone none may be told, and all come back with it."""
    five = [published(page, by, identity="anonymous") for _ in range(5)]
    shown = lambda: sorted(PublicCopy.objects.published().values_list("shown_group", flat=True))  # noqa: E731
    assert shown() == ["academia"] * 5
    actions.remove(response=five[0], by=by, reason="takedown", note="A call.")
    assert shown() == [""] * 4
    actions.decline_removal(response=five[0], by=other)
    assert shown() == ["academia"] * 5


def test_what_left_meanwhile_does_not_keep_it_away(page, by, other):
    """An undoing: it was public beside the others, and comes back among those that are left."""
    five = [published(page, by, identity="anonymous", even_if_alone=False) for _ in range(5)]
    Response.objects.update(even_if_alone=False)
    for response in five[:2]:
        actions.remove(response=response, by=by, reason="takedown", note="A call.")
    actions.decline_removal(response=five[0], by=other)
    assert PublicCopy.objects.published().count() == 4


def test_a_removal_confirmed_is_taken_back_by_two(page, by, other):
    response = published(page, by)
    actions.remove(response=response, by=by, reason="in-error", note="Twice.")
    actions.confirm_removal(response=response, by=other)
    for act in response.screening_acts.filter(verb__in=("propose-removal", "confirm-removal")):
        with pytest.raises(NothingToUndo):
            actions.undo(act=act, by=other)
    actions.propose_return(response=response, by=other, note="A slip.")
    assert fresh(response).status == Status.REMOVED
    for decide in (actions.confirm_return, actions.decline_return):
        with pytest.raises(SecondPersonNeeded):
            decide(response=response, by=other)
    actions.decline_return(response=response, by=by)
    assert removal_of(fresh(response)).waiting is None
    actions.propose_return(response=response, by=by, note="All the same.")
    actions.confirm_return(response=response, by=other)
    assert fresh(response).status == Status.PUBLISHED
    actions.remove(response=response, by=by, reason="takedown", note="Again.")
    assert fresh(response).status == Status.REMOVED
    assert findings() == []


def test_what_was_read_is_what_is_confirmed(page, by, other):
    response = published(page, by)
    first = actions.remove(response=response, by=by, reason="in-error", note="Twice.")
    actions.undo(act=first, by=by)
    second = actions.remove(response=response, by=by, reason="unlawful", note="The law.")
    with pytest.raises(WrongStatus):
        actions.confirm_removal(response=response, by=other, removal=first.pk)
    actions.confirm_removal(response=response, by=other, removal=second.pk)
    assert Entry.objects.get(kind="response.removed").statement["reason"] == "unlawful"


def test_two_who_decide_at_once_decide_once(page, by, other):
    """The second reads a stale row: the lock and the acts say that it was decided."""
    response = published(page, by)
    actions.remove(response=response, by=by, reason="takedown", note="A call.")
    stale = fresh(response)
    actions.decline_removal(response=response, by=other)
    for decide in (actions.confirm_removal, actions.decline_removal):
        with pytest.raises(WrongStatus):
            decide(response=stale, by=screener())
    assert fresh(response).status == Status.PUBLISHED


def test_withdrawn_meanwhile_nothing_comes_back(page, by, other):
    from consultations.responses.actions import withdraw_response

    account = UserFactory()
    response = published(page, by, account=account)
    actions.remove(response=response, by=by, reason="takedown", note="A call.")
    actions.appeal(response=response, by=account, text="Why?")
    withdraw_response(response=fresh(response), by=account)
    assert waiting_removals() == []
    assert not response.appeals.exists()
    for decide in (actions.confirm_removal, actions.decline_removal):
        with pytest.raises(WrongStatus):
            decide(response=response, by=other)


def test_it_waits_in_one_list_with_the_longest_first(page, by, other):
    late, early = published(page, by), published(page, by)
    actions.remove(response=late, by=by, reason="in-error", note="Twice.", at=AT)
    actions.remove(
        response=early, by=by, reason="in-error", note="Twice.", at=AT - timedelta(days=2)
    )
    assert [each.first.response for each in waiting_removals()] == [early, late]


def test_upholding_a_report_takes_another_than_whoever_took_it_up(page, by, other):
    response = published(page, by)
    dispute = actions.open_dispute(response=response, text="Not me.")
    with pytest.raises(NotTakenUp):
        actions.decide_dispute(dispute=dispute, by=other, outcome="upheld")
    actions.take_up_dispute(dispute=dispute, by=other)
    with pytest.raises(SecondPersonNeeded):
        actions.decide_dispute(dispute=dispute, by=other, outcome="upheld")
    assert fresh(response).status == Status.PUBLISHED
    actions.decide_dispute(dispute=dispute, by=by, outcome="upheld")
    assert fresh(response).status == Status.REMOVED
    assert removal_of(fresh(response)).waiting is None
    assert findings() == []


def test_whoever_sent_it_hears_of_both_by_mail(page, by, other):
    response = published(page, by)
    Contact.objects.create(response=response, sealed=pack("ada@people.example", "en"))
    actions.remove(response=response, by=by, reason="takedown", note="A call.")
    actions.decline_removal(response=response, by=other)
    kinds = set(Message.objects.values_list("kind", flat=True))
    assert {"response.removed", "response.restored"} <= kinds


def test_the_policy_counts_removals_and_those_taken_back(page, by, other):
    for number in range(6):
        response = published(page, by)
        actions.remove(response=response, by=by, reason="takedown", note="A call.")
        actions.confirm_removal(response=response, by=other)
        if number < 5:
            actions.propose_return(response=response, by=by, note="A slip.")
            actions.confirm_return(response=response, by=other)
    [removed] = [table for table in tables() if table.key == "remove"]
    assert {row.code: row.used for row in removed.rows}["takedown"] == "6"
    assert appeal_counts().published_again == "5"


def test_a_removal_put_in_by_hand_is_found(page, by):
    response = published(page, by)
    actions.remove(response=response, by=by, reason="takedown", note="A call.")
    response.screening_acts.filter(verb="hide").update(verb="note")
    assert any("removed, and nobody decided so" in each.text for each in findings())


def test_nobody_goes_past_an_appeal(page, by, other):
    account = UserFactory()
    response = published(page, by, account=account)
    hidden = actions.remove(response=response, by=by, reason="takedown", note="A call.")
    actions.appeal(response=response, by=account, text="Nobody is at risk.")
    for act in (
        lambda: actions.confirm_removal(response=response, by=other),
        lambda: actions.decline_removal(response=response, by=other),
        lambda: actions.undo(act=hidden, by=by),
    ):
        with pytest.raises(AppealWaits):
            act()
