"""An author reads what will be read of a file, and leaves out of it what is not to be published."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from consultations.moderation import actions as moderation
from consultations.publication.models import PublicCopy
from consultations.responses import actions
from consultations.responses.errors import NoSuchFile, NotPermitted, PublishedAlready
from consultations.responses.files.sent import answers_now
from consultations.responses.models import Draft, Response, SentFile, StatusEvent
from consultations.responses.receipts import later_entries
from portal.files import storage
from portal.files.actions import take_in
from portal.files.models import StoredFile
from portal.files.passages import ALL
from portal.files.usage import in_use
from portal.record.audit import findings
from portal.record.models import Entry
from portal.record.receipts import receipt
from portal.record.sequencer import publish_roots
from portal.search.models import Card
from tests.consultations.factories import ConsultationPageFactory
from tests.consultations.moderation.building import put_in_public, screener
from tests.consultations.responses.builders import ACADEMIA, NOBODY
from tests.consultations.responses.filed import draft_with, sent_with, visitor_with
from tests.portal.files import samples

SECRET, OPEN = "The witness is Ana Vrba of High Street.", "The court sat in March."
TEXT = f"{OPEN}\n\n{SECRET}\n\nIt ruled in May."
MARK = "[left out by its author]"


@pytest.fixture
def page(consultations, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return ConsultationPageFactory(questionnaire=True, contact_email="desk@ministry.example")


def stored_text(text=TEXT):
    return take_in(SimpleUploadedFile("a.txt", text.encode()))


def secret_of(stored):
    start = stored.text.index(SECRET)
    return [[start, start + len(SECRET)]]


def accept(response, by):
    moderation.accept(response=response, by=by, handling="public", reason="within-rules")


def published(response, by):
    accept(response, by)
    (copy,) = put_in_public(response, by=by)
    return copy


def boxes(html):
    """The passages of the page by number, with whether each is ticked."""
    found = BeautifulSoup(html, "html.parser").select('input[name="out"]')
    return {int(each["value"]): each.has_attr("checked") for each in found}


def in_order(page):
    """Whether the record holds what is kept."""
    return [str(each) for each in findings()]


# -- before sending --------------------------------------------------------------------------------


def test_the_submitter_sees_what_will_be_read_of_a_file(page):
    stored = stored_text()
    _draft, code = draft_with(page, stored)
    visitor = visitor_with(page, code)
    assert visitor.at("file", stored.pk) in visitor.text("check")
    shown = visitor.text("file", stored.pk)
    assert SECRET in shown
    assert boxes(shown) == {1: False, 2: False, 3: False}
    assert 'dir="auto"' in shown


def test_passages_left_out_before_sending_are_part_of_what_is_sent(page):
    stored = stored_text()
    _draft, code = draft_with(page, stored)
    visitor = visitor_with(page, code)
    answer = visitor.send("file", {"out": ["2"]}, stored.pk)
    assert answer.url == visitor.at("check")
    assert "You leave passages out." in visitor.text("check")
    assert boxes(visitor.text("file", stored.pk)) == {1: False, 2: True, 3: False}
    readers = visitor.text("file", stored.pk, query="?as=readers")
    assert (SECRET in readers, OPEN in readers, MARK in readers) == (False, True, True)
    visitor.submit()
    version = Response.objects.get().versions.get()
    assert version.answers["evidence"]["left_out"] == {str(stored.pk): secret_of(stored)}
    words = storage.read(StoredFile.objects.get(pk=SentFile.objects.get().text)).decode()
    assert words.split("\n\n") == [OPEN, MARK, "It ruled in May.\n"]
    assert in_order(page) == []


def test_saving_the_part_again_keeps_what_is_left_out_and_removing_the_file_does_not(page):
    stored, other = stored_text(), stored_text("Another.")
    draft, code = draft_with(page, stored, other)
    for each in (stored, other):
        actions.leave_out_of_draft(draft=draft, by=NOBODY, file=str(each.pk), cuts=ALL)
    visitor = visitor_with(page, code)
    visitor.send("part", {"q-licences": "3", "q-evidence-remove": str(other.pk)}, 3)
    assert Draft.objects.get().answers["evidence"]["left_out"] == {str(stored.pk): ALL}


def test_nothing_is_left_out_of_a_file_of_another(page):
    stored, other = stored_text(), stored_text()
    draft, code = draft_with(page, stored)
    sent_with(page, other)
    visitor = visitor_with(page, code)
    assert visitor.see("file", other.pk).status_code == 404
    assert visitor.see("sent_file", stored.pk).status_code == 404
    with pytest.raises(NoSuchFile):
        actions.leave_out_of_draft(draft=draft, by=NOBODY, file=str(other.pk), cuts=ALL)


def test_a_long_text_has_several_pages_and_each_keeps_what_the_others_leave_out(page):
    stored = stored_text("\n\n".join(f"Passage {number}." for number in range(1, 121)))
    _draft, code = draft_with(page, stored)
    visitor = visitor_with(page, code)
    assert len(boxes(visitor.text("file", stored.pk))) == 50
    answer = visitor.send(
        "file", {"out": ["1", "50"], "to": "next"}, stored.pk, query="?page=1", hidden=False
    )
    assert answer.url.endswith("?page=2#passages")
    visitor.send("file", {"out": ["51", "100"]}, stored.pk, query="?page=2", hidden=False)
    visitor.send("file", {"out": ["120"]}, stored.pk, query="?page=3", hidden=False)
    visitor.send("file", {"out": ["100"]}, stored.pk, query="?page=2", hidden=False)
    ticked = {
        number
        for page_number in (1, 2, 3)
        for number, is_ticked in boxes(
            visitor.text("file", stored.pk, query=f"?page={page_number}")
        ).items()
        if is_ticked
    }
    assert ticked == {1, 50, 100, 120}


@pytest.mark.parametrize("query", ["?page=0", "?page=-1", "?page=99", "?page=x", "?page=٣"])
def test_a_page_that_is_not_there_shows_one_that_is(page, query):
    stored = stored_text()
    _draft, code = draft_with(page, stored)
    assert boxes(visitor_with(page, code).text("file", stored.pk, query=query))


@pytest.mark.parametrize("ticked", ["4", "0", "x", ""])
def test_a_passage_that_is_not_there_gets_a_sentence(page, ticked):
    stored = stored_text()
    _draft, code = draft_with(page, stored)
    answer = visitor_with(page, code).send("file", {"out": [ticked]}, stored.pk)
    assert answer.status_code == 422
    assert "Tick passages of this page only" in answer.content.decode()


def test_a_picture_has_no_passages_and_can_be_left_out(page):
    stored = take_in(SimpleUploadedFile("a.png", samples.png()))
    _draft, code = draft_with(page, stored)
    visitor = visitor_with(page, code)
    assert "No words can be read from this file" in visitor.text("file", stored.pk)
    visitor.send("file", {"whole": "on"}, stored.pk)
    assert "You leave it out." in visitor.text("check")


# -- after sending ---------------------------------------------------------------------------------


def test_leaving_out_after_sending_is_an_act_of_its_own_with_a_receipt(page):
    stored = stored_text()
    response, code = sent_with(page, stored)
    version = response.versions.get()
    before = version.content_digest
    visitor = visitor_with(page, code)
    assert visitor.at("sent_file", stored.pk) in visitor.text("status")
    visitor.send("sent_file", {"out": ["2"]}, stored.pk)
    assert "You leave passages out." in visitor.text("status")
    assert "You changed what is left out of a file" in visitor.text("status")
    version.refresh_from_db()
    assert version.content_digest == before
    assert "left_out" not in version.answers["evidence"]
    (entry,) = later_entries(version)
    assert not entry.public
    assert entry.statement["left_out"] == secret_of(stored)
    assert entry.statement["follows"] == version.record_leaf
    assert in_order(page) == []
    publish_roots(at=timezone.now() + timedelta(days=1))
    answer = visitor.see("receipt_file", query=f"?entry={entry.leaf}")
    assert answer.json() == receipt(entry)
    assert visitor.see("receipt_file", query="?entry=none").status_code == 404
    assert entry.leaf in visitor.text("proof")


def test_each_change_follows_the_one_before_and_no_change_is_none(page):
    stored = stored_text()
    response, _code = sent_with(page, stored, cuts={stored: ALL})
    for cuts in (ALL, secret_of(stored), secret_of(stored), []):
        actions.leave_out(response=response, by=NOBODY, file=str(stored.pk), cuts=cuts)
    row = SentFile.objects.get()
    first, second = (Entry.objects.get(leaf=leaf).statement for leaf in row.leaves)
    assert (first["number"], second["number"]) == (1, 2)
    assert second["follows"] == row.leaves[0]
    assert (row.cuts, row.text) == ([], None)
    assert StatusEvent.objects.filter(kind="left-out").count() == 2
    assert in_order(page) == []
    assert "left_out" not in answers_now(response.versions.get())["evidence"]


def test_a_revision_begins_with_what_is_left_out_now(page):
    stored = stored_text()
    response, _code = sent_with(page, stored)
    actions.leave_out(response=response, by=NOBODY, file=str(stored.pk), cuts=ALL)
    draft = actions.begin_revision(response=response, by=NOBODY)
    assert draft.answers["evidence"]["left_out"] == {str(stored.pk): ALL}
    actions.submit_draft(draft=draft, by=NOBODY)
    assert SentFile.objects.get(version__number=2).cuts == ALL
    assert in_order(page) == []


def test_what_readers_get_is_kept_as_long_as_it_is_needed(page, django_capture_on_commit_callbacks):
    stored = stored_text()
    with django_capture_on_commit_callbacks(execute=True):
        response, _code = sent_with(page, stored, cuts={stored: secret_of(stored)})
    first = SentFile.objects.get().text
    assert first in in_use()
    with django_capture_on_commit_callbacks(execute=True):
        actions.leave_out(response=response, by=NOBODY, file=str(stored.pk), cuts=[[0, 5]])
    assert not StoredFile.objects.filter(pk=first).exists()
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_response(response=response, by=NOBODY)
    assert not StoredFile.objects.exists()
    assert not SentFile.objects.exists()
    assert in_order(page) == []
    assert not Entry.objects.filter(kind="response.left-out", erased_by="").exists()


def test_of_a_file_for_officials_nothing_can_be_left_out(page):
    stored = stored_text()
    response, code = sent_with(page, stored, readers="officials")
    shown = visitor_with(page, code).text("sent_file", stored.pk)
    assert "Nothing of this file is published." in shown
    assert boxes(shown) == {}
    with pytest.raises(NoSuchFile):
        actions.leave_out(response=response, by=NOBODY, file=str(stored.pk), cuts=ALL)


def test_only_its_author_leaves_something_out(page, member):
    stored = stored_text()
    response, _code = sent_with(page, stored, by=member, identity="named", details=ACADEMIA)
    with pytest.raises(NotPermitted):
        actions.leave_out(response=response, by=NOBODY, file=str(stored.pk), cuts=ALL)


# -- what readers get ------------------------------------------------------------------------------


def place(copy):
    return reverse("publication:response", args=[copy.consultation.slug, copy.response.reference])


def read_everything(client, copy):
    """Every public page and file that could hold words of a response."""
    slug = copy.consultation.slug
    pages = [place(copy), reverse("publication:index", args=[slug]) + "?question=12"]
    pages += [reverse("publication:export", args=[slug, form]) for form in ("csv", "json")]
    pages += [f"{place(copy)}attachments/{number}" for number in range(1, 4)]
    pages += [f"{place(copy)}attachments/{number}?as=text" for number in range(1, 4)]
    pages.append(reverse("publication:as_recorded", args=[slug, copy.response.reference]))
    found = [client.get(path) for path in pages]
    return "".join(
        (b"".join(each.streaming_content) if each.streaming else each.content).decode()
        for each in found
        if each.status_code == 200
    )


def test_readers_get_the_text_alone_with_marks_where_passages_were_left_out(
    page, client, moderator
):
    stored = stored_text()
    response, _code = sent_with(page, stored, cuts={stored: secret_of(stored)})
    copy = published(response, moderator)
    html = client.get(place(copy)).content.decode()
    assert "its author left passages out" in html
    answer = client.get(f"{place(copy)}attachments/1")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert (MARK in answer.content.decode(), OPEN in answer.content.decode()) == (True, True)
    everything = read_everything(client, copy)
    assert "Ana Vrba" not in everything
    assert str(stored.pk) not in everything
    card = Card.objects.get(key=response.reference)
    assert "Vrba" not in f"{card.title} {card.summary} {card.body}"
    text = SentFile.objects.get().text
    assert copy.content()["answers"]["evidence"]["texts"] == {
        str(text): StoredFile.objects.get(pk=text).sha256
    }
    assert in_order(page) == []


def test_a_file_left_out_whole_is_not_published_nor_counted(page, client, moderator):
    hidden, shown = stored_text(), stored_text("Shown to all.")
    response, _code = sent_with(page, hidden, shown, cuts={hidden: ALL})
    copy = published(response, moderator)
    html = client.get(place(copy)).content.decode()
    assert ("Attachment 1" in html, "Attachment 2" in html) == (True, False)
    assert client.get(f"{place(copy)}attachments/1").content == b"Shown to all."
    everything = read_everything(client, copy)
    assert "Ana Vrba" not in everything
    assert str(hidden.pk) not in everything


def test_with_its_only_file_left_out_a_question_is_not_answered_in_public(page, client, moderator):
    stored = stored_text()
    response, _code = sent_with(page, stored, cuts={stored: ALL})
    copy = published(response, moderator)
    assert "evidence" not in copy.answers
    assert "What should we read?" not in client.get(place(copy)).content.decode()


def test_a_public_copy_follows_until_it_is_published_and_then_no_more(page, moderator):
    stored = stored_text()
    response, code = sent_with(page, stored)
    accept(response, moderator)
    actions.leave_out(response=response, by=NOBODY, file=str(stored.pk), cuts=ALL)
    assert "evidence" not in PublicCopy.objects.get().answers
    actions.leave_out(response=response, by=NOBODY, file=str(stored.pk), cuts=secret_of(stored))
    (copy,) = put_in_public(response, by=moderator)
    assert copy.answers["evidence"]["value"] == [str(SentFile.objects.get().text)]
    with pytest.raises(PublishedAlready):
        actions.leave_out(response=response, by=NOBODY, file=str(stored.pk), cuts=ALL)
    visitor = visitor_with(page, code)
    shown = visitor.text("sent_file", stored.pk)
    assert "no longer leave anything out" in shown
    assert "desk@ministry.example" in shown
    assert boxes(shown) == {}
    answer = visitor.client.post(visitor.at("sent_file", stored.pk), {"whole": "on"})
    assert answer.status_code == 409
    assert "desk@ministry.example" in answer.content.decode()
    copy.refresh_from_db()
    assert copy.answers["evidence"]["value"] == [str(SentFile.objects.get().text)]


def test_what_staff_left_out_stays_out(page, moderator):
    stored = stored_text()
    response, _code = sent_with(page, stored)
    accept(response, moderator)
    moderation.redact(
        response=response, by=moderator, question_id="evidence", segments=[{"redacted": "security"}]
    )
    actions.leave_out(response=response, by=NOBODY, file=str(stored.pk), cuts=secret_of(stored))
    copy = PublicCopy.objects.get()
    assert copy.answers["evidence"] == {"segments": [{"redacted": "security"}]}
    moderation.redact(
        response=response, by=moderator, question_id="evidence", segments=[{"text": "-"}]
    )
    copy.refresh_from_db()
    assert copy.answers["evidence"]["value"] == [str(SentFile.objects.get().text)]


def test_moderators_see_both_and_that_the_author_left_something_out(page, client):
    by = screener()
    stored, whole = stored_text(), stored_text("Left out whole.")
    response, _code = sent_with(page, stored, whole, cuts={stored: secret_of(stored), whole: ALL})
    client.force_login(by)
    html = client.get(reverse("screen_response", args=[response.reference])).content.decode()
    assert "Its author left passages out" in html
    assert "Its author left it out: it will not be published." in html
    kept = SentFile.objects.get(file=stored.pk).text
    for file, words in ((stored.pk, SECRET), (kept, MARK), (whole.pk, "Left out whole.")):
        address = reverse("response_attachment", args=[response.reference, file])
        assert address in html
        assert words in client.get(address).content.decode()


def test_the_mark_is_in_the_language_of_the_answer_where_the_portal_speaks_it(page):
    stored = stored_text()
    details = {**ACADEMIA, "language": "ar"}
    sent_with(page, stored, identity="named", details=details, cuts={stored: secret_of(stored)})
    words = storage.read(StoredFile.objects.get(pk=SentFile.objects.get().text)).decode()
    with override("ar"):
        mark = gettext("[left out by its author]")
    assert mark in words
    assert MARK not in words


# -- the record ------------------------------------------------------------------------------------


def test_verifying_finds_something_else_left_out_than_was_entered(page):
    stored = stored_text()
    response, _code = sent_with(page, stored)
    actions.leave_out(response=response, by=NOBODY, file=str(stored.pk), cuts=ALL)
    SentFile.objects.update(cuts=[])
    assert any("differs from what is left out" in each for each in in_order(page))
    SentFile.objects.all().delete()
    assert any("nothing is kept so" in each for each in in_order(page))


def test_verifying_finds_that_what_was_left_out_when_sent_is_not(page):
    stored = stored_text()
    sent_with(page, stored, cuts={stored: ALL})
    SentFile.objects.update(cuts=[])
    assert any("was not sent so" in each for each in in_order(page))
    SentFile.objects.all().delete()
    assert any("is not kept" in each for each in in_order(page))


def test_the_receipt_of_a_change_is_verified_on_the_page(page, client, member):
    stored = stored_text()
    response, _code = sent_with(page, stored, by=member, identity="named", details=ACADEMIA)
    actions.leave_out(response=response, by=member, file=str(stored.pk), cuts=ALL)
    (entry,) = later_entries(response.versions.get())
    made = receipt(entry)
    answer = client.post(reverse("record:verify"), {"receipt": json.dumps(made)})
    assert "What you left out of a file of your response" in answer.content.decode()
