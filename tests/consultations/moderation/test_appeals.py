"""Whoever sent a response appeals against its rejection or removal; another moderator decides."""

import pytest
from django.urls import reverse

from consultations.moderation import actions
from consultations.moderation.appeals import decision_on
from consultations.moderation.errors import (
    AlreadyAppealed,
    AppealDecided,
    AppealWaits,
    InvalidAppeal,
    NotForYou,
    NothingToAppeal,
    NotPermitted,
)
from consultations.moderation.models import Appeal
from consultations.moderation.recording import KINDS, check_acts
from consultations.moderation.statistics import appeal_counts
from consultations.publication.models import PublicCopy
from consultations.responses import hooks
from consultations.responses.access.codes import hash_code
from consultations.responses.actions import withdraw_response
from consultations.responses.contacts import pack
from consultations.responses.models import Contact, Response, Status
from portal.notifications.models import Message
from portal.record.models import Entry
from portal.stakeholders.roles import ANALYST, MODERATOR
from tests.consultations.moderation.building import (
    AT,
    published,
    received,
    rejected,
    screener,
)
from tests.consultations.responses.builders import NOBODY
from tests.factories import OrganisationFactory, UserFactory

WHY = "Nobody in it is at risk."
CODE = "ABCDEFGHJKMNPQRSTVWX"


def fresh(response):
    return Response.objects.get(pk=response.pk)


def told(response):
    return [event.kind for event in response.events.all()]


def findings():
    return list(check_acts(Entry.objects.filter(kind__in=KINDS).all_in_lists()))


@pytest.fixture
def author(db):
    return UserFactory()


@pytest.fixture
def third(db):
    return screener(email="third@staff.example")


@pytest.fixture
def removed(page, by, other, author):
    response = published(page, by, account=author)
    actions.remove(response=response, by=by, reason="in-error", note="Twice.")
    actions.confirm_removal(response=response, by=other)
    return fresh(response)


@pytest.fixture
def turned_down(page, by, other, author):
    return rejected(page, by, other, account=author)


def test_its_author_alone_appeals_and_once(removed, author, by):
    for somebody in (UserFactory(), by, NOBODY):
        with pytest.raises(NotPermitted):
            actions.appeal(response=removed, by=somebody, text=WHY)
    for words in ("", "  \n ", "x" * 2001):
        with pytest.raises(InvalidAppeal):
            actions.appeal(response=removed, by=author, text=words)
    appeal = actions.appeal(response=removed, by=author, text=f" {WHY} ")
    assert appeal.text == WHY
    assert told(removed)[-1] == "appealed"
    with pytest.raises(AlreadyAppealed):
        actions.appeal(response=removed, by=author, text=WHY)


def test_whoever_signs_for_an_organisation_appeals_for_it(page, by, other):
    organisation = OrganisationFactory()
    signs = UserFactory(organisation=organisation, signs_for_organisation=True)
    response = rejected(page, by, other, identity="organisation", organisation=organisation)
    with pytest.raises(NotPermitted):
        actions.appeal(response=response, by=UserFactory(organisation=organisation), text=WHY)
    assert actions.appeal(response=response, by=signs, text=WHY)


def test_there_is_nothing_to_appeal_against_while_it_is_only_proposed(page, by, author):
    proposed = published(page, by, account=author)
    actions.remove(response=proposed, by=by, reason="in-error", note="Twice.")
    waiting = received(page, account=author)
    actions.propose_rejection(response=waiting, by=by, reason="spam")
    for response in (proposed, waiting):
        assert decision_on(fresh(response)) is None
        with pytest.raises(NothingToAppeal):
            actions.appeal(response=response, by=author, text=WHY)


def test_those_who_decided_do_not_decide_again(removed, author, by, other, third):
    appeal = actions.appeal(response=removed, by=author, text=WHY)
    chief = UserFactory(is_superuser=True)
    for somebody in (by, other):
        with pytest.raises(NotForYou):
            actions.decide_appeal(appeal=appeal, by=somebody, grants=False, answer="No.")
    for somebody in (author, UserFactory(role=ANALYST)):
        with pytest.raises(NotPermitted):
            actions.decide_appeal(appeal=appeal, by=somebody, grants=True, answer="Yes.")
    with pytest.raises(InvalidAppeal):
        actions.decide_appeal(appeal=appeal, by=third, grants=True, answer=" ")
    actions.decide_appeal(appeal=appeal, by=chief, grants=False, answer="It was sent twice.")
    with pytest.raises(AppealDecided):
        actions.decide_appeal(appeal=appeal, by=third, grants=True, answer="Yes.")


def test_a_moderator_does_not_decide_on_their_own_response(page, by, other):
    moderator = UserFactory(role=MODERATOR)
    response = rejected(page, by, other, account=moderator)
    appeal = actions.appeal(response=response, by=moderator, text=WHY)
    with pytest.raises(NotPermitted):
        actions.decide_appeal(appeal=appeal, by=moderator, grants=True, answer="Yes.")


def test_granted_a_removed_response_is_published_again(removed, author, third):
    appeal = actions.appeal(response=removed, by=author, text=WHY)
    actions.decide_appeal(appeal=appeal, by=third, grants=True, answer="You are right.")
    assert fresh(removed).status == Status.PUBLISHED
    assert PublicCopy.objects.published().count() == 1
    assert told(removed)[-2:] == ["restored", "appeal-granted"]
    assert removed.events.last().text == "You are right."
    assert findings() == []


def test_granted_a_rejected_response_is_screened_anew(turned_down, author, by, third):
    appeal = actions.appeal(response=turned_down, by=author, text=WHY)
    actions.decide_appeal(appeal=appeal, by=third, grants=True, answer="You are right.")
    assert fresh(turned_down).status == Status.RECEIVED
    actions.accept(
        response=turned_down, by=by, handling="public", reason="within-rules"
    )  # no proposal bars it
    assert told(turned_down)[-3:] == ["reopened", "appeal-granted", "accepted"]
    assert findings() == []


def test_not_granted_the_decision_stands(removed, turned_down, author, third):
    for response, status in ((removed, Status.REMOVED), (turned_down, Status.REJECTED)):
        appeal = actions.appeal(response=response, by=author, text=WHY)
        actions.decide_appeal(appeal=appeal, by=third, grants=False, answer="It stands.")
        assert fresh(response).status == status
        assert told(response)[-1] == "appeal-refused"
        with pytest.raises(AlreadyAppealed):
            actions.appeal(response=response, by=author, text=WHY)
    assert findings() == []


def test_of_what_was_removed_at_once_the_decision_is_the_second_person(page, by, author, third):
    response = published(page, by, account=author)
    actions.remove(response=response, by=by, reason="takedown", note="A call.", at=AT)
    appeal = actions.appeal(response=fresh(response), by=author, text=WHY)
    with pytest.raises(NotForYou):
        actions.decide_appeal(appeal=appeal, by=by, grants=False, answer="No.")
    actions.decide_appeal(appeal=appeal, by=third, grants=False, answer="It stands.")
    assert Entry.objects.get(kind="response.removal-confirmed").public
    actions.propose_return(response=response, by=by, note="All the same.")
    assert findings() == []


def test_a_rejection_is_not_taken_back_past_an_appeal(turned_down, author, by):
    actions.appeal(response=turned_down, by=author, text=WHY)
    with pytest.raises(AppealWaits):
        actions.undo(act=turned_down.screening_acts.get(verb="confirm-rejection"), by=by)


def test_a_rejection_taken_back_leaves_nothing_to_appeal_against(turned_down, author, by):
    actions.undo(act=turned_down.screening_acts.get(verb="confirm-rejection"), by=by)
    with pytest.raises(NothingToAppeal):
        actions.appeal(response=turned_down, by=author, text=WHY)


def test_withdrawing_erases_what_was_said(removed, turned_down, author, third):
    decided = actions.appeal(response=removed, by=author, text=WHY)
    actions.decide_appeal(appeal=decided, by=third, grants=False, answer="It stands.")
    waiting = actions.appeal(response=turned_down, by=author, text=WHY)
    withdraw_response(response=fresh(removed), by=author)
    hooks.run(fresh(turned_down), AT)  # what a withdrawal runs
    decided.refresh_from_db()
    assert (decided.text, decided.answer) == ("", "")
    assert not Appeal.objects.filter(pk=waiting.pk).exists()
    with pytest.raises(NothingToAppeal):
        actions.decide_appeal(appeal=waiting, by=third, grants=True, answer="Yes.")


def test_the_record_has_neither_the_words_nor_who_they_are_of(removed, author, third):
    appeal = actions.appeal(response=removed, by=author, text=WHY)
    actions.decide_appeal(appeal=appeal, by=third, grants=True, answer="You are right.")
    said = [str(entry.statement) for entry in Entry.objects.all()]
    assert not any(WHY in each or "You are right" in each for each in said)


def test_without_a_name_mail_says_only_that_there_is_news(page, by, other, third):
    response = published(page, by, identity="anonymous")
    Contact.objects.create(response=response, sealed=pack("ada@people.example", "en"))
    actions.remove(response=response, by=by, reason="takedown", note="A call.")
    appeal = actions.appeal(response=fresh(response), by=NOBODY, text=WHY)
    appeal = actions.decide_appeal(appeal=appeal, by=third, grants=True, answer="You are right.")
    kinds = set(Message.objects.values_list("kind", flat=True))
    assert not {kind for kind in kinds if kind.startswith("response.")}
    assert appeal.made_on == appeal.decision.on, "days, and nothing finer"


def test_the_policy_counts_what_came_of_appeals(page, by, other, third, author):
    for number in range(6):
        response = rejected(page, by, other, account=author)
        appeal = actions.appeal(response=response, by=author, text=WHY)
        grants = number == 5
        actions.decide_appeal(appeal=appeal, by=third, grants=grants, answer="So it is.")
    told_of = appeal_counts()
    assert (told_of.appealed, told_of.granted, told_of.refused) == (
        "at least 5",
        "fewer than 5",
        "5",
    )


# Where its author appeals.


def opened_by_code(client, page, response):
    """A browser in which the code of a response without a name is open."""
    Response.objects.filter(pk=response.pk).update(code_hash=hash_code(CODE))
    client.post(reverse("responses:resume", args=[page.slug]), {"code": CODE})
    return reverse("responses:status", args=[page.slug])


def test_with_a_code_it_is_appealed_where_the_response_is_followed(client, page, by, third):
    response = published(page, by, identity="anonymous")
    actions.remove(response=response, by=by, reason="takedown", note="A call.")
    status = opened_by_code(client, page, response)
    form = reverse("moderation:appeal", args=[page.slug])
    assert form in client.get(status).content.decode()
    shown = client.get(form).content.decode()
    assert "Publication puts somebody at risk" in shown
    assert "A call." not in shown
    assert "<title>Form" in shown, "the browser keeps no title that tells"
    assert client.post(form, {"text": " "}).status_code == 422
    answer = client.post(form, {"text": WHY}, follow=True).content.decode()
    assert WHY in answer
    assert "Until then the decision stands." in answer
    assert form not in answer
    actions.decide_appeal(appeal=Appeal.objects.get(), by=third, grants=True, answer="Granted so.")
    after = client.get(status).content.decode()
    assert "Your appeal was granted." in after
    assert "Granted so." in after


def test_what_was_typed_too_late_is_kept(client, page, by, other):
    response = published(page, by, identity="anonymous")
    hidden = actions.remove(response=response, by=by, reason="takedown", note="A call.")
    opened_by_code(client, page, response)
    actions.undo(act=hidden, by=by)
    answer = client.post(reverse("moderation:appeal", args=[page.slug]), {"text": WHY})
    assert answer.status_code == 409
    assert WHY in answer.content.decode()
    assert "no decision to appeal against" in answer.content.decode()


def test_under_an_account_it_is_appealed_in_the_account(client, page, turned_down, author):
    client.force_login(author)
    query = f"?of={turned_down.reference}"
    form = reverse("moderation:appeal", args=[page.slug]) + query
    turned_down.code_hash = None
    turned_down.save()
    status = client.get(reverse("responses:status", args=[page.slug]) + query)
    assert form in status.content.decode()
    client.post(form, {"text": WHY})
    assert Appeal.objects.get().text == WHY


def test_a_stranger_finds_no_form(client, page, removed):
    form = reverse("moderation:appeal", args=[page.slug])
    assert client.get(form)["Location"] == reverse("responses:resume", args=[page.slug])
    client.force_login(UserFactory())
    assert client.get(form).status_code == 302
    assert client.post(form, {"text": WHY}).status_code == 403
    assert not Appeal.objects.exists()


def test_what_was_typed_is_kept_where_the_response_is_not_open_any_more(client, page, removed):
    answer = client.post(reverse("moderation:appeal", args=[page.slug]), {"text": WHY})
    assert answer.status_code == 403
    assert WHY in answer.content.decode()
    assert removed.reference not in answer.content.decode()
    assert reverse("responses:resume", args=[page.slug]) in answer.content.decode()


def test_the_page_of_a_removed_response_leads_its_author_there(client, page, removed):
    shown = client.get(reverse("publication:response", args=[page.slug, removed.reference]))
    assert "You can appeal where you follow your response" in shown.content.decode()
    assert reverse("responses:status", args=[page.slug]) in shown.content.decode()
