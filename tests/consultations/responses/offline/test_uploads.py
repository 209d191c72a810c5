"""A form filled in without a connection is read, looked over, sent; what is no form is refused."""

import contextlib
import io
import textwrap
import time
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText

from consultations.calls.models import ConsultationPage
from consultations.calls.offline import text_form
from consultations.responses.errors import AnotherConsultation, Unreadable
from consultations.responses.models import Channel, Draft, Identity, Response
from consultations.responses.offline import child, parsing
from portal.files.models import StoredFile
from portal.pdf import pango
from tests.consultations.factories import ConsultationPageFactory
from tests.consultations.responses.builders import consultation_that_asks
from tests.consultations.responses.filled import filled_pdf, tick, without_a_name, write
from tests.consultations.responses.walk import Visitor

VIEW = "Ask who will use it."


@pytest.fixture
def visitor(page):
    return Visitor(page)


def as_file(content, name="form.txt"):
    content = content if isinstance(content, bytes) else content.encode()
    return SimpleUploadedFile(name, content)


def send(visitor, **data):
    return visitor.client.post(visitor.at("upload"), data)


def whole(page):
    return without_a_name(page, {"2": VIEW}, q1="b.")


# -- a form that is right --------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["file", "text", "utf-16"])
def test_a_form_becomes_a_draft_with_a_code_and_is_sent_as_any_other(visitor, page, way):
    form = whole(page)
    data = {
        "file": {"file": as_file("\ufeff" + form)},
        "text": {"text": form},
        "utf-16": {"file": as_file(form.encode("utf-16"))},
    }[way]
    answer = send(visitor, **data)
    assert answer.url == visitor.at("code")
    code = visitor.code()
    assert "Done: 3 of 3" in visitor.text("tasks")
    assert VIEW in visitor.text("check")
    assert visitor.submit().url == visitor.at("sent")
    response = Response.objects.get()
    assert (response.channel, response.identity) == (Channel.OFFLINE_FORM, Identity.ANONYMOUS)
    assert code in visitor.text("sent")
    assert "Letter" not in visitor.text("sent")


def test_nothing_of_the_file_is_kept(visitor, page):
    send(visitor, file=as_file(whole(page) + "Scribbled below: 7f3a9c.", "activist-jane.txt"))
    kept = str(Draft.objects.values().get())
    assert "jane" not in kept
    assert "At most 300 words" not in kept
    assert not StoredFile.objects.exists()
    visitor.client.post(visitor.at("put_notes_away"))
    assert visitor.submit().url == visitor.at("sent")
    assert "Scribbled" not in str([*Draft.objects.values(), *Response.objects.values()])


# -- what is beside its place ----------------------------------------------------------------------

BESIDE = {
    # What people did, and what they have to see again.
    "above the place": ("[[3]]\r\n", "By never naming them.\r\n[[3]]\r\n", "By never naming them."),
    "below the place": ("[[/2]]\r\n", "[[/2]]\r\nAnd its command.\r\n", "And its command."),
    "behind an option": ("[ ] a. Every month", "[ ] a. Every month   X", "a. Every month   X"),
    "without brackets": ("[ ] b. The press", "b. The press", "b. The press"),
    "a mark alone": ("[ ] 1a. Checklists: Useful", "x 1a. Checklists: Useful", "x 1a. Checklists"),
    "a rank alone": ("[ ] a. Training", "1 a. Training", "1 a. Training"),
    "a remark": ("[ ] b. Every year", "[x] b. Every year (if not more)", "(if not more)"),
    "a lost mark": ("[[/3]]\r\n", "Sources.\r\n", "Sources."),
    "below it all": ("", "", "Written at the end."),
    "for officials": ("[[officials]]\r\n", "[[officials]]\r\nthe second\r\n", "the second"),
}


def of_every_kind(page):
    return without_a_name(page, {"3": "The press."}, q1="b.")


@pytest.mark.parametrize("case", BESIDE)
def test_what_stands_beside_its_place_is_shown_where_the_answers_are_checked(consultations, case):
    page = ConsultationPageFactory(questionnaire=True)
    visitor = Visitor(page)
    printed, written, seen = BESIDE[case]
    form = of_every_kind(page)
    assert printed in form
    form = form.replace(printed, written, 1) if printed else f"{form}{seen}\r\n"
    send(visitor, text=form)
    for name in ("tasks", "check"):
        assert seen in visitor.text(name), name


@pytest.mark.parametrize("numbers", ["2 and 3", "2, 3", "03 02"])
def test_a_wish_for_officials_only_is_kept_where_the_answer_stands_beside_its_place(
    consultations, numbers
):
    page = ConsultationPageFactory(questionnaire=True)
    visitor = Visitor(page)
    form = write(without_a_name(page, q1="b."), "officials", numbers)
    send(visitor, text=form.replace("[[/3]]\r\n", "[[/3]]\r\nBy never naming them.\r\n"))
    assert "Question 3: you want its answer to be for officials only" in visitor.text("tasks")
    shown = BeautifulSoup(visitor.see("part", 2).content, "html.parser")
    (readers,) = shown.select("[name=v-indicators][checked], [name=v-indicators] [selected]")
    assert readers["value"] == "officials"


@pytest.mark.parametrize("written", ["all", "Everything.", "ALL", "all answers"])
def test_all_is_read_as_every_answer_and_told(page, written):
    reading = parsing.read(write(whole(page), "officials", written), page)
    assert {each["visibility"] for each in reading.answers.values()} == {"officials"}
    (note,) = reading.notes
    assert "all answers that were read are for officials only" in note["text"]


def test_from_one_number_to_another_is_not_passed_over_in_silence(page):
    reading = parsing.read(write(whole(page), "officials", "1-3"), page)
    assert any("You wrote: “1-3”" in note["text"] for note in reading.notes)


def test_it_is_not_sent_before_its_notes_are_dealt_with(visitor, page):
    send(visitor, text=write(whole(page), "officials", "the second"))
    shown = BeautifulSoup(visitor.see("check").content, "html.parser")
    (link,) = shown.find_all("a", string="First read what could not be taken from your form.")
    assert shown.find(id=link["href"].removeprefix("#"))
    pressed = {"declared": "on", "revision": Draft.objects.get().revision}
    refused = visitor.client.post(visitor.at("check"), pressed)
    assert refused.status_code == 422
    assert "First read what could not be taken from your form." in refused.content.decode()
    assert not Response.objects.exists()
    visitor.client.post(visitor.at("put_notes_away"))
    assert visitor.submit().url == visitor.at("sent")


def test_two_marks_in_one_row_of_a_matrix_leave_the_other_rows(consultations):
    page = ConsultationPageFactory(questionnaire=True)
    form = tick(tick(tick(of_every_kind(page), "9", "1a."), "9", "2a."), "9", "2b.")
    reading = parsing.read(form, page)
    assert list(reading.answers["tools"]["value"]) == ["check"]
    assert any("choose one" in note["text"] for note in reading.notes)


def test_four_answers_beside_their_places_are_all_shown(consultations):
    page = ConsultationPageFactory(questionnaire=True)
    visitor = Visitor(page)
    form = of_every_kind(page)
    for case in ("above the place", "behind an option", "without brackets", "a rank alone"):
        printed, written, _seen = BESIDE[case]
        form = form.replace(printed, written, 1)
    send(visitor, text=form)
    shown = visitor.text("check")
    assert "4 points in your form need your attention" in shown


@pytest.mark.parametrize("width", [40, 72])
def test_of_the_form_itself_nothing_is_shown_however_an_editor_broke_its_lines(page, width):
    lines = [
        broken
        for line in whole(page).split("\r\n")
        for broken in textwrap.wrap(line, width, break_on_hyphens=False) or [""]
    ]
    assert parsing.read("\n".join(lines), page).notes == []


def test_of_a_form_from_before_the_deadline_was_moved_nothing_is_shown(page):
    form = whole(page)
    ConsultationPage.objects.filter(pk=page.pk).update(
        closes_at=page.closes_at + timedelta(days=15), contact_email="another@state.example"
    )
    assert parsing.read(form, page).notes == []
    (note,) = parsing.read(f"{form}It must arrive early.\r\n", page).notes
    assert "It must arrive early." in note["text"]


@pytest.mark.parametrize("typed", ["NO", "no", "Norway", "Norvège", "النرويج", "Ｎｏ\u200f"])
def test_a_place_is_read_by_its_code_or_its_name(page, typed):
    assert parsing.read(write(whole(page), "state", typed), page).details["state"] == "NO"


@pytest.mark.parametrize("typed", ["QQ", "xx", "Nowhere"])
def test_what_is_no_place_is_told_and_not_kept(page, typed):
    reading = parsing.read(write(whole(page), "state", typed), page)
    assert "state" not in reading.details
    assert any(f"“{typed}” is not a code" in note["text"] for note in reading.notes)


def test_the_pages_lead_there(visitor, page, client):
    assert visitor.at("upload") in visitor.text("start")
    assert visitor.at("upload") in client.get(page.get_url()).content.decode()
    assert "Read the form" in visitor.text("upload")


def test_signed_in_and_named_it_is_in_the_account(visitor, page, member):
    visitor.client.force_login(member)
    form = write(text_form.render(page), "name", "Ada Vrba")
    for name, line in (("identity", "a."), ("submitter_type", "b."), ("language", "a.")):
        form = tick(form, name, line)
    assert send(visitor, text=write(form, "2", VIEW)).url == visitor.at("tasks")
    draft = Draft.objects.get()
    assert draft.account == member
    assert draft.details["name"] == "Ada Vrba"


def test_what_it_does_not_say_of_who_answers_is_asked_and_the_text_is_kept(visitor, page):
    answer = send(visitor, file=as_file(write(text_form.render(page), "2", VIEW)))
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Choose how you want to respond." in shown
    assert VIEW in shown
    assert not Draft.objects.exists()
    answer = send(
        visitor,
        who="asked",
        text=write(text_form.render(page), "2", VIEW),
        identity="anonymous",
        submitter_type="academia",
        language="en",
    )
    assert answer.url == visitor.at("code")
    assert Draft.objects.get().details["submitter_type"] == "academia"


def test_with_a_draft_in_hand_another_is_not_begun_over_it(visitor, page):
    visitor.begin()
    answer = send(visitor, text=whole(page))
    assert answer.status_code == 409
    assert VIEW in answer.content.decode()
    assert Draft.objects.count() == 1


def test_after_the_deadline_none_is_begun_and_the_text_stays(consultations):
    page = consultation_that_asks(closed=True)
    visitor = Visitor(page)
    assert "not open for responses" in visitor.text("upload")
    answer = send(visitor, text=whole(page))
    assert answer.status_code == 409
    assert VIEW in answer.content.decode()


def test_a_forged_form_loses_no_text(page):
    visitor = Visitor(page, Client(enforce_csrf_checks=True))
    answer = send(visitor, text=whole(page))
    assert answer.status_code == 403
    assert VIEW in answer.content.decode()


# -- a form that is not ----------------------------------------------------------------------------


def test_a_form_of_another_consultation_is_named(visitor, page):
    other = consultation_that_asks(title="Another")
    answer = send(visitor, text=whole(other))
    assert answer.status_code == 422
    assert f"This form belongs to another consultation: {other.docket}." in answer.content.decode()
    assert not Draft.objects.exists()


def test_a_form_of_other_questions_is_read_and_says_so(visitor, page):
    form = whole(page).replace(
        f"form:{text_form.digest(page.questionnaire())}", "form:000000000000"
    )
    send(visitor, text=form)
    assert VIEW in str(Draft.objects.get().answers)
    assert "may have been corrected since" in visitor.text("tasks").replace("a question ", "")


def test_what_breaks_a_rule_stands_in_its_part_as_it_was_typed(visitor, page):
    long = "word " * 301
    send(visitor, text=without_a_name(page, {"2": long}, q1="b."))
    assert "1 word too long" in visitor.text("tasks")
    assert "1 word too long" in visitor.text("check")
    shown = visitor.text("part", 2)
    assert "1 word too long" in shown
    assert long.strip() in shown
    visitor.send("part", {"q-view": VIEW}, 2)
    assert "too long" not in visitor.text("tasks")
    assert Draft.objects.get().answers["view"]["value"] == VIEW


def test_what_is_cleared_is_seen_to_as_well(visitor, page):
    send(visitor, text=without_a_name(page, {"2": "word " * 301}, q1="b."))
    visitor.send("part", {"q-view": ""}, 2)
    assert "too long" not in visitor.text("tasks")


def test_notes_are_put_away_at_once(visitor, page):
    send(visitor, text=without_a_name(page, {"2": "word " * 301}, q1="b."))
    visitor.client.post(visitor.at("put_notes_away"))
    assert "too long" not in visitor.text("tasks")
    assert visitor.see("put_notes_away").status_code == 302


def test_an_answer_that_does_not_apply_is_kept_and_said(visitor, page):
    send(visitor, text=without_a_name(page, {"2": VIEW, "3": "Lenses."}, q1="b."))
    assert "Question 3 is not for you" in visitor.text("tasks")
    assert Draft.objects.get().answers["detail"]["value"] == "Lenses."
    visitor.client.post(visitor.at("put_notes_away"))
    visitor.submit()
    assert "detail" not in Response.objects.get().versions.get().answers


def test_every_kind_goes_through(consultations):
    page = ConsultationPageFactory(questionnaire=True)
    form = without_a_name(
        page,
        {"3": "The press.", "10": "many", "11": "27 March"},
        q1="a.", q4="a.", q6="b.", q7="4\r\n", q9="1a.",
    ).replace("[ ] b. Model laws", "[1] b. Model laws")  # fmt: skip
    reading = parsing.read(form, page)
    assert {key: each["value"] for key, each in reading.answers.items()} == {
        "exporter": True,
        "indicators": "The press.",
        "review": {"choice": "month", "other": ""},
        "sources": {"choices": ["press"], "other": ""},
        "clarity": 4,
        "order": ["laws"],
        "tools": {"check": "yes-very"},
    }
    visitor = Visitor(page)
    send(visitor, text=form)
    shown = visitor.text("part", 3)
    assert 'value="many"' in shown
    assert 'value="27 March"' in shown
    assert "Write a number in digits" in shown


def test_what_is_for_officials_only_needs_its_public_version(visitor, page):
    form = write(whole(page), "officials", "2")
    send(visitor, text=write(form, "justification", "It names a licence."))
    assert Draft.objects.get().answers["view"]["visibility"] == "officials"
    assert "It names a licence." in visitor.text("confidentiality")
    visitor.submit()
    assert not Response.objects.exists()


def test_a_name_written_by_who_wants_none_is_not_kept(visitor, page):
    send(visitor, text=write(whole(page), "name", "Jane Perez"))
    assert "Perez" not in str(Draft.objects.values().get())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "neither plain text in UTF-8 nor the PDF form"),
        (bytes(range(256)) * 40, "neither plain text in UTF-8 nor the PDF form"),
        (b"PK\x03\x04\x14\x00", "neither plain text in UTF-8 nor the PDF form"),
        ("é".encode("cp1252"), "neither plain text in UTF-8 nor the PDF form"),
        (b"A letter, not a form.", "No answer was found in this."),
        (b"[[3]]\n[[/2]]\n[[[[", "No answer was found in this."),
        (b"x" * 1_000_001, "larger than"),
        (b"%PDF-1.7" + b"x" * 10_000_000, "larger than"),
        (b"%PDF-1.7 nothing more", "This PDF"),
    ],
)
def test_garbage_gets_a_sentence_beside_the_field(visitor, page, content, words):
    answer = send(visitor, file=as_file(content))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Draft.objects.exists()


def test_file_and_text_together_or_neither_are_asked_again(visitor, page):
    assert "not both" in send(visitor, file=as_file("a"), text="b").content.decode()
    assert "Choose the file" in send(visitor).content.decode()
    assert "Choose the file" in send(visitor, text="  \r\n ").content.decode()


def test_a_blank_form_is_no_answer(visitor, page):
    answer = send(visitor, text=text_form.render(page))
    assert "No answer was found" in answer.content.decode()


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_garbled_form_is_read_or_refused_and_never_more(consultations, data):
    caches["default"].clear()  # each is another visitor
    page = ConsultationPageFactory(questionnaire=True)
    form = without_a_name(page, {"3": "The press.", "10": "12", "11": "2026-03-27"}, q1="a.")
    lines = form.split("\r\n")
    for _time in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["drop", "double", "garble", "swap", "mark"])):
            case "drop":
                lines[place] = ""
            case "double":
                lines.insert(place, lines[place])
            case "garble":
                lines[place] += data.draw(st.text(max_size=30))
            case "swap":
                lines[place], lines[0] = lines[0], lines[place]
            case "mark":
                lines[place] = lines[place].replace(
                    "[ ]", data.draw(st.sampled_from(["[x]", "[9]"]))
                )
    answer = Client().post(
        reverse("responses:upload", args=[page.slug]), {"text": "\n".join(lines)}
    )
    assert answer.status_code in (302, 422)
    draft = Draft.objects.filter(consultation=page).first()
    if answer.status_code == 302 and draft:
        draft.delete()
    page.delete()


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(max_size=400))
def test_any_text_is_read_or_refused(page, text):
    with contextlib.suppress(Unreadable, AnotherConsultation):
        parsing.read(f"{text}\n[[2]]\n{text}\n[[/2]]", page)


# -- the PDF ---------------------------------------------------------------------------------------

needs_pango = pytest.mark.skipif(not pango.is_installed(), reason="no Pango here")


@needs_pango
def test_the_pdf_form_comes_back_as_it_was_filled_in(consultations, client):
    page = ConsultationPageFactory(questionnaire=True)
    blank = client.get(reverse("calls:form_pdf", args=[page.slug])).content
    content = filled_pdf(
        blank,
        {
            "identity-c": "/on",
            "submitter_type-a": "/on",
            "language-a": "/on",
            "q1-a": "/on",
            "q3": "Les juges d’abord.\rالعربية",
            "q4-c": "/on",
            "q4-other": "Twice a year",
            "q6-a": "/on",
            "q7-5": "/on",
            "q8-c": "1",
            "q8-a": "2",
            "q9-2-cases": "/on",
            "q10": "12,5",
            "q11": "2026-03-27",
            "officials": "3",
            "public-version": "Judges weigh most.",
            "justification": "Names people.",
        },
    )
    visitor = Visitor(page)
    answer = send(visitor, file=as_file(content, "form.pdf"))
    assert answer.url == visitor.at("code")
    draft = Draft.objects.get()
    assert {key: each["value"] for key, each in draft.answers.items()} == {
        "exporter": True,
        "indicators": "Les juges d’abord.\nالعربية",
        "review": {"choice": "other", "other": "Twice a year"},
        "sources": {"choices": ["courts"], "other": ""},
        "clarity": 5,
        "order": ["lists", "train"],
        "tools": {"cases": "not-at-all"},
        "licences": "12.5",
        "since": "2026-03-27",
    }
    assert draft.answers["indicators"]["visibility"] == "officials"
    assert "Judges weigh most." in visitor.text("tasks")
    assert not StoredFile.objects.exists()


@needs_pango
def test_the_pdf_of_another_consultation_is_named(consultations, client, page):
    other = consultation_that_asks(title="Another")
    blank = client.get(reverse("calls:form_pdf", args=[other.slug])).content
    assert PdfReader(io.BytesIO(blank)).get_fields()["form"]["/V"].startswith(other.docket)
    answer = send(Visitor(page), file=as_file(filled_pdf(blank, {"q2": VIEW}), "form.pdf"))
    assert f"another consultation: {other.docket}" in answer.content.decode()


@needs_pango
def test_a_blank_pdf_is_no_answer(consultations, client, page):
    blank = client.get(reverse("calls:form_pdf", args=[page.slug])).content
    answer = send(Visitor(page), file=as_file(blank, "form.pdf"))
    assert "has nothing in the fields of the form" in answer.content.decode()


@needs_pango
@pytest.mark.parametrize("postal_address", ["", "Consultation desk\n1 Long Street"])
def test_post_is_named_only_where_there_is_an_address(consultations, client, postal_address):
    page = consultation_that_asks(postal_address=postal_address)
    blank = client.get(reverse("calls:form_pdf", args=[page.slug])).content
    told = send(Visitor(page), file=as_file(blank, "form.pdf")).content.decode()
    assert "nothing in the fields of the form" in told
    assert ("by post" in told) is bool(postal_address)


def hostile():
    """PDFs that send a reader round in circles, or ask it for more than there is."""
    head = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/AcroForm 3 0 R>>endobj\n"
    pages = b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    tail = b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"
    kids = b"3 0 obj<</Fields[4 0 R]>>endobj\n4 0 obj<</T(a)/Kids[4 0 R 5 0 R]>>endobj\n"
    deep = b"3 0 obj<</Fields " + b"[" * 60_000 + b"]" * 60_000 + b">>endobj\n"
    self_named = b"3 0 obj 3 0 R endobj\n"
    many = b"3 0 obj<</Fields[" + b"<</T(x)/V(y)>>" * 200_000 + b"]>>endobj\n"
    strange = b"3 0 obj<</Fields<</T 1>>>>endobj\n"
    loop = b"5 0 obj<</Parent 4 0 R/T(b)/V 5 0 R>>endobj\n"
    for middle in (kids + loop, deep, self_named, many, strange):
        yield head + pages + middle + tail


@pytest.mark.parametrize("content", list(hostile()), ids=lambda each: str(len(each)))
def test_a_hostile_pdf_is_refused_in_time(visitor, page, content):
    began = time.monotonic()
    answer = send(visitor, file=as_file(content, "form.pdf"))
    assert answer.status_code == 422
    assert "This PDF" in answer.content.decode()
    assert time.monotonic() - began < 30


def test_the_reader_of_fields_takes_no_more_than_its_bounds(monkeypatch):
    monkeypatch.setattr(child, "MOST_CHARACTERS", 5)
    content = next(hostile())
    assert child.fields(content.replace(b"/T(a)/Kids[4 0 R 5 0 R]", b"/T(a)/V(123456)")) == {}


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_what_is_typed_onto_a_page_is_read_though_printing_is_forbidden(algorithm):
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_annotation(0, FreeText(text="Typed onto the page", rect=(10, 10, 90, 30)))
    writer.encrypt("", owner_password="owner", algorithm=algorithm)
    assert child.fields(written(writer)) == {"note-1": "Typed onto the page"}


def test_a_pdf_that_asks_for_a_password_is_not_read_as_an_empty_one():
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("reader", owner_password="owner", algorithm="AES-256")
    assert child.fields(written(writer)) is None


def written(writer):
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
