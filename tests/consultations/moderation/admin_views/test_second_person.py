"""Removing, appeals and questions on the pages of the staff: offered, shown to those who wait."""

from django.urls import reverse

from consultations.moderation import actions
from consultations.responses.models import Clarification, Response, Status
from portal.stakeholders import roles
from tests.consultations.moderation.building import (
    AT,
    published,
    received,
    rejected,
    screener,
)
from tests.factories import UserFactory

STANDING = "You need not answer. If you do not, nothing changes."


def address(response, name="screen_response", *more):
    return reverse(name, args=[response.reference, *more])


def act(client, response, key, **data):
    return client.post(address(response, "act_on_response", key), data)


def shown(client, response):
    return client.get(address(response)).content.decode()


def offered(client, response):
    """The acts that the page of a response offers, by key."""
    page = shown(client, response)
    from consultations.moderation.available_actions import ACTS

    return {key for key in ACTS if address(response, "act_on_response", key) in page}


def waiting_list(client):
    return client.get(reverse("waiting_for_second")).content.decode()


def test_no_reason_is_chosen_beforehand_and_each_is_explained(client, page, by):
    response = published(page, by)
    client.force_login(by)
    form = shown(client, response).partition("Remove from publication")[2]
    assert 'value="takedown"' in form
    assert "checked" not in form.partition("</form>")[0]
    assert "Somebody told us that publication puts a person at risk" in form
    sent = act(client, response, "remove", reason="", note="")
    assert sent.status_code == 422
    assert "Choose a reason." in sent.content.decode()
    assert "Say why, for the person who confirms it." in sent.content.decode()
    kept = act(client, response, "remove", reason="", note="Typed words")
    assert "Typed words" in kept.content.decode()
    assert Response.objects.get().status == Status.PUBLISHED


def test_one_hides_at_once_and_a_second_confirms_or_lifts_it(client, page, by, other):
    response = published(page, by)
    client.force_login(by)
    assert act(client, response, "remove", reason="takedown", note="A call.").status_code == 302
    assert Response.objects.get().status == Status.REMOVED
    assert offered(client, response) == {"note"}
    assert "Somebody else decides" in waiting_list(client)
    client.force_login(other)
    page_ = shown(client, response)
    assert "Removed at once" in page_
    assert "A call." in page_
    assert offered(client, response) == {"confirm-removal", "decline-removal", "note"}
    waits = waiting_list(client)
    assert response.reference in waits
    assert "Somebody else decides" not in waits
    assert "1 thing waits for you as the second person" in client.get("/admin/").content.decode()
    hidden = response.screening_acts.get(verb="hide").pk
    assert act(client, response, "decline-removal", removal=hidden).status_code == 302
    assert Response.objects.get().status == Status.PUBLISHED
    assert "Nothing waits for a second person." in waiting_list(client)


def test_what_was_removed_by_two_is_put_back_by_two(client, page, by, other):
    response = published(page, by)
    actions.remove(response=response, by=by, reason="in-error", note="Twice.")
    client.force_login(other)
    proposed = response.screening_acts.get(verb="propose-removal").pk
    act(client, response, "confirm-removal", removal=proposed)
    assert offered(client, response) == {"propose-return", "note"}
    act(client, response, "propose-return", note="A slip.")
    assert offered(client, response) == {"note"}
    client.force_login(by)
    assert "Proposed to publish again" in waiting_list(client)
    assert offered(client, response) == {"confirm-return", "decline-return", "note"}
    back = response.screening_acts.get(verb="propose-return").pk
    act(client, response, "confirm-return", removal=back)
    assert Response.objects.get().status == Status.PUBLISHED


def test_what_can_be_taken_back_is_offered_and_nothing_else(client, page, by, other):
    response = published(page, by)
    hidden = actions.remove(response=response, by=by, reason="takedown", note="A call.")
    client.force_login(by)
    undo = address(response, "undo_screening", hidden.pk)
    assert undo in shown(client, response)
    actions.confirm_removal(response=response, by=other)
    assert undo not in shown(client, response)


def test_a_form_read_before_somebody_acted_is_refused(client, page, by, other):
    response = published(page, by)
    first = actions.remove(response=response, by=by, reason="in-error", note="Twice.")
    actions.undo(act=first, by=by)
    actions.remove(response=response, by=by, reason="unlawful", note="The law.")
    client.force_login(other)
    refused = act(client, response, "confirm-removal", removal=first.pk, note="Typed words")
    assert refused.status_code == 422
    assert "Typed words" in refused.content.decode()
    assert Response.objects.get().status == Status.PUBLISHED


def test_a_question_to_a_person_without_a_name_waits_in_sight(client, page, by, other):
    response = received(page, identity="anonymous")
    client.force_login(by)
    page_ = shown(client, response)
    assert "A second person reads your question before it goes." in page_
    assert STANDING in page_
    assert act(client, response, "propose-question", version=1, question="Which courts?")
    assert not Clarification.objects.exists()
    assert not {"ask", "propose-question", "send-question"} & offered(client, response)
    assert "A question to a person without a name" in waiting_list(client)
    client.force_login(other)
    page_ = shown(client, response)
    assert "Which courts?" in page_
    assert STANDING in page_
    proposal = response.screening_acts.get().pk
    act(client, response, "send-question", version=1, proposal=proposal)
    assert Clarification.objects.get().question.endswith(STANDING)


def test_an_appeal_is_offered_to_those_who_took_no_part(client, page, by, other):
    author, third = UserFactory(), screener()
    response = rejected(page, by, other, account=author)
    actions.appeal(response=response, by=author, text="It does answer.")
    for somebody in (by, other):
        client.force_login(somebody)
        assert "It does answer." in shown(client, response)
        assert offered(client, response) == {"note"}
    client.force_login(third)
    assert offered(client, response) == {"decide-appeal", "note"}
    assert "Appeal" in waiting_list(client)
    pk = response.appeals.get().pk
    wrong = act(client, response, "decide-appeal", appeal=pk, decision="grant", answer="")
    assert wrong.status_code == 422
    act(client, response, "decide-appeal", appeal=pk, decision="grant", answer="You are right.")
    assert Response.objects.get().status == Status.RECEIVED
    assert "Granted" in shown(client, response)


def test_an_analyst_reads_the_list_and_decides_nothing(client, page, by):
    response = published(page, by)
    actions.remove(response=response, by=by, reason="takedown", note="A call.", at=AT)
    client.force_login(UserFactory(role=roles.ANALYST))
    assert "Somebody else decides" in waiting_list(client)
    assert act(client, response, "decline-removal", removal=1).status_code in (302, 403)
    client.force_login(UserFactory(role=roles.EDITOR))
    assert client.get(reverse("waiting_for_second")).status_code in (302, 403)
