"""Cutting the tie: nobody, its writer included, links an answer without a name to them any more."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from consultations.moderation import actions as moderation
from consultations.moderation.admin_views.queue import page_url
from consultations.moderation.errors import NobodyToAsk
from consultations.responses import actions, receipts
from consultations.responses.access.codes import hash_code
from consultations.responses.errors import NotPermitted
from consultations.responses.models import (
    Clarification,
    Contact,
    Draft,
    Handle,
    Response,
    ResponseVersion,
    SentFile,
    Status,
    StatusEvent,
)
from portal.files.actions import take_in
from portal.files.models import StoredFile
from portal.files.passages import ALL
from portal.notifications.models import Message
from portal.record import audit_sources
from portal.record.actions import erase as erase_entries
from portal.record.audit import findings
from portal.record.models import Entry
from portal.record.sequencer import publish_roots
from tests import canaries
from tests.consultations.factories import ConsultationPageFactory
from tests.consultations.moderation.building import put_in_public, put_question, screener
from tests.consultations.responses.builders import (
    ACADEMIA,
    NOBODY,
    consultation_that_asks,
    draft_to_send,
    reachable,
    save,
    sent,
)
from tests.consultations.responses.filed import sent_with
from tests.consultations.responses.walk import Visitor
from tests.factories import UserFactory

NOON = datetime(2026, 11, 24, 12, 3, 17, tzinfo=UTC)
DAY = timedelta(days=1)
ADDRESS = "telling-address@people.example"
# The pages of an answer, its files and forms, as its owner reaches them.
OF_AN_ANSWER = (
    *("code", "code_text", "identity", "tasks", "confidentiality", "signatories", "check"),
    *("sent", "proof", "receipt_file", "answers_file", "answers_text", "status", "news"),
    *("news_code", "news_stop", "revise", "withdraw", "untie", "discard", "put_notes_away"),
)


def cut(response, at=None):
    actions.cut_tie(response=response, by=NOBODY, at=at)
    response.refresh_from_db()
    return response


def newest(response):
    return response.versions.latest("number")


def asked(response, question="Which court?"):
    Response.objects.filter(pk=response.pk).update(status=Status.CLARIFICATION)
    return Clarification.objects.create(
        response=response, question=question, asked_on=date(2026, 11, 24)
    )


def uploaded(text):
    file = SimpleUploadedFile("a.txt", text.encode(), content_type="text/plain")
    return str(take_in(file).pk)


@pytest.fixture
def visitor(page):
    """Somebody who has sent an answer without a name, and opened it again."""
    visitor = Visitor(page)
    visitor.begin()
    visitor.answer_all()
    visitor.submit()
    visitor.come_back()
    return visitor


# -- what is left ----------------------------------------------------------------------------------


@pytest.fixture
def told(consultations, settings, tmp_path):
    """An answer with everything to it: two versions, files, an address, a question, changes."""
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(NOON, tick=False):
        page = consultation_that_asks(questionnaire=True, opens_at=NOON - 9 * DAY)
        draft, code = actions.begin_draft(
            consultation=page, by=NOBODY, identity="anonymous", details={"language": "en"}
        )
        save(draft, 1, {"exporter": True})
        save(draft, 2, {"indicators": "Court rulings."})
        draft = save(draft, 3, {"evidence": [uploaded("What the court said.")]})
        response = actions.submit_draft(draft=draft, by=NOBODY)
        draft = actions.begin_revision(response=response, by=NOBODY)
        actions.submit_draft(draft=draft, by=NOBODY)
        reachable(response, ADDRESS)
        put_question(response=response, by=screener(), question="Which court?")
        draft = actions.begin_revision(response=response, by=NOBODY)
        kept = draft.answers["evidence"]["value"]
        save(draft, 3, {"evidence": [*kept, uploaded("What came later.")]})
    return response, code


def secrets_of(response, code):
    """What is kept of an answer that leads to its writer, and what leads to the answer by that."""
    kept = [hash_code(code), bytes(Contact.objects.get(response=response).sealed).decode()]
    kept += ["Which court?"]
    for version in response.versions.all():
        kept += [bytes(version.salt).hex(), version.content_digest]
    key = response.submission_key
    return kept, [*kept, code, code.replace("-", ""), ADDRESS, str(key), key.hex]


def every_byte():
    """The database as it lies on the disk, erased rows included; "" where that cannot be had."""
    serialize = getattr(connection.connection, "serialize", None)
    return serialize().decode("latin-1") if serialize else ""


def test_no_byte_of_a_dump_leads_to_the_writer(told):
    response, code = told
    kept, secrets = secrets_of(response, code)
    salts = [bytes(each.salt).decode("latin-1") for each in response.versions.all()]
    dump = "\n".join(row for rows in canaries.every_row().values() for row in rows)
    assert all(each in dump for each in kept)
    if every_byte():
        assert all(salt in every_byte() for salt in salts)
    cut(response, at=NOON + DAY)
    places = {
        **{table: "\n".join(rows) for table, rows in canaries.every_row().items()},
        "bytes": every_byte(),
        "mail": canaries.mailed(),
        "cache": canaries.cached(),
    }
    canaries.require_absent(places, secrets)
    assert not any(salt in places["bytes"] for salt in salts)


def test_what_was_entered_of_its_files_later_leads_to_nobody_either(consultations):
    page = ConsultationPageFactory(questionnaire=True)
    stored = take_in(SimpleUploadedFile("a.txt", b"The court sat.\n\nAna Vrba spoke."))
    response, _code = sent_with(page, stored)
    for cuts in ([[0, 14]], ALL):
        actions.leave_out(response=response, by=NOBODY, file=str(stored.pk), cuts=cuts, at=NOON)
    row = SentFile.objects.get()
    known = Entry.objects.in_bulk(row.leaves)
    cut(response, at=NOON + DAY)
    for entry in Entry.objects.filter(leaf__in=known):
        assert (entry.statement, entry.salt) == (None, None)
    row.refresh_from_db()
    assert row.cuts == ALL
    first, second = (Entry.objects.get(leaf=leaf).statement for leaf in row.leaves)
    assert first["follows"] == newest(response).record_leaf
    assert (second["follows"], second["left_out"]) == (row.leaves[0], ALL)
    assert [str(each) for each in findings()] == []


def test_the_words_and_files_stay_and_nothing_else(told):
    response, _code = told
    words = [version.content() for version in response.versions.all()]
    sent_files = set(newest(response).files)
    cut(response)
    assert [version.content() for version in response.versions.all()] == words
    assert {str(pk) for pk in StoredFile.objects.values_list("pk", flat=True)} == sent_files
    assert response.status == Status.RECEIVED
    for model in (Draft, Contact, Clarification, StatusEvent, Message):
        assert not model.objects.exists(), model
    assert list(findings()) == []


def test_no_row_but_the_record_s_has_the_day(told):
    response, _code = told
    before = canaries.every_row()
    with time_machine.travel(NOON + 40 * DAY, tick=False):
        cut(response)
    day = (NOON + 40 * DAY).date().isoformat()
    written = canaries.written_since(before)
    assert {table for table, rows in written.items() if any(day in row for row in rows)} == {
        "record_entry"
    }
    entered = Entry.objects.filter(day=day)
    assert sorted(entered.values_list("kind", flat=True)) == [
        "record.erased",
        "response.kept",
        "response.kept",
    ]
    assert not entered.filter(public=True).exists()
    assert response.reference not in entered.get(kind="record.erased").text


def test_an_answered_question_stays_with_its_answer(page):
    response, _code = sent(page)
    actions.answer_clarification(clarification=asked(response), by=NOBODY, answer="The highest.")
    cut(response)
    assert Clarification.objects.get().answer == "The highest."


def test_what_was_withdrawn_can_be_cut_from_its_writer_too(page):
    erased, _code = sent(page)
    actions.withdraw_response(response=erased, by=NOBODY)
    public, _code = sent(page)
    Response.objects.filter(pk=public.pk).update(status=Status.PUBLISHED)
    actions.withdraw_response(response=public, by=NOBODY)
    for response in (erased, public):
        assert cut(response).status == Status.WITHDRAWN
        assert response.code_hash is None
    assert list(findings()) == []


# -- who may, and how often ------------------------------------------------------------------------


def test_with_a_name_there_is_no_tie_to_cut(page, member):
    for values in ({}, {"by": member}):
        response, _code = sent(page, identity="named", details=ACADEMIA, **values)
        with pytest.raises(NotPermitted):
            actions.cut_tie(response=response, by=values.get("by", NOBODY))


def test_cut_twice_it_stays_as_it_is(page):
    response, _code = sent(page)
    cut(response)
    before = canaries.every_row()
    cut(response)
    assert not any(canaries.written_since(before).values())


def test_nobody_does_anything_as_its_writer_any_more(page):
    response, _code = sent(page)
    question = asked(response)
    cut(response)
    response.clarifications.add(question, bulk=False)
    for act in (
        lambda: actions.withdraw_response(response=response, by=NOBODY),
        lambda: actions.answer_clarification(clarification=question, by=NOBODY, answer="x"),
        lambda: actions.stop_news(response=response, by=NOBODY),
        lambda: actions.ask_for_news(response=response, by=NOBODY, address=ADDRESS, language="en"),
    ):
        with pytest.raises(NotPermitted):
            act()


# -- the page --------------------------------------------------------------------------------------


def test_the_page_says_before_what_is_lost_and_what_stays(visitor):
    response = Response.objects.get()
    assert visitor.at("untie") in visitor.text("status")
    shown = visitor.text("untie")
    for words in (
        "This cannot be undone",
        "Change this response",
        "Withdraw it",
        "See its status, or get news about it by e-mail",
        "Answer a question of the staff",
        "Ask the portal to show, today or later, that this response is yours",
        "Backups hold these until the backups are replaced",
        "our signature under it can still be checked",
        "Nothing public changes today",
    ):
        assert words in shown
    assert response.reference in shown
    assert "A question is waiting for you now" not in shown
    asked(response)
    assert "A question is waiting for you now" in visitor.text("untie")


def test_what_was_erased_already_is_not_promised_to_stay(visitor):
    visitor.send("withdraw", {"sure": "on"})
    assert visitor.at("untie") in visitor.text("status")
    shown = visitor.text("untie")
    assert "What you wrote, your files" not in shown
    assert "Withdraw it" not in shown
    assert visitor.send("untie", {"sure": "on"}).status_code == 200
    assert Response.objects.get().code_hash is None


def test_the_browser_forgets_it_with_the_last_page(visitor):
    visitor.client.force_login(UserFactory())
    visitor.come_back()
    done = visitor.send("untie", {"sure": "on"})
    assert done.status_code == 200
    assert "Your code opens nothing any more" in done.content.decode()
    assert "Backups hold what led to you until the backups are replaced." in done.content.decode()
    assert re.search(r"<title>\s*Form\s*<", done.content.decode())
    assert done.cookies["sessionid"].value == ""
    assert "no-store" in done.headers["Cache-Control"]
    assert done.cookies["handle-en"].value == ""
    assert "_auth_user_id" not in visitor.client.session
    assert not Handle.objects.exists()


def test_without_the_tick_or_from_another_page_nothing_is_cut(visitor, page):
    refused = visitor.send("untie", {})
    assert refused.status_code == 422
    assert "Tick the box if you are sure." in refused.content.decode()
    assert "Clear-Site-Data" not in refused.headers
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = visitor.client.cookies
    assert strict.post(visitor.at("untie"), {"sure": "on"}).status_code == 403
    assert Response.objects.get().code_hash is not None


def test_pressed_twice_it_is_done_once_and_shows_no_error(visitor):
    cookies = visitor.client.cookies["handle-en"].value
    assert visitor.client.post(visitor.at("untie"), {"sure": "on"}).status_code == 200
    visitor.client.cookies["handle-en"] = cookies
    again = visitor.client.post(visitor.at("untie"), {"sure": "on"}, follow=True)
    assert again.status_code == 200
    assert "No response is open in this browser" in again.content.decode()


def test_who_answered_with_a_name_is_led_back(page, member):
    visitor = Visitor(page)
    visitor.client.force_login(member)
    visitor.begin("named", name="Ada Vrba")
    visitor.answer_all()
    visitor.submit()
    assert visitor.at("untie") not in visitor.text("status")
    assert visitor.see("untie").url == visitor.at("status")
    assert visitor.client.post(visitor.at("untie"), {"sure": "on"}).url == visitor.at("status")
    assert Response.objects.get().account == member


# -- afterwards ------------------------------------------------------------------------------------


def as_told(visitor, name, *args):
    """What a page says to a browser: status, where it leads, and all that is not chance."""
    http_response = visitor.see(name, *args)
    body = re.sub(rb'csrfmiddlewaretoken" value="[^"]+', b"", http_response.getvalue())
    return http_response.status_code, http_response.headers.get("Location"), body


def test_every_former_address_behaves_as_for_an_answer_that_never_was(visitor, page):
    """In another browser that had it open, and by the code."""
    other = Visitor(page)
    other.type_code(visitor.noted)
    assert other.see("status").status_code == 200
    file = "5f2c1c9e-0d7c-4a51-9d0c-3a7f0f3f5f10"
    addresses = [(name,) for name in OF_AN_ANSWER]
    addresses += [("attachment", file), ("clarification", 1), ("part", 1)]
    visitor.send("untie", {"sure": "on"})
    stranger = Visitor(page)
    for address in addresses:
        assert as_told(visitor, *address) == as_told(stranger, *address), address
        told = as_told(other, *address)
        assert told[:2] == as_told(stranger, *address)[:2], address
    unknown = stranger.type_code("0" * 20)
    typed = Visitor(page).type_code(visitor.noted)
    assert typed.status_code == unknown.status_code == 422
    for page_shown in (typed, unknown):
        assert "This code opens nothing in this consultation." in page_shown.content.decode()


def test_a_receipt_is_told_neutrally_and_only_when_the_day_has_ended(page, client):
    def show(given):
        return client.post("/record/verify/", {"receipt": json.dumps(given)}).content.decode()

    with time_machine.travel(NOON, tick=False) as clock:
        response, code = sent(page)
        held = receipts.receipt_of(newest(response))
        answers = receipts.answers_of(newest(response))
        clock.move_to(NOON + DAY)
        publish_roots(at=NOON + DAY)
        before = canaries_free(show(held))
        assert "What you showed is in the record, complete and unchanged." in before
        cut(response)
        assert canaries_free(show(held)) == before, "the minute is not to be seen"
        assert "The portal keeps no such response" in show(answers)
        assert (
            "This code opens nothing"
            in client.post("/record/verify/", {"code": code}, follow=True).content.decode()
        )
        clock.move_to(NOON + 2 * DAY)
        publish_roots(at=NOON + 2 * DAY)
        after = show(held)
    assert "What you showed was entered, and what it said has been erased since." in after
    for telling in (response.reference, page.title, "November", "2026"):
        assert telling not in after.split("<main")[1]
    assert not ResponseVersion.objects.filter(record_leaf=held["leaf"]).exists()


def canaries_free(html):
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+', "", html)


def test_what_is_published_stays_and_what_waits_is_published_as_decided(page, client):
    by = screener()
    public, waiting = (sent(page)[0] for _ in "12")
    moderation.accept(response=public, by=by, handling="public", reason="within-rules")
    put_in_public(public, by=by)
    address = public.get_absolute_url()
    before = client.get(address, follow=True)
    cut(public)
    assert client.get(address, follow=True).content == before.content
    cut(waiting)
    moderation.accept(response=waiting, by=by, handling="public", reason="within-rules")
    put_in_public(waiting, by=by)
    assert client.get(waiting.get_absolute_url(), follow=True).status_code == 200
    moderation.remove(response=waiting, by=by, reason="takedown")
    assert list(findings()) == []


# -- the staff -------------------------------------------------------------------------------------


def test_staff_are_not_offered_to_ask_and_are_told_why_without_a_day(page, client):
    response, _code = sent(page)
    by = screener()
    client.force_login(by)
    assert "Ask for clarification" in client.get(page_url(response)).content.decode()
    cut(response)
    shown = client.get(page_url(response)).content.decode()
    assert "Ask for clarification" not in shown
    assert "Nobody can be asked about this response any more" in shown
    with pytest.raises(NobodyToAsk):
        moderation.ask_clarification(response=response, by=by, question="Which court?")
    ask = reverse("act_on_response", args=[response.reference, "ask"])
    refused = client.post(ask, {"question": "Which court?", "version": "1"})
    assert refused.status_code == 422
    assert not Clarification.objects.exists()


def test_an_acceptance_undone_waits_for_no_answer_that_nobody_can_give(page):
    by = screener()
    response, _code = sent(page)
    put_question(response=response, by=by, question="Which court?")
    act = moderation.accept(response=response, by=by, handling="public", reason="within-rules")
    cut(response)
    assert response.status == Status.ACCEPTED
    moderation.undo(act=act, by=by)
    response.refresh_from_db()
    assert response.status == Status.RECEIVED


# -- the audit -------------------------------------------------------------------------------------


def found():
    return [finding.text for finding in audit_sources.findings()]


def test_words_changed_after_the_cut_are_found(page):
    response, _code = sent(page)
    cut(response)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE responses_responseversion SET name = 'Somebody'")
    assert any("was of other words" in text for text in found())


def test_an_answer_deleted_as_if_its_tie_had_been_cut_is_found(page):
    response, _code = sent(page)
    version = newest(response)
    erase_entries(
        [version.record_leaf], at=NOON, statement={"because": "the tie to its writer was cut"}
    )
    assert any("are not both erased" in text for text in found())
    response.events.all().delete()
    ResponseVersion.objects.all().delete()
    assert found() == ["On 2026-11-24 1 ties were cut, and 0 entries made anew."]


def test_a_version_put_in_as_if_entered_anew_is_found(page):
    response, _code = sent(page)
    cut(response)
    Entry.objects.filter(kind="record.erased").delete()
    assert any("1 entries made anew" in text for text in found())


def test_places_given_in_another_batch_do_not_part_what_belongs_together(page):
    with time_machine.travel(NOON, tick=False):
        response, _code = sent(page)
        publish_roots(at=NOON)
        cut(response, at=NOON)
    publish_roots(at=NOON + 3 * DAY)
    assert list(findings()) == []


def test_a_draft_of_an_answer_cut_meanwhile_is_gone(page):
    response, _code = sent(page)
    draft = actions.begin_revision(response=response, by=NOBODY)
    cut(response)
    with pytest.raises(Exception, match="no longer exists"):
        actions.submit_draft(draft=draft, by=NOBODY)
    assert not Draft.objects.exists()
    again, _code = draft_to_send(page)
    assert actions.submit_draft(draft=again, by=NOBODY) != response
