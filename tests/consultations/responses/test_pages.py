"""Answering, page by page, without JavaScript: three lanes, and everything that goes wrong."""

import re
from datetime import timedelta
from hashlib import sha256

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.responses import actions
from consultations.responses.access.codes import new_code
from consultations.responses.models import (
    Clarification,
    Draft,
    Identity,
    LegalBasis,
    Response,
    Status,
)
from portal.record.hashing import canonical
from tests.consultations.responses.builders import NOBODY, consultation_that_asks, sent
from tests.consultations.responses.walk import Visitor

OFFICIALS = {"q-view": "Our margins.", "v-view": "officials"}


@pytest.fixture
def visitor(page):
    return Visitor(page)


@pytest.fixture
def account(page, member):
    """A member at a browser, signed in."""
    visitor = Visitor(page)
    visitor.client.force_login(member)
    return visitor


# -- three lanes -----------------------------------------------------------------------------------


def test_civil_society_without_a_name(visitor):
    assert "Begin" in visitor.text("start")
    assert visitor.begin().url == visitor.at("code")
    code = visitor.code()
    visitor.answer_all()
    assert "Done: 3 of 3" in visitor.text("tasks")
    assert "Ask who will use it." in visitor.text("check")
    assert visitor.submit().url == visitor.at("sent")
    response = Response.objects.get()
    receipt = visitor.text("sent")
    assert response.reference in receipt
    assert code in receipt
    assert response.account is None
    visitor.come_back()
    assert "Received" in visitor.text("status")


def test_academia_with_a_name_and_an_account(account, member):
    answer = account.begin("named", name="Ada Vrba", submitter_type="academia")
    assert answer.url == account.at("tasks")
    account.answer_all()
    assert "Ada Vrba" in account.text("check")
    answer = account.submit()
    response = Response.objects.get()
    assert answer.url == f"{account.at('sent')}?of={response.reference}"
    assert response.account == member
    assert response.reference in account.client.get(answer.url).content.decode()
    mine = account.client.get(reverse("account_responses")).content.decode()
    assert response.reference in mine


def test_a_company_with_a_confidential_answer(visitor):
    visitor.begin("organisation", organisation_name="Lens Works", submitter_type="company")
    visitor.send("part", {"q-exporter": "no"}, 1)
    visitor.send("part", OFFICIALS, 2)
    check = visitor.text("check")
    assert "Give a public version" in check
    assert 'name="declared"' not in check, "nothing to send it with yet"
    refused = visitor.send("confidentiality", {"justification": "Prices."}, query="?return=check")
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Error:" in page
    assert "Prices." in page
    assert "Our margins." in page
    answer = visitor.send(
        "confidentiality",
        {
            "justification": "Prices.",
            "legal_basis": LegalBasis.COMMERCIAL_SECRET,
            "public-view": "We look at the end user.",
        },
        query="?return=check",
    )
    assert answer.url == visitor.at("check")
    visitor.submit()
    version = Response.objects.get().versions.get()
    assert version.answers["view"]["public_version"] == "We look at the end user."
    assert version.name == ""


def test_the_receipt_and_the_answers_fit_together(visitor):
    visitor.begin()
    visitor.answer_all("Ünïcode — and “quotes”.\n\nTwo paragraphs.")
    visitor.submit()
    visitor.come_back()
    receipt = visitor.see("receipt_file").json()
    answers = visitor.see("answers_file").json()
    digest = sha256(bytes.fromhex(answers["salt"]) + canonical(answers["content"]).encode())
    assert digest.hexdigest() == receipt["statement"]["content_digest"]
    text = visitor.text("answers_text")
    assert "Two paragraphs." in text
    assert receipt["statement"]["content_digest"] in text


# -- the code --------------------------------------------------------------------------------------


def test_with_the_code_a_draft_goes_on_in_another_browser(visitor):
    visitor.begin()
    code = visitor.code()
    visitor.send("part", {"q-view": "Kept."}, 2)
    elsewhere = Visitor(visitor.page)
    assert elsewhere.see("tasks").url == elsewhere.at("resume")
    assert elsewhere.type_code(code.lower()).url == elsewhere.at("tasks")
    assert "Kept." in elsewhere.text("part", 2)
    visitor.client.cookies.clear()
    assert visitor.type_code(code).url == visitor.at("tasks")


def test_the_code_opens_what_was_sent_too(visitor):
    response, code = sent(visitor.page)
    assert visitor.type_code(code).url == visitor.at("status")
    assert response.reference in visitor.text("status")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Enter your code"),
        ("ABCD", "you typed 4"),
        ("ABCD-ABCD-ABCD-ABCD-ABCU", "“U”"),
        ("é" * 20, "“É”"),
        ("A" * 2000, "at most 100"),
    ],
)
def test_a_mistyped_code_is_told_what_is_wrong_with_it(visitor, typed, told):
    answer = visitor.type_code(typed)
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_wrong_codes_are_all_told_the_same(visitor):
    _response, others = sent(consultation_that_asks())
    gone, erased = actions.begin_draft(
        consultation=visitor.page, by=NOBODY, identity=Identity.ANONYMOUS, details={}
    )
    actions.discard_draft(draft=gone, by=NOBODY)
    answers = set()
    for code in (new_code(), others, erased):
        answer = visitor.type_code(code)
        assert answer.status_code == 422
        page = answer.content.decode()
        answers.add(re.sub(r'value="[^"]*"', "", page))
    assert len(answers) == 1


@pytest.mark.usefixtures("one_minute")
def test_five_wrong_codes_a_minute_and_no_more(visitor):
    _response, right = sent(visitor.page)
    for _time in range(20):
        assert visitor.type_code(right).status_code == 302, "right ones are free"
    visitor.client.cookies.clear()
    statuses = [visitor.type_code(new_code()).status_code for _time in range(7)]
    assert statuses == [422] * 5 + [429] * 2
    answer = visitor.type_code(new_code())
    assert "A right code is let in at any time" in answer.content.decode()
    assert visitor.type_code(right).status_code == 302


def test_no_address_and_no_title_holds_the_code(visitor):
    answer = visitor.begin()
    code = visitor.code()
    visitor.answer_all()
    answer = visitor.submit()
    for name in ("code", "tasks", "check", "sent", "status", "withdraw"):
        page = visitor.text(name) if visitor.see(name).status_code == 200 else ""
        title = re.search(r"<title>(.*?)</title>", page, re.S)
        assert not title or code not in title.group(1)
        assert all(code not in href for href in re.findall(r'(?:href|action)="([^"]*)"', page))
    assert code not in answer.url


def test_nothing_of_it_is_cached_or_indexed(visitor):
    visitor.begin()
    for name in ("start", "identity", "code", "tasks", "check", "resume"):
        answer = visitor.see(name)
        assert "no-store" in answer["Cache-Control"]
        assert 'content="noindex"' in answer.content.decode()
        assert "sessionid" not in answer.cookies


# -- nothing typed is lost -------------------------------------------------------------------------


def test_a_wrong_value_is_shown_and_the_right_ones_are_saved(consultations):
    visitor = Visitor(consultation_that_asks(questionnaire=True))
    visitor.begin()
    visitor.send("part", {"q-exporter": "yes"}, 1)
    answer = visitor.send("part", {"q-licences": "many", "q-since-day": "1"}, 3)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Error:" in page
    assert 'value="many"' in page


def test_a_part_without_its_draft_keeps_what_was_typed(visitor):
    visitor.begin()
    seen = visitor.text("part", 2)
    assert "seen" in seen
    visitor.client.cookies.clear()
    answer = visitor.send("part", {"q-view": "A long text.", "q-detail": "x"}, 2, hidden=False)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "A long text." in page
    assert "no longer holds your draft" in page
    assert "If it was sent meanwhile, copy what you typed" in page
    assert visitor.at("resume") in page


def test_a_part_of_what_was_sent_from_another_tab_says_so(page):
    from tests.factories import UserFactory

    visitor = Visitor(page)
    visitor.client.force_login(UserFactory(name="Ada Vrba"))
    visitor.begin("named", name="Ada Vrba")
    visitor.answer_all()
    visitor.send("check", {"declared": "on"})
    for forged in (False, True):
        visitor.client.handler.enforce_csrf_checks = forged
        typed = {"q-view": "A long text.", "q-detail": "x"}
        answer = visitor.send("part", typed, 2, hidden=False)
        assert answer.status_code == 403
        html = answer.content.decode()
        assert "A long text." in html
        assert "This draft was sent or deleted meanwhile" in html
        assert "press “Change this response”" in html
        assert visitor.at("status") in html
        assert "open too long" not in html


@pytest.mark.parametrize("name", ["identity", "resume"])
def test_a_form_open_too_long_keeps_what_was_typed(page, name):
    visitor = Visitor(page, Client(enforce_csrf_checks=True))
    typed = {"identity": "named", "name": "Ada", "code": "ADA"}
    answer = visitor.client.post(visitor.at(name), typed, follow=True)
    assert answer.status_code == 403
    assert "open too long" in answer.content.decode()
    assert 'value="A' in answer.content.decode()


def test_a_part_open_too_long_keeps_what_was_typed(page):
    visitor = Visitor(page)
    visitor.begin()
    visitor.client.handler.enforce_csrf_checks = True
    answer = visitor.send("part", {"q-view": "A long text."}, 2)
    assert answer.status_code == 403
    assert "A long text." in answer.content.decode()
    assert Draft.objects.get().answers == {}


def test_another_windows_text_is_not_overwritten_silently(visitor):
    visitor.begin()
    old = visitor.text("part", 2)
    seen = re.search(r'name="seen" value="(\w+)"', old).group(1)
    visitor.send("part", {"q-view": "From the other window."}, 2)
    answer = visitor.send("part", {"q-view": "From this one.", "seen": seen}, 2)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "From the other window." in page
    assert "From this one." in page
    assert Draft.objects.get().answers["view"]["value"] == "From the other window."
    again = re.search(r'name="seen" value="(\w+)"', page).group(1)
    visitor.send("part", {"q-view": "From this one.", "seen": again}, 2)
    assert Draft.objects.get().answers["view"]["value"] == "From this one."


def test_what_is_stored_now_is_shown_of_answers_for_officials_too(visitor):
    visitor.begin()
    visitor.send("part", {"q-exporter": "no"}, 1)
    visitor.send("part", {"q-view": "Secret.", "v-view": "officials"}, 2)
    typed = {"legal_basis": "other", "justification": "Ours.", "public-view": "From this one."}
    stale = re.search(r'name="seen" value="(\w+)"', visitor.text("confidentiality")).group(1)
    other = {**typed, "justification": "Theirs.", "public-view": "From the other window."}
    visitor.send("confidentiality", other)
    answer = visitor.send("confidentiality", {**typed, "seen": stale})
    assert answer.status_code == 409
    html = answer.content.decode()
    stored, form = html.split(">What you typed<")
    for told in ("What is stored now", "Theirs.", "From the other window.", "Another ground"):
        assert told in stored.split("stored-title")[-1], told
    assert "From this one." in form
    again = re.search(r'name="seen" value="(\w+)"', html).group(1)
    visitor.send("confidentiality", {**typed, "seen": again})
    assert Draft.objects.get().answers["view"]["public_version"] == "From this one."


def test_a_script_saves_and_learns_what_it_saved(visitor):
    visitor.begin()
    by_script = {"HTTP_X_AUTOSAVE": "1"}
    answer = visitor.send("part", {"q-view": "One"}, 2, **by_script)
    assert (answer.status_code, answer.content) == (204, b"")
    state = answer["X-Form-State"]
    answer = visitor.send("part", {"q-view": "One two", "seen": state}, 2, **by_script)
    assert answer.status_code == 204
    answer = visitor.send("part", {"q-view": "Other", "seen": state}, 2, **by_script)
    assert answer.status_code == 409
    assert answer.content == b"", "what is stored is shown on the whole page alone"
    visitor.client.cookies.clear()
    answer = visitor.send("part", {"q-view": "x"}, 2, hidden=False, **by_script)
    assert answer.status_code == 403


def test_a_change_from_the_check_page_comes_back_to_it(visitor):
    visitor.begin()
    visitor.answer_all()
    check = visitor.text("check")
    assert f'{visitor.at("part", 2)}?return=check#question-2"' in check
    answer = visitor.send("part", {"q-view": "Better."}, 2, query="?return=check")
    assert answer.url == visitor.at("check")


def test_an_answer_whose_question_applies_no_more_is_said_not_to_be_sent(visitor):
    visitor.begin()
    visitor.send("part", {"q-exporter": "yes"}, 1)
    visitor.send("part", {"q-view": "Ask.", "q-detail": "Lenses"}, 2)
    assert "Not sent:" not in visitor.text("check")
    visitor.send("part", {"q-exporter": "no"}, 1)
    told = "Not sent: your answer to question 3, because of your answer to question 1."
    assert told in visitor.text("check")
    visitor.send("part", {"q-exporter": ""}, 1)
    told = "Not sent: your answer to question 3, because question 1 has no answer."
    assert told in visitor.text("check")


def test_what_was_not_answered_is_said_and_led_to(visitor):
    visitor.begin()
    check = visitor.text("check")
    assert "Not provided" in check
    assert "Answer question 1" in check
    answer = visitor.send("check", {"declared": "on", "revision": "0"})
    assert answer.status_code == 422
    assert not Response.objects.exists()


def test_sending_needs_the_declaration(visitor):
    visitor.begin()
    visitor.answer_all()
    answer = visitor.send("check", {})
    assert answer.status_code == 422
    assert "Confirm the declaration" in answer.content.decode()


def test_what_was_changed_since_it_was_looked_over_is_not_sent(visitor):
    visitor.begin()
    visitor.answer_all()
    answer = visitor.send("check", {"declared": "on", "revision": "1"})
    assert answer.status_code == 422 or answer.status_code == 409
    assert "Check it again" in answer.content.decode()
    assert not Response.objects.exists()


def test_two_clicks_make_one_response_and_lead_to_the_same_receipt(visitor):
    visitor.begin()
    visitor.answer_all()
    data = {"declared": "on", "revision": str(Draft.objects.get().revision)}
    answers = [visitor.send("check", data, hidden=False) for _time in range(2)]
    assert {answer.url for answer in answers} == {visitor.at("sent")}
    assert Response.objects.count() == 1


# -- in time ---------------------------------------------------------------------------------------


def test_a_draft_reopened_after_the_deadline_is_read_and_not_sent(visitor):
    visitor.begin()
    code = visitor.code()
    visitor.answer_all("Too late.")
    revision = str(Draft.objects.get().revision)
    with time_machine.travel(visitor.page.closes_at, tick=False):
        visitor.client.cookies.clear()
        assert "not open for responses" in visitor.text("start")
        visitor.type_code(code)
        assert "was not sent" in visitor.text("tasks")
        check = visitor.text("check")
        assert "Too late." in check
        assert 'name="declared"' not in check
        data = {"declared": "on", "revision": revision}
        answer = visitor.send("check", data, hidden=False)
        assert answer.status_code == 409
        assert "deadline has passed" in answer.content.decode()
        answer = visitor.send("part", {"q-view": "Even later."}, 2)
        assert answer.status_code == 409
        assert "Even later." in answer.content.decode()
    assert not Response.objects.exists()


def test_before_the_opening_and_where_nothing_is_asked_there_is_nothing(consultations):
    for page in (
        consultation_that_asks(scheduled=True),
        consultation_that_asks(questionnaire=[]),
        consultation_that_asks(live=False),
    ):
        assert Visitor(page).see("start").status_code == 404


def test_the_consultation_leads_to_answering_while_it_is_open(page):
    shown = Client().get(page.url).content.decode()
    assert "Respond to this consultation" in shown
    with time_machine.travel(page.closes_at, tick=False):
        shown = Client().get(page.url).content.decode()
        assert "Respond to this consultation" not in shown
        assert Visitor(page).at("status") in shown


# -- who answers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, "Choose how you want to respond"),
        ({"identity": "named"}, "Enter your name"),
        ({"identity": "organisation", "name": "Ada"}, "organisation's name"),
        ({"identity": "emperor"}, "Select a valid choice"),
        ({"identity": "named", "name": "x" * 201}, "at most 200"),
        ({"identity": "named", "name": "\u200b\u3164"}, "Enter your name, or choose another way"),
    ],
)
def test_what_is_wrong_with_who_answers_is_said(visitor, typed, told):
    answer = visitor.send("identity", {"submitter_type": "company", "language": "en", **typed})
    assert answer.status_code == 422
    assert told in answer.content.decode().replace("&#39;", "'")
    assert not Draft.objects.exists()


def test_a_name_typed_and_then_not_wanted_is_not_kept(visitor):
    visitor.begin("anonymous", name="Ada Vrba", organisation_name="Lens Works")
    assert "Vrba" not in str(Draft.objects.values())
    assert "Lens" not in str(Draft.objects.values())


def test_anonymity_is_hidden_where_it_is_not_offered(consultations):
    visitor = Visitor(consultation_that_asks(anonymous_allowed=False))
    assert 'value="anonymous"' not in visitor.text("identity")


def test_leaving_the_account_is_said(account):
    account.begin("named", name="Ada")
    assert "leaves your account at once" in account.text("identity")
    answer = account.begin("anonymous")
    assert answer.url == account.at("code")
    assert "no tie to your account" in account.text("code")
    assert Draft.objects.get().account is None
    mine = account.client.get(reverse("account_responses")).content.decode()
    assert account.page.title not in mine


def test_no_address_is_asked_before_sending(visitor):
    visitor.begin()
    assert 'type="email"' not in visitor.text("identity")
    assert 'type="email"' not in visitor.text("check")


# -- after sending ---------------------------------------------------------------------------------


@pytest.fixture
def received(visitor):
    """A visitor who has sent an answer, and the response."""
    visitor.begin()
    visitor.answer_all()
    visitor.submit()
    visitor.come_back()
    return visitor, Response.objects.get()


def test_a_question_of_the_staff_is_answered_on_the_status_page(received):
    visitor, response = received
    asked = Clarification.objects.create(
        response=response, question="Which year?", asked_on=timezone.now().date()
    )
    Response.objects.update(status=Status.CLARIFICATION)
    assert "Which year?" in visitor.text("status")
    place = visitor.at("clarification", asked.pk)
    refused = visitor.client.post(place, {"answer": ""})
    assert refused.status_code == 422
    assert "Error:" in refused.content.decode()
    visitor.client.post(place, {"answer": "2025, all of it."})
    assert "2025, all of it." in visitor.text("status")
    again = visitor.client.post(place, {"answer": "2024"})
    assert again.status_code == 409


def test_what_was_sent_is_changed_before_the_deadline(received):
    visitor, response = received
    assert visitor.send("revise", {}, hidden=False).url == visitor.at("tasks")
    assert "begun to change" in visitor.text("status")
    visitor.send("part", {"q-view": "Second thoughts."}, 2)
    visitor.submit()
    visitor.come_back()
    assert response.versions.count() == 2
    assert "Second thoughts." in visitor.text("status")
    with time_machine.travel(visitor.page.closes_at, tick=False):
        visitor.come_back()
        assert "Change this response" not in visitor.text("status")
        visitor.send("revise", {}, hidden=False)
        assert not Draft.objects.exists()


def test_withdrawing_is_asked_twice_and_erases(received):
    visitor, response = received
    refused = visitor.send("withdraw", {})
    assert refused.status_code == 422
    assert visitor.send("withdraw", {"sure": "on"}).url == visitor.at("status")
    page = visitor.text("status")
    assert "is erased" in page
    assert "Ask who will use it" not in page
    assert visitor.see("receipt_file").status_code == 404
    assert visitor.see("sent").status_code == 302
    assert response.versions.get().answers == {}


def test_withdrawing_what_was_published_says_that_copies_may_exist(received):
    visitor, _response = received
    Response.objects.update(status=Status.PUBLISHED)
    assert "Copies may exist" in visitor.text("withdraw")


def test_nobody_else_sees_any_of_it(received, member):
    _visitor, response = received
    stranger = Visitor(response.consultation)
    for client in (Client(), stranger.client):
        stranger.client = client
        for name in ("status", "sent", "receipt_file", "answers_file", "answers_text", "withdraw"):
            for query in ("", f"?of={response.reference}"):
                answer = stranger.see(name, query=query)
                assert answer.status_code in (302, 404)
        client.force_login(member)


def test_a_stranger_with_an_account_does_not_open_anothers_by_its_reference(account, visitor):
    account.begin("named", name="Ada")
    account.answer_all()
    account.submit()
    reference = Response.objects.get().reference
    from tests.factories import UserFactory

    visitor.client.force_login(UserFactory())
    assert visitor.see("status", query=f"?of={reference}").status_code == 302
    assert visitor.see("receipt_file", query=f"?of={reference}").status_code == 404


def test_a_draft_is_erased_when_it_is_confirmed(visitor):
    visitor.begin()
    assert visitor.send("discard", {}).status_code == 422
    erased = visitor.send("discard", {"sure": "on"})
    assert "Your draft is erased" in erased.content.decode()
    assert not Draft.objects.exists()
    assert visitor.see("tasks").url == visitor.at("resume")


def test_a_change_that_is_given_up_leaves_what_was_sent(received):
    visitor, response = received
    visitor.send("revise", {}, hidden=False)
    assert visitor.send("discard", {"sure": "on"}).url == visitor.at("status")
    assert response.versions.count() == 1
    assert visitor.see("status").status_code == 200, "the code stays in the browser"


# -- limits ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "most"), [("tasks", 12), ("check", 14), ("status", 16)])
def test_pages_ask_the_database_a_fixed_number_of_times(
    consultations, name, most, django_assert_max_num_queries
):
    visitor = Visitor(consultation_that_asks(questionnaire=True))
    visitor.begin()
    if name == "status":
        visitor.send("part", {"q-exporter": "no"}, 1)
        visitor.send("part", {"q-indicators": "Some."}, 2)
        visitor.submit()
        visitor.come_back()
    with django_assert_max_num_queries(most):
        assert visitor.see(name).status_code == 200


@pytest.mark.parametrize("number", [0, 9, 999999999999])
def test_parts_that_are_not_there_are_not_found(visitor, number):
    visitor.begin()
    assert visitor.see("part", number).status_code == 404


def test_other_peoples_attachments_are_not_found(visitor):
    visitor.begin()
    answer = visitor.see("attachment", "00000000-0000-4000-8000-000000000000")
    assert answer.status_code == 404


def test_a_page_with_answers_is_not_deleted_in_the_admin(page, admin_client):
    sent(page)
    answer = admin_client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert answer.status_code == 302
    assert type(page).objects.filter(pk=page.pk).exists()


def test_closed_consultations_are_told_to_the_record(page):
    from consultations.responses.closings import closed

    assert page.docket not in dict(closed())
    with time_machine.travel(page.closes_at + timedelta(seconds=1), tick=False):
        assert dict(closed())[page.docket] == page.closes_at.date()
