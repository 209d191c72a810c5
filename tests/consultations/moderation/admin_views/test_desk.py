"""Working through the queue of responses: the next one, what was done, undo, two at once."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from consultations.calls.models import ConsultationPage
from consultations.moderation import actions
from consultations.responses.models import Status
from portal.stakeholders import roles
from tests.consultations.moderation.building import accepted, new_version, received, screener
from tests.factories import OrganisationFactory, UserFactory

ACCEPT = {"version": 1, "reason": "within-rules", "seen": 0}
CLAIM = {"justification": "A trade secret.", "legal_basis": "Directive (EU) 2016/943"}


@pytest.fixture
def desk(client, by):
    client.force_login(by)
    return client


def address(response, name="screen_response", *more, queue=""):
    query = f"?queue={queue}" if queue else ""
    return reverse(name, args=[response.reference, *more]) + query


def act(desk, response, key, queue="", **data):
    return desk.post(address(response, "act_on_response", key, queue=queue), data)


def soup(answer):
    return BeautifulSoup(answer.content, "html.parser")


def line(page):
    """What the page says was done, in one line."""
    found = page.select_one(".desk-done")
    return found and " ".join(found.p.get_text().split())


def shown(answer):
    """The path that an answer leads to."""
    return urlsplit(answer["Location"]).path


def three(page):
    return [received(page, received_on=date(2026, 11, day)) for day in (2, 3, 4)]


def pressed(desk, page, selector):
    """Press the one button of a form, as a browser without scripts does."""
    form = page.select_one(selector).find_parent("form")
    sent = {each["name"]: each.get("value", "") for each in form.select("input[type=hidden]")}
    return desk.post(form["action"], sent)


def test_one_press_accepts_and_the_next_one_of_the_queue_opens(desk, page):
    first, second, _last = three(page)
    opened = soup(desk.get(address(first)))
    button = opened.select_one('.desk-bar [data-key="a"]')
    assert button.get_text().startswith("Accept: Public")
    answer = pressed(desk, opened, '.desk-bar [data-key="a"]')
    assert shown(answer) == address(second)
    told = soup(desk.get(answer["Location"]))
    assert line(told) == f"{first.reference} · Accepted: Public · Within the rules"
    first.refresh_from_db()
    assert (first.status, first.handling) == (Status.ACCEPTED, "public")
    again = soup(desk.get(answer["Location"]))
    assert line(again) == line(told), "it does not go away by itself"


def test_undo_stands_beside_what_was_done_and_says_what_it_did(desk, page):
    first, second, _last = three(page)
    answer = act(desk, first, "accept", **ACCEPT)
    undone = pressed(desk, soup(desk.get(answer["Location"])), '.desk-done [data-key="u"]')
    assert shown(undone) == address(first)
    told = soup(desk.get(undone["Location"]))
    assert line(told) == (f"{first.reference} · Taken back: Accepted: Public · Within the rules")
    assert told.select_one('.desk-done [data-key="u"]') is None
    first.refresh_from_db()
    assert first.status == Status.RECEIVED
    act(desk, second, "propose-rejection", version=1, reason="spam", seen=0)
    proposed = second.screening_acts.get()
    refused = desk.post(address(first, "undo_screening", proposed.pk), follow=True)
    assert refused.status_code == 404, "an act of another response"


def test_the_queue_is_kept_with_its_filters_on_every_way(desk, page):
    first, second = (
        received(page, received_on=date(2026, 11, day), language="ar") for day in (2, 5)
    )
    other = received(page, received_on=date(2026, 11, 3))
    queue = "language%3Dar"
    opened = soup(desk.get(address(first, queue=queue)))
    assert opened.select_one('[data-key="j"]')["href"] == address(second, queue=queue)
    assert opened.select_one('[data-key="l"]')["href"].endswith("/responses/?language=ar")
    answer = pressed(desk, opened, '.desk-bar [data-key="a"]')
    assert parse_qs(urlsplit(answer["Location"]).query)["queue"] == ["language=ar"]
    undone = pressed(desk, soup(desk.get(answer["Location"])), '.desk-done [data-key="u"]')
    assert parse_qs(urlsplit(undone["Location"]).query)["queue"] == ["language=ar"]
    refused = soup(act(desk, first, "accept", queue, version=1, reason=""))
    assert refused.select_one('[data-key="l"]')["href"].endswith("/responses/?language=ar")
    assert other.reference not in str(refused)


def test_what_comes_before_follows_after_the_last_and_what_is_not_for_them_never(desk, page, by):
    first, second, last = three(page)
    act(desk, second, "propose-rejection", version=1, reason="spam", seen=0)
    assert shown(act(desk, last, "accept", **ACCEPT)) == address(first)
    received(page, account=by)
    organisation = OrganisationFactory()
    by.organisation = organisation
    by.save()
    received(page, organisation=organisation)
    received(page, status=Status.CLARIFICATION)
    end = act(desk, first, "accept", **ACCEPT)
    assert shown(end) == reverse("end_of_queue")
    told = soup(desk.get(end["Location"]))
    assert line(told) == f"{first.reference} · Accepted: Public · Within the rules"
    assert told.select_one('.desk-bar [data-key="t"]')["href"] == reverse("publish_together")
    assert told.select_one('.desk-done [data-key="u"]')


def test_a_proposal_of_somebody_else_is_next_for_the_second_person(desk, page, other):
    first, second, _last = three(page)
    actions.propose_rejection(response=second, by=other, reason="spam")
    assert shown(act(desk, first, "accept", **ACCEPT)) == address(second)
    opened = soup(desk.get(address(second)))
    assert opened.select_one('[data-key="c"]').get_text().startswith("Confirm")
    assert opened.select_one('[data-key="a"]') is None


def test_one_press_is_offered_only_where_nothing_is_claimed(desk, page, by):
    claimed = received(page, confidentiality=CLAIM)
    opened = soup(desk.get(address(claimed)))
    assert opened.select_one('.desk-bar button[data-key="a"]') is None
    assert opened.select_one('.desk-bar summary[data-key="a"]')
    assert opened.select("#accept-reason input[checked]") == []
    late = received(page, is_late=True)
    pressed(desk, soup(desk.get(address(late))), '.desk-bar [data-key="a"]')
    assert late.screening_acts.get().reason == "late-accepted"
    rejecting = soup(desk.get(address(received(page))))
    assert rejecting.select("#propose-rejection-reason input[checked]") == []
    assert rejecting.select("#propose-rejection-reason input[type=radio]")


def test_whoever_acts_second_is_told_what_a_colleague_did_and_keeps_their_words(desk, page, other):
    first, second, _last = three(page)
    actions.ask_clarification(response=first, by=other, question="Which courts?")
    actions.add_note(response=first, by=other, note="Wait for the answer.")
    sent = {**ACCEPT, "note": "Typed words"}
    answer = act(desk, first, "accept", **sent)
    assert answer.status_code == 422
    refused = soup(answer)
    told = " ".join(refused.select_one(".desk-bar [role=alert]").get_text().split())
    assert "Second Screener: Asked for clarification" in told
    assert "Typed words" in refused.select_one(".desk-bar textarea").get_text()
    first.refresh_from_db()
    assert first.status == Status.CLARIFICATION
    now = refused.select_one(".desk-bar details[open] input[name=seen]")["value"]
    assert act(desk, first, "accept", **{**sent, "seen": now}).status_code == 302
    actions.accept(response=second, by=other, handling="public", reason="within-rules")
    late = act(desk, second, "propose-rejection", version=1, reason="spam", seen=0, note="Mine")
    assert late.status_code == 422
    assert "Second Screener: Accepted: Public · Within the rules" in late.content.decode()
    assert "Mine" in late.content.decode()


def test_a_note_is_kept_whatever_a_colleague_did(desk, page, other):
    response = received(page)
    actions.add_note(response=response, by=other, note="Mine.")
    assert act(desk, response, "note", note="And mine.", seen=0).status_code == 302
    assert response.screening_acts.count() == 2


def test_a_button_pressed_twice_acts_once(desk, page):
    first, second, _last = three(page)
    assert shown(act(desk, first, "accept", **ACCEPT)) == address(second)
    again = act(desk, first, "accept", **ACCEPT)
    assert shown(again) == address(second)
    assert first.screening_acts.count() == 1


def test_a_version_that_came_meanwhile_is_read_first(desk, page):
    response = received(page)
    form = soup(desk.get(address(response)))
    new_version(response, {"indicators": {"value": "Changed.", "visibility": "public"}})
    answer = pressed(desk, form, '.desk-bar [data-key="a"]')
    assert answer.status_code == 422
    assert "A new version came in" in answer.content.decode()


def test_what_is_published_singly_is_published_from_the_line(desk, page):
    ConsultationPage.objects.update(publishes_while_open=True)
    first, second, _last = three(page)
    answer = act(desk, first, "accept", **ACCEPT)
    published = pressed(desk, soup(desk.get(answer["Location"])), '.desk-done [data-key="p"]')
    assert shown(published) == address(second)
    told = soup(desk.get(published["Location"]))
    assert line(told) == f"{first.reference} · Published"
    assert told.select_one('.desk-done [data-key="u"]') is None
    first.refresh_from_db()
    assert first.status == Status.PUBLISHED


def test_what_an_address_says_is_shown_to_whoever_did_it_alone(desk, client, page, by):
    first, second, _last = three(page)
    done = actions.accept(response=first, by=by, handling="public", reason="within-rules")
    assert line(soup(desk.get(address(second), {"done": done.pk})))
    for nonsense in ("x", "9" * 40, "0", "²"):
        assert line(soup(desk.get(address(second), {"done": nonsense}))) is None
    client.force_login(screener())
    assert line(soup(client.get(address(second), {"done": done.pk}))) is None


def test_an_analyst_goes_on_and_is_offered_nothing_else(client, page):
    first, second, _last = three(page)
    client.force_login(UserFactory(role=roles.ANALYST))
    opened = soup(client.get(address(first)))
    assert opened.select_one('.desk-bar [data-key="j"]')["href"] == address(second)
    assert opened.select(".desk-bar form") == []
    assert client.get(reverse("end_of_queue")).status_code == 200


def test_the_end_is_for_those_who_read_responses(client, db):
    client.force_login(UserFactory(role=roles.EDITOR))
    assert client.get(reverse("end_of_queue")).status_code in (302, 403)


def test_every_key_is_written_on_its_button_and_no_key_takes_down(desk, page, by):
    opened = soup(desk.get(address(received(page))))
    keyed = opened.select(".desk [data-key]")
    assert all(each.kbd.get_text().lower() == each["data-key"] for each in keyed)
    keys = [each["data-key"] for each in keyed]
    assert len(keys) == len(set(keys))
    assert opened.select_one("[data-keys-on]"), "they can be turned off"
    public = accepted(page, by)
    actions.publish(responses=[public], by=by)
    removing = soup(desk.get(address(public)))
    assert "Remove from publication" in removing.get_text()
    assert "Remove" not in " ".join(e.get_text() for e in removing.select("[data-key]"))
