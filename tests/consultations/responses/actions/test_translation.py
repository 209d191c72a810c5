"""Choosing that only a translation is published: who may, until when, and what stays."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from consultations.calls.offline.text_form import parse, render
from consultations.responses import actions
from consultations.responses.errors import CannotChange, NotPermitted
from consultations.responses.forms.identity import IdentityForm
from consultations.responses.models import Draft, Identity, Response, Status
from consultations.responses.offline.parsing import read
from consultations.responses.permissions import user_may_choose_publication
from consultations.responses.receipts import answers_of, receipt_of
from consultations.responses.recording import TRANSLATION_CHOSEN
from consultations.responses.views.paper import identity_data
from portal.record.audit import findings
from portal.record.hashing import content_digest
from portal.record.models import Entry
from tests.consultations.responses.builders import (
    ACADEMIA,
    CIVIL_SOCIETY,
    NOBODY,
    draft_to_send,
    sent,
)
from tests.consultations.responses.walk import Visitor
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ONLY = {**CIVIL_SOCIETY, "translation_only": True}


def choose(response, only, **kwargs):
    return actions.choose_translation(response=response, by=NOBODY, translation_only=only, **kwargs)


def events(response):
    return list(response.events.values_list("kind", flat=True))


def problems():
    return [finding.text for finding in findings()]


# -- before it is sent -----------------------------------------------------------------------------


def test_it_is_chosen_among_the_details_with_a_sentence_of_why(page):
    visitor = Visitor(page)
    asked = visitor.client.post(visitor.at("identity"), {"identity": "anonymous"}, follow=True)
    html = asked.content.decode()
    for said in (
        "Publish my words only in translation",
        "Your way of writing and your language can show who you are.",
        "it is called unofficial",
        "Your files are then not published.",
    ):
        assert said in html
    visitor.begin(translation_only="on")
    assert Draft.objects.get().details["translation_only"] is True
    assert "checked" in visitor.text("identity")
    visitor.answer_all()
    assert "Published only in translation; your files are not published" in visitor.text("check")
    visitor.submit()
    response = Response.objects.get()
    assert response.translation_only
    assert response.versions.get().translation_only


def test_whoever_does_not_choose_it_is_published_as_they_wrote(page):
    visitor = Visitor(page)
    visitor.begin()
    visitor.answer_all()
    assert "Published as you wrote them" in visitor.text("check")
    visitor.submit()
    assert not Response.objects.get().translation_only
    assert "translation_only" not in Response.objects.get().versions.get().content()


def test_it_is_not_asked_of_whoever_has_a_name_and_goes_with_namelessness(page):
    for identity in (Identity.NAMED, Identity.ORGANISATION):
        assert (
            "translation_only" not in IdentityForm(anonymous_allowed=True, chosen=identity).fields
        )
    draft, _code = draft_to_send(page, details=ONLY)
    assert draft.translation_only
    actions.save_identity(draft=draft, by=NOBODY, identity=Identity.NAMED, details=ACADEMIA)
    draft.refresh_from_db()
    assert not draft.translation_only
    assert not actions.submit_draft(draft=draft, by=NOBODY).translation_only


def test_the_database_refuses_it_beside_a_name(page):
    response, _code = sent(page, identity=Identity.NAMED, details=ACADEMIA)
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.filter(pk=response.pk).update(translation_only=True)


def test_the_receipt_covers_it_where_it_was_chosen(page):
    response, _code = sent(page, details=ONLY)
    version = response.versions.get()
    told = answers_of(version)
    assert told["content"]["translation_only"] is True
    digest = content_digest(bytes.fromhex(told["salt"]), told["content"])
    assert digest == receipt_of(version)["statement"]["content_digest"]


# -- afterwards ------------------------------------------------------------------------------------


@pytest.mark.parametrize("identity", Identity.values)
@pytest.mark.parametrize("status", Status.values)
def test_it_is_chosen_anew_without_a_name_until_it_is_published(page, identity, status):
    unnamed = identity == Identity.ANONYMOUS
    account = None if unnamed else UserFactory()
    response = Response(
        consultation=page,
        identity=identity,
        status=status,
        account=account,
        code_hash="a" * 64 if unnamed else None,
    )
    mine = unnamed and status in (Status.RECEIVED, Status.CLARIFICATION, Status.ACCEPTED)
    assert user_may_choose_publication(account or NOBODY, response) is mine
    if account is not None:
        assert not user_may_choose_publication(UserFactory(), response)
        assert not user_may_choose_publication(NOBODY, response)


def test_it_is_chosen_anew_on_the_status_page_after_the_deadline_too(page):
    visitor = Visitor(page)
    visitor.begin()
    visitor.answer_all()
    visitor.submit()
    visitor.come_back()
    type(page).objects.filter(pk=page.pk).update(closes_at=page.opens_at)
    assert "Publish my words only in translation" in visitor.text("status")
    assert visitor.send("translation", {"words": "only"}, hidden=False).url == visitor.at("status")
    html = visitor.text("status")
    assert "Only in translation. Your own words and your files are not published." in html
    assert "You chose: only a translation is published" in html
    assert "Publish my own words" in html
    visitor.send("translation", {"words": "own"}, hidden=False)
    assert "You chose: your own words are published" in visitor.text("status")
    assert not Response.objects.get().translation_only
    assert problems() == []


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.REJECTED, Status.REMOVED])
def test_once_it_is_decided_the_choice_stands_and_says_so(page, status):
    response, _code = sent(page, details=ONLY)
    Response.objects.filter(pk=response.pk).update(status=status)
    for only in (True, False):
        with pytest.raises(CannotChange):
            choose(response, only)
    visitor = Visitor(page)
    visitor.type_code(_code)
    html = visitor.text("status")
    assert "Only in translation. Your own words and your files are not published." in html
    assert "Publish my own words" not in html
    visitor.send("translation", {"words": "own"}, hidden=False)
    assert "can no longer be changed" in visitor.text("status")
    assert Response.objects.get().translation_only


def test_an_answer_with_a_name_has_no_such_choice(page):
    response, _code = sent(page, identity=Identity.NAMED, details=ACADEMIA)
    with pytest.raises(NotPermitted):
        choose(response, True)
    visitor = Visitor(page)
    visitor.type_code(_code)
    assert "only in translation" not in visitor.text("status")
    visitor.send("translation", {"words": "only"}, hidden=False)
    assert not Response.objects.get().translation_only


@pytest.mark.parametrize("typed", [{}, {"words": ""}, {"words": "both"}, {"words": "\x00"}])
def test_what_is_no_choice_changes_nothing(page, typed):
    response, code = sent(page, details=ONLY)
    visitor = Visitor(page)
    visitor.type_code(code)
    assert visitor.send("translation", typed, hidden=False).status_code == 302
    assert visitor.see("translation").status_code == 302
    response.refresh_from_db()
    assert response.translation_only
    assert events(response) == ["received"]


def test_a_form_from_elsewhere_chooses_nothing(page):
    _response, code = sent(page, details=ONLY)
    visitor = Visitor(page)
    visitor.type_code(code)
    forged = Client(enforce_csrf_checks=True)
    forged.cookies = visitor.client.cookies
    address = reverse("responses:translation", args=[page.slug])
    assert forged.post(address, {"words": "own"}).status_code == 302
    assert "open too long" in visitor.text("status")
    assert Response.objects.get().translation_only


def test_chosen_twice_it_is_told_and_entered_once(page):
    response, _code = sent(page)
    choose(response, True)
    choose(response, True)
    assert events(response) == ["received", "translation-chosen"]
    assert Entry.objects.filter(kind=TRANSLATION_CHOSEN).count() == 1


def test_a_revision_begins_with_what_was_chosen_last_and_follows_it(page):
    response, _code = sent(page)
    choose(response, True)
    draft = actions.begin_revision(response=response, by=NOBODY)
    assert draft.translation_only
    choose(response, False)
    draft.refresh_from_db()
    assert not draft.translation_only
    choose(response, True)
    draft.refresh_from_db()
    response = actions.submit_draft(draft=draft, by=NOBODY)
    assert response.translation_only
    assert [each.translation_only for each in response.versions.all()] == [False, True]
    assert problems() == []


def test_withdrawn_before_publication_the_choice_is_forgotten(page):
    response, _code = sent(page, details=ONLY)
    actions.withdraw_response(response=response, by=NOBODY)
    response.refresh_from_db()
    assert not response.translation_only
    assert not response.versions.get().translation_only
    assert problems() == []


# -- the record ------------------------------------------------------------------------------------


def test_each_new_choice_is_a_sealed_entry_with_a_number_of_its_own(page):
    response, _code = sent(page)
    for only in (True, False, True):
        choose(response, only)
    entries = Entry.objects.filter(kind=TRANSLATION_CHOSEN)
    assert not any(each.public for each in entries)
    stated = sorted((each.statement for each in entries), key=lambda each: each["change"])
    assert [(each["change"], each["translation_only"]) for each in stated] == [
        (1, True),
        (2, False),
        (3, True),
    ]
    assert {(each["reference"], each["version"]) for each in stated} == {(response.reference, 1)}
    assert problems() == []


@pytest.mark.parametrize("chosen", [(), (True,), (True, False)])
def test_a_choice_turned_round_by_hand_is_found(page, chosen):
    response, _code = sent(page)
    for only in chosen:
        choose(response, only)
    assert problems() == []
    now = Response.objects.get().translation_only
    Response.objects.update(translation_only=not now)
    assert any("published otherwise" in text for text in problems())


def test_a_choice_taken_out_by_hand_is_found(page):
    response, _code = sent(page)
    choose(response, True)
    response.events.filter(kind="translation-chosen").delete()
    assert any("unentered" in text for text in problems())


# -- on paper --------------------------------------------------------------------------------------


def filled(page, **marks):
    """The text form with an x before the first option of each place named, else its letter."""
    text = render(page)
    for place, letter in marks.items():
        head, mark, rest = text.partition(f"[[{place}]]")
        text = head + mark + rest.replace(f"[ ] {letter}.", f"[x] {letter}.", 1)
    return text


def test_a_form_on_paper_asks_for_it_and_is_read(page):
    text = filled(page, identity="c", translation_only="a")
    assert "publish your words only in translation?" in text
    reading = read(text, page)
    form = IdentityForm(
        {**identity_data(reading), "submitter_type": "academia", "language": "en"},
        anonymous_allowed=True,
    )
    assert form.is_valid(), form.errors
    assert form.details()["translation_only"] is True


def test_a_form_with_a_name_that_asks_for_it_is_told_that_it_does_not_go(page):
    parsed = parse(filled(page, identity="a", translation_only="a"), page.questionnaire())
    assert "translation_only" not in parsed.details
    assert any("in translation alone" in problem for problem in parsed.problems)


def test_where_nobody_answers_without_a_name_no_form_asks_for_it(page):
    page.anonymous_allowed = False
    assert "only in translation" not in render(page)


def test_staff_who_tick_it_beside_a_name_are_told(page):
    data = {**ACADEMIA, "identity": "named", "place": "", "translation_only": "on"}
    form = IdentityForm(data, anonymous_allowed=True, whole=True)
    assert not form.is_valid()
    assert "without any name" in form.errors["translation_only"][0]


def test_what_a_form_asked_for_can_be_taken_back_beside_it(page):
    visitor = Visitor(page)
    text = filled(page, identity="c", translation_only="a", submitter_type="a")
    typed = {
        "text": text,
        "who": "1",
        "identity": "anonymous",
        "submitter_type": "academia",
        "language": "en",
        "place": "",
    }
    assert visitor.send("upload", typed, hidden=False).status_code == 302
    assert not Draft.objects.get().translation_only


def test_after_the_deadline_the_choice_changes_and_nothing_of_the_answer(page):
    response, _code = sent(page)
    late = page.closes_at + timedelta(days=30)
    choose(response, True, at=late)
    with pytest.raises(CannotChange):
        actions.begin_revision(response=response, by=NOBODY, at=late)
