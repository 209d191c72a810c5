"""Files in work: an answer is sent without them, in time, and they follow, or another does."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from consultations.moderation import actions as moderation
from consultations.moderation.errors import WrongStatus
from consultations.publication.models import PublicCopy
from consultations.responses import actions
from consultations.responses.errors import CannotChange, Incomplete, TooLateToAttach
from consultations.responses.files.sent import answers_now
from consultations.responses.models import Draft, Response, SentFile, StatusEvent
from consultations.responses.receipts import later_entries
from portal.files import storage
from portal.files.intake import receive
from portal.files.models import State, StoredFile
from portal.files.usage import in_use
from portal.record.audit import findings
from portal.record.models import Entry
from portal.record.sequencer import publish_roots
from tests.consultations.factories import ConsultationPageFactory, asked, section, stream_of
from tests.consultations.moderation.building import put_in_public, screener
from tests.consultations.responses.builders import ACADEMIA, NOBODY, reachable
from tests.consultations.responses.filed import PROGRAM, WORDS, sent_with, visitor_with
from tests.consultations.responses.walk import Visitor

DAY = timedelta(days=1)


@pytest.fixture
def page(consultations, settings, tmp_path, work_off):
    settings.MEDIA_ROOT = tmp_path
    return ConsultationPageFactory(questionnaire=True)


def upload(data=WORDS, name="a.txt"):
    return SimpleUploadedFile(name, data)


def at_the_last_part(page, *files):
    """Somebody without JavaScript who has answered what must be answered, and attached these."""
    visitor = Visitor(page)
    visitor.begin()
    visitor.send("part", {"q-exporter": "yes"}, 1)
    visitor.send("part", {"q-indicators": "The courts."}, 2)
    visitor.send("part", {"q-evidence": list(files)}, 3)
    return visitor


def sent_in_work(page, data=WORDS, **kwargs):
    """A response sent while its file waits, and its code."""
    return sent_with(page, receive(upload(data)), **kwargs)


def wrong():
    return [str(each) for each in findings()]


# -- while it is written ---------------------------------------------------------------------------


def test_pages_say_that_a_file_is_being_checked_and_go_on_without_it(page, work_off):
    visitor = at_the_last_part(page, upload())
    assert "Attachment 1 – Being checked." in visitor.text("part", 3)
    shown = visitor.text("check")
    assert "A file is being checked" in shown
    assert "Attachment 1 – Being checked." in shown
    assert 'name="declared"' in shown
    work_off()
    shown = visitor.text("check")
    assert "A file is being checked" not in shown
    assert "Attachment 1 (Plain text" in shown


def test_nothing_of_a_file_in_work_can_be_had(page):
    visitor = at_the_last_part(page, upload())
    pk = StoredFile.objects.get().pk
    for name in ("attachment", "file"):
        assert visitor.see(name, pk).status_code == 404


def test_a_file_that_cannot_be_taken_says_why_and_is_not_sent(page, work_off):
    visitor = at_the_last_part(page, upload(PROGRAM, "a.exe"), upload())
    work_off()
    for shown in (visitor.text("part", 3), visitor.text("check")):
        assert "cannot take what is in this file: program" in shown
    assert "A file could not be taken" in visitor.text("check")
    assert visitor.submit().url == visitor.at("sent")
    version = Response.objects.get().versions.get()
    [kept] = version.answers["evidence"]["value"]
    assert version.files == {kept: StoredFile.objects.get(pk=kept).sha256}
    assert not SentFile.objects.exists()


def test_a_question_whose_only_file_cannot_be_taken_is_not_answered(consultations, work_off):
    ask = asked("file", "proof", "What proves it?", required=True, maximum=1)
    page = ConsultationPageFactory(questionnaire=stream_of(section("one", "One", [ask])))
    visitor = Visitor(page)
    visitor.begin()
    visitor.send("part", {"q-proof": upload(PROGRAM)}, 1)
    assert 'name="declared"' in visitor.text("check")  # nobody knows yet
    work_off()
    assert "Answer question 1" in visitor.text("check")
    assert "Not started" in visitor.text("tasks")
    with pytest.raises(Incomplete):
        actions.submit_draft(draft=Draft.objects.get(), by=NOBODY)


def test_a_file_refused_at_once_is_named(page):
    visitor = at_the_last_part(page)
    answer = visitor.send("part", {"q-evidence": upload(b"", "empty.txt")}, 3)
    assert answer.status_code == 422
    assert "“empty.txt” was not added. This file is empty." in answer.content.decode()


def test_beside_a_file_refused_at_once_it_is_said_that_the_other_was_added(page):
    visitor = at_the_last_part(page)
    both = [upload(b"", "empty.txt"), upload(b"Words.", "note.txt")]
    shown = visitor.send("part", {"q-evidence": both}, 3).content.decode()
    assert "“empty.txt” was not added. This file is empty." in shown
    assert "The other file was added." in shown


# -- sent with a file in work ----------------------------------------------------------------------


def test_a_response_sent_with_a_file_in_work_is_in_time_and_entered_without_it(page, work_off):
    with time_machine.travel(page.closes_at - timedelta(seconds=1), tick=False):
        response, code = sent_in_work(page)
    version = response.versions.get()
    assert not response.is_late
    assert version.files == {}
    [stood] = version.answers["evidence"]["value"]
    visitor = visitor_with(page, code)
    shown = visitor.text("status")
    assert "Your response is in the record without it, and in time." in shown
    digest = version.content_digest

    with time_machine.travel(page.closes_at + timedelta(minutes=9), tick=False):
        work_off()
    version.refresh_from_db()
    assert version.content_digest == digest
    (entry,) = later_entries(version)
    assert not entry.public
    assert entry.statement["sha256"] == StoredFile.objects.get().sha256
    assert entry.statement["file"] == stood
    assert entry.statement["follows"] == version.record_leaf
    shown = visitor.text("status")
    assert "It was added to your response, with an entry of its own in the record." in shown
    assert entry.leaf in visitor.text("proof")
    assert visitor.see("receipt_file", query=f"?entry={entry.leaf}").json()["leaf"] == entry.leaf
    assert visitor.see("attachment", stood).content == WORDS
    assert wrong() == []


def test_the_page_after_sending_says_that_a_file_is_in_work(page):
    visitor = at_the_last_part(page, upload())
    visitor.submit()
    assert "A file is still being checked" in visitor.text("sent")


def test_what_is_done_before_sending_is_part_of_what_is_sent(page, work_off):
    stored = receive(upload())
    work_off()
    response, _code = sent_with(page, stored)
    assert list(response.versions.get().files) == [str(stored.pk)]
    assert not SentFile.objects.exists()


def test_the_entry_that_follows_waits_for_its_place_as_all_do(page, work_off):
    _response, _code = sent_in_work(page)
    work_off()
    leaf = SentFile.objects.get().entry
    assert Entry.objects.get(leaf=leaf).index is None
    publish_roots(at=timezone.now() + DAY)
    assert Entry.objects.get(leaf=leaf).index is not None
    assert wrong() == []


def test_no_row_tells_a_time_finer_than_the_day(page, work_off):
    sent_in_work(page)
    work_off()
    for model in (StoredFile, SentFile, StatusEvent):
        kinds = {each.get_internal_type() for each in model._meta.get_fields() if each.concrete}
        assert "DateTimeField" not in kinds
        assert "TimeField" not in kinds


def test_of_who_has_no_name_no_day_after_the_deadline_is_kept(page, work_off):
    last = page.closes_at - timedelta(microseconds=1)
    _response, _code = sent_in_work(page)
    with time_machine.travel(page.closes_at + 3 * DAY, tick=False):
        work_off()
    assert StatusEvent.objects.get(kind="file-added").on <= last.date() + DAY


def test_a_version_sent_meanwhile_gets_the_file_too(page, work_off):
    response, _code = sent_in_work(page)
    draft = actions.begin_revision(response=response, by=NOBODY)
    actions.submit_draft(draft=draft, by=NOBODY)
    work_off()
    assert {row.version.number for row in SentFile.objects.exclude(entry="")} == {1, 2}
    assert wrong() == []


def test_withdrawing_erases_what_came_later(page, work_off, django_capture_on_commit_callbacks):
    response, _code = sent_in_work(page)
    work_off()
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_response(response=response, by=NOBODY)
    assert not StoredFile.objects.exists()
    assert not Entry.objects.filter(kind="response.file-added", erased_by="").exists()
    assert wrong() == []


def test_withdrawn_while_it_is_in_work_nothing_follows(page, work_off):
    response, _code = sent_in_work(page)
    actions.withdraw_response(response=response, by=NOBODY)
    work_off()
    assert not StoredFile.objects.exists()
    assert not Entry.objects.filter(kind="response.file-added").exists()


# -- what cannot be taken --------------------------------------------------------------------------


def test_where_it_cannot_be_rebuilt_the_writer_has_seven_days_to_attach_another(page, work_off):
    response, code = sent_in_work(page, PROGRAM)
    work_off()
    row = SentFile.objects.get()
    visitor = visitor_with(page, code)
    shown = visitor.text("status")
    assert "what is in it is: program" in shown
    assert visitor.at("another_file", row.file) in shown
    assert "A file could not be taken. You can attach another" in shown

    form = visitor.text("another_file", row.file)
    assert re.search(r'type="file"[^>]*accept="[^"]*\.pdf', form)
    assert "Each may have at most" in form

    answer = visitor.client.post(visitor.at("another_file", row.file), {"file": upload()})
    assert answer.url == visitor.at("status")
    assert "Being checked" in visitor.text("status")
    work_off()
    assert "It was added to your response" in visitor.text("status")
    row.refresh_from_db()
    assert (row.stored != row.file, row.until) == (True, None)
    (entry,) = later_entries(response.versions.get())
    assert entry.statement["in_its_place"] == str(row.stored)
    assert visitor.see("attachment", row.stored).content == WORDS
    assert {row.file, row.stored} <= in_use()
    assert wrong() == []


def test_a_second_that_cannot_be_taken_begins_no_new_days(page, work_off):
    _response, code = sent_in_work(page, PROGRAM)
    work_off()
    before = SentFile.objects.get()
    with time_machine.travel(timezone.now() + 3 * DAY, tick=False):
        visitor = visitor_with(page, code)
        visitor.client.post(visitor.at("another_file", before.file), {"file": upload(PROGRAM)})
        work_off()
    assert SentFile.objects.get().until == before.until


def test_the_seventh_day_is_in_time_and_the_eighth_is_not(page, work_off):
    response, code = sent_in_work(page, PROGRAM)
    work_off()
    until, place = SentFile.objects.values_list("until", "file").get()
    assert until == response.received_on + 7 * DAY
    begun = timezone.now()
    with time_machine.travel(begun + 8 * DAY, tick=False):
        visitor = visitor_with(page, code)
        assert "you could attach another file" in visitor.text("status")
        answer = visitor.client.post(visitor.at("another_file", place), {"file": upload()})
        assert answer.status_code == 409
        assert "has passed" in answer.content.decode()
        assert not StoredFile.objects.filter(state=State.WAITING).exists()
    with time_machine.travel(begun + 7 * DAY, tick=False):
        actions.attach_another(
            response=response, by=NOBODY, file=str(place), stored=receive(upload())
        )


def test_another_is_attached_only_where_one_could_not_be_taken(page, work_off):
    response, code = sent_in_work(page)
    place = SentFile.objects.get().file
    other = receive(upload())
    visitor = visitor_with(page, code)
    assert visitor.see("another_file", place).status_code == 404
    with pytest.raises(CannotChange):
        actions.attach_another(response=response, by=NOBODY, file=str(place), stored=other)
    work_off()
    assert visitor.see("another_file", place).status_code == 404
    with pytest.raises(CannotChange):
        actions.attach_another(response=response, by=NOBODY, file=str(place), stored=other)


def test_a_file_refused_at_once_leaves_the_days(page, work_off):
    _response, code = sent_in_work(page, PROGRAM)
    work_off()
    place = SentFile.objects.get().file
    visitor = visitor_with(page, code)
    for data, says in (({}, "Choose a file."), ({"file": upload(b"")}, "This file is empty.")):
        answer = visitor.client.post(visitor.at("another_file", place), data)
        assert answer.status_code == 422
        assert says in answer.content.decode()
    assert SentFile.objects.get().until is not None


def test_what_a_restart_lost_is_told_and_has_the_same_seven_days(page, monkeypatch):
    from portal.files import intake

    response, code = sent_in_work(page)
    monkeypatch.setattr(intake.processes, "lives", lambda name: False)
    assert intake.forget_lost() == 1
    shown = visitor_with(page, code).text("status")
    assert "The portal was restarted before it had looked at this file" in shown
    assert "you can attach another file in its place" in shown
    assert SentFile.objects.get().until == response.received_on + 7 * DAY


def test_who_wants_news_hears_of_it(page, work_off):
    from portal.notifications.delivery import send_due

    named, _code = sent_in_work(page, PROGRAM, identity="named", details=ACADEMIA)
    reachable(named)
    work_off()
    send_due(stopped=lambda: False)
    assert "You can attach another file within seven days" in mail.outbox[-1].body


def test_too_late_is_too_late_to_attach(page, work_off):
    response, _code = sent_in_work(page, PROGRAM)
    work_off()
    place = SentFile.objects.get().file
    with pytest.raises(TooLateToAttach):
        actions.attach_another(
            response=response,
            by=NOBODY,
            file=str(place),
            stored=receive(upload()),
            at=timezone.now() + 9 * DAY,
        )


# -- publication -----------------------------------------------------------------------------------


def accept(response, by):
    moderation.accept(response=response, by=by, handling="public", reason="within-rules")


def test_nothing_is_published_while_a_file_is_in_work_or_may_still_come(page, work_off):
    by = screener()
    in_work, _code = sent_in_work(page)
    failed, _code = sent_in_work(page, PROGRAM)
    accept(in_work, by)
    accept(failed, by)
    with pytest.raises(WrongStatus, match="still being checked"):
        put_in_public(in_work, by=by)
    work_off()
    (copy,) = put_in_public(in_work, by=by)
    assert len(copy.answers["evidence"]["value"]) == 1
    with pytest.raises(WrongStatus, match="attach another"):
        put_in_public(failed, by=by)
    with time_machine.travel(timezone.now() + 9 * DAY, tick=False):
        (copy,) = put_in_public(failed, by=by)
    assert "evidence" not in copy.answers
    assert wrong() == []


def test_a_public_copy_made_before_has_the_file_once_it_is_there(page, work_off):
    by = screener()
    response, _code = sent_in_work(page)
    accept(response, by)
    assert "evidence" not in PublicCopy.objects.get().answers
    work_off()
    assert PublicCopy.objects.get().answers["evidence"]["value"] == [
        str(StoredFile.objects.get().pk)
    ]


def test_moderators_see_that_a_file_is_in_work_and_then_the_file(page, work_off, client):
    client.force_login(screener())
    response, _code = sent_in_work(page)
    address = reverse("screen_response", args=[response.reference])
    assert "Attachment 1 – Being checked" in client.get(address).content.decode()
    work_off()
    assert "Attachment 1 (Plain text" in client.get(address).content.decode()


def test_of_a_file_that_came_later_passages_can_be_left_out(page, work_off):
    response, code = sent_in_work(page)
    work_off()
    pk = str(StoredFile.objects.get().pk)
    visitor = visitor_with(page, code)
    visitor.send("sent_file", {"whole": "on"}, pk)
    assert answers_now(response.versions.get())["evidence"]["left_out"] == {pk: "all"}
    assert wrong() == []


# -- the record ------------------------------------------------------------------------------------


def test_verifying_finds_another_file_than_was_entered(page, work_off):
    sent_in_work(page)
    work_off()
    stored = StoredFile.objects.get()
    storage.delete(stored)
    storage.write(stored, b"Something else.")
    assert any("another file is kept" in each for each in wrong())
    SentFile.objects.update(entry="0" * 64)
    assert any("without an entry" in each for each in wrong())
