"""
R8: a draft survives the loss of its session, wherever that is lost.

R16: of an anonymous submitter neither address nor agent is anywhere: every way of answering without
a name, then every table, log, mail, file, export, page, feed and search. tests/test_canary.py has
the core of it.
"""

import base64
import hashlib
import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client

from consultations.calls.models import ConsultationPage
from consultations.moderation import actions as moderation
from consultations.responses import actions
from consultations.responses.models import Clarification, Draft, Response, Status
from portal.files.waiting_room import room
from portal.notifications.delivery import send_due
from tests import canaries
from tests.canaries import SCREENED_AT, SENT_AT, Submitter
from tests.consultations.factories import ConsultationPageFactory
from tests.consultations.moderation.building import cleared, put_in_public, put_question, screener
from tests.consultations.responses.filled import without_a_name
from tests.consultations.responses.walk import Visitor
from tests.factories import OrganisationFactory, UserFactory

pytestmark = [pytest.mark.faults, pytest.mark.django_db]

ACCOUNT = 987_654_321_012
OWNER = "telling-owner@people.example"
SIGNED_IN_AT = SENT_AT.replace(day=23, hour=9, minute=0, second=0, microsecond=0)
# The only times kept of all that happens here, and whose they are. Of the staff's deeds: when they
# published, when they signed in, when they let an answer in late, and until when. Of the account's:
# when it signed up and in, a day before, and when its session ends. None is of the answer.
ALLOWED = {
    *("search.Card.entered", "calls.ConsultationPage.closes_at"),
    *("responses.LateToken.issued_at", "responses.LateToken.expires_at"),
    *("portal_sessions.Session.expire_date", "stakeholders.User.last_login"),
    *("stakeholders.User.date_joined", "staff_log.StaffEvent.at"),
}


def at_sending():
    return time_machine.travel(SENT_AT, tick=False)


def at_screening():
    return time_machine.travel(SCREENED_AT, tick=False)


@pytest.fixture
def page(site_tree, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    opened = SENT_AT.replace(day=3, hour=9, minute=0, second=0, microsecond=0)
    with time_machine.travel(opened, tick=False):
        return ConsultationPageFactory(slug="signs", questionnaire=True, opens_at=opened)


@pytest.fixture
def staff(db):
    """Who screens, and the second of two."""
    return screener(), cleared()


# -- R8 --------------------------------------------------------------------------------------------

STEPS = (
    *("identity", "first part", "mistake", "second part", "file", "officials", "check", "sent"),
    *("clarification", "revision", "revised"),
)


@pytest.mark.parametrize("lost", STEPS)
@at_sending()
def test_nothing_is_lost_with_the_session(page, staff, lost):
    """The cookies go after one step; with the code alone the answer is finished all the same."""
    visitor = Visitor(page)
    visitor.begin()
    code = visitor.code()

    def step(name):
        if name == lost:
            visitor.client.cookies.clear()
            assert visitor.see("tasks").status_code == 302
            assert visitor.type_code(code).status_code == 302

    step("identity")
    assert visitor.send("part", {"q-exporter": "yes"}, 1).status_code == 302
    step("first part")
    wrong = {"q-indicators": "The courts.", "q-clarity": "99"}
    assert visitor.send("part", wrong, 2).status_code == 422
    step("mistake")  # what was right beside the mistake was saved
    assert "The courts." in visitor.text("part", 2)
    officials = {"q-indicators": "The courts.", "v-indicators": "officials"}
    assert visitor.send("part", officials, 2).status_code == 302
    step("second part")
    assert visitor.send("part", {"q-evidence": canaries.telling_file()}, 3).status_code == 302
    step("file in work")
    room.work_off()
    step("file")
    said = {"justification": "Harm.", "legal_basis": "other", "public-indicators": "Some courts."}
    assert visitor.send("confidentiality", said).status_code == 302
    step("officials")
    check = visitor.text("check")
    for words in ("The courts.", "Harm.", "Some courts.", "Attachment 1"):
        assert words in check
    step("check")
    assert visitor.submit().status_code == 302
    assert visitor.come_back().status_code == 302
    step("sent")
    response = Response.objects.get()
    assert response.reference in visitor.text("status")
    put_question(response=response, by=staff[0], question="Which?")
    step("clarification")
    asked = Clarification.objects.get()
    answer = visitor.client.post(visitor.at("clarification", asked.pk), {"answer": "Appeal."})
    assert answer.status_code == 302
    assert visitor.client.post(visitor.at("revise")).status_code == 302
    step("revision")
    assert visitor.send("part", {"q-exporter": "yes", "q-who": "Clerks."}, 1).status_code == 302
    assert visitor.submit().status_code == 302
    assert visitor.come_back().status_code == 302
    step("revised")
    response.refresh_from_db()
    first, second = response.versions.all()
    assert first.answers["indicators"]["value"] == "The courts."
    assert second.answers == {**first.answers, "who": second.answers["who"]}
    assert "Appeal." in visitor.text("status")


# -- R16: ways of answering without a name ---------------------------------------------------------


def owner_of(client):
    """Signed in with an account that is told from everything else."""
    with time_machine.travel(SIGNED_IN_AT, tick=False):
        owner = UserFactory(
            pk=ACCOUNT,
            name="Telling Owner",
            email=OWNER,
            organisation=OrganisationFactory(name="Telling Works"),
            signs_for_organisation=True,
        )
        client.force_login(owner)


def plainly(submitter, staff):
    submitter.begin()
    submitter.answer()
    submitter.lose_the_session()
    submitter.send()


def signed_in(submitter, staff):
    owner_of(submitter.client)
    submitter.begin()
    submitter.answer()
    submitter.send()


def signed_in_then_unnamed(submitter, staff):
    """Begun under a name in the account, which it then leaves."""
    owner_of(submitter.client)
    submitter.visitor.begin("named", name="Telling Name", email=submitter.email)
    submitter.answer()
    submitter.begin()
    submitter.send()


def begun_for_an_organisation(submitter, staff):
    """Begun for an organisation, with a signatory, and taken out of it."""
    owner_of(submitter.client)
    of = f"/en/consultations/{submitter.page.slug}/respond/organisation/"
    who = {"identity": "organisation", "submitter_type": "company", "language": "en", "place": ""}
    assert (
        submitter.client.post(f"{of}identity/", {**who, "name": "", "email": ""}).status_code == 302
    )
    other = {"name": "Telling Signatory", "organisation_name": "", "listed": ""}
    assert submitter.client.post(f"{of}signatories/", other).status_code == 200
    left = {**who, "identity": "anonymous", "name": "", "email": submitter.email}
    assert submitter.client.post(f"{of}identity/", left).status_code == 302
    submitter.code = submitter.visitor.code()
    submitter.answer()
    submitter.send()


def on_a_form(submitter, staff):
    """On the plain-text form, filled in elsewhere and sent as text."""
    form = without_a_name(submitter.page, {"3": "The courts of Exampleland."})
    visitor = submitter.visitor
    who = {"who": "1", "identity": "anonymous", "submitter_type": "civil-society", "place": ""}
    data = {**who, "language": "en", "name": "", "organisation_name": "", "email": submitter.email}
    answer = submitter.client.post(visitor.at("upload"), {**data, "text": form})
    assert answer.status_code == 302, answer.content.decode()
    submitter.code = visitor.code()
    submitter.answer()
    submitter.send()


def late(submitter, staff):
    """With a token, after the deadline."""
    pages = ConsultationPage.objects.filter(pk=submitter.page.pk)
    pages.update(closes_at=SENT_AT.replace(day=10, hour=9, minute=0, second=0, microsecond=0))
    given = actions.give_late_token(
        consultation=pages.get(),
        by=staff[0],
        reason="post",
        event="The post was late.",
        expires_at=SENT_AT.replace(month=12, hour=9, minute=0, second=0, microsecond=0),
        at=SENT_AT.replace(day=20, hour=8, minute=0, second=0, microsecond=0),
    )
    who = {"identity": "anonymous", "submitter_type": "civil-society", "place": "", "name": ""}
    data = {**who, "language": "en", "organisation_name": "", "email": submitter.email}
    wrong = {**data, "code": "0" * 20}
    answer = submitter.client.post(submitter.visitor.at("late"), wrong, follow=True)
    assert answer.status_code == 422
    answer = submitter.client.post(submitter.visitor.at("late"), {**data, "code": given.code})
    assert answer.status_code == 302, answer.content.decode()
    submitter.code = submitter.visitor.code()
    submitter.answer()
    submitter.send()


def changed(submitter, staff):
    plainly(submitter, staff)
    visitor = submitter.visitor
    assert submitter.client.post(visitor.at("revise")).status_code == 302
    assert visitor.send("part", {"q-indicators": "Other courts."}, 2).status_code == 302
    assert visitor.submit().status_code == 302


# -- and what becomes of them ----------------------------------------------------------------------


def publish(response, staff):
    moderation.accept(response=response, by=staff[0], handling="public", reason="within-rules")
    put_in_public(response, by=staff[0])


def published(submitter, response, staff):
    with at_screening():
        put_question(response=response, by=staff[0], question="Which court?")
    with at_sending():
        submitter.clarify(Clarification.objects.get(response=response).pk)
    with at_screening():
        publish(response, staff)


def rejected(submitter, response, staff):
    with at_screening():
        moderation.propose_rejection(response=response, by=staff[0], reason="spam")
        moderation.confirm_rejection(response=response, by=staff[1])


def withdrawn(submitter, response, staff):
    with at_sending():
        assert submitter.visitor.send("withdraw", {"sure": "on"}).status_code == 302
    response.refresh_from_db()
    assert response.status == Status.WITHDRAWN


def withdrawn_after_publication(submitter, response, staff):
    with at_screening():
        publish(response, staff)
    withdrawn(submitter, response, staff)


def discarded(submitter, response, staff):
    """Another draft, begun and erased."""
    with at_sending():
        submitter.client.cookies.clear()
        submitter.begin()
        submitter.answer()
        assert submitter.visitor.send("discard", {"sure": "on"}).status_code == 200
    assert not Draft.objects.exists()


WAYS = [
    (plainly, published),
    (plainly, rejected),
    (plainly, withdrawn),
    (plainly, withdrawn_after_publication),
    (plainly, discarded),
    (signed_in, published),
    (signed_in_then_unnamed, published),
    (signed_in_then_unnamed, withdrawn),
    (begun_for_an_organisation, published),
    (on_a_form, published),
    (late, published),
    (changed, published),
    (changed, withdrawn),
]


def channels(page, response, staff, folder):
    """All that anybody is shown or given: pages, exports, feeds, the search, the staff's pages."""
    visitor, screening = Client(), Client()
    with at_screening():
        screening.force_login(staff[0])
    base = f"/en/consultations/{page.slug}/"
    public = [
        *("/sitemap.xml", "/en/", "/en/consultations/", base, "/record/", "/record/leaves.jsonl"),
        *("/record/checkpoints.json", "/en/screening-policy/", f"{base}responses/"),
        *(f"{base}responses/?question={number}" for number in (3, 12)),
        *(f"{base}responses/export.{form}" for form in ("csv", "json")),
        *(f"{base}responses/{response.reference}/{each}" for each in ("", "record.json")),
        f"{base}responses/{response.reference}/attachments/1",
        *(f"/en/search/?q={word}" for word in ("courts", "Exampleland", response.reference)),
    ]
    private = [
        *("/admin/", "/admin/responses/", f"/admin/responses/{response.reference}/"),
        *("/admin/reports/site-history/", "/admin/answers/", f"/admin/pages/{page.pk}/edit/"),
    ]
    found = {}
    for client, paths in ((visitor, public), (screening, private)):
        for path in paths:
            shown = client.get(path, follow=True)
            body = b"".join(shown.streaming_content) if shown.streaming else shown.content
            found[path] = canaries.as_text(body)
    call_command("export_record", str(folder), verbosity=0)
    for path in folder.iterdir():
        found[f"record export: {path.name}"] = path.read_text()
    return found


@pytest.mark.parametrize(
    ("answer", "becomes"), WAYS, ids=lambda each: each.__name__.replace("_", " ")
)
def test_no_trace_is_anywhere(page, staff, tmp_path, logged, answer, becomes):
    submitter = Submitter(page)
    before, moments = canaries.every_row(), canaries.moments_of_rows()
    with at_sending():
        answer(submitter, staff)
        submitter.lose_the_session()
        submitter.turn_mail_on()
    response = Response.objects.get()
    with at_screening():
        send_due()
    becomes(submitter, response, staff)
    with time_machine.travel(SCREENED_AT + timedelta(days=1), tick=False):
        send_due()
        call_command("erase_ended_handles")

    written = {t: "\n".join(rows) for t, rows in canaries.written_since(before).items()}
    media = tmp_path / "media"
    told = {
        **written,
        **channels(page, response, staff, tmp_path / "export"),
        "cache": canaries.cached(),
        "log": logged(),
    }
    canaries.require_absent({**told, "mail": canaries.mailed()})
    assert "/respond/" not in told["log"]
    plain = submitter.code.replace("-", "")
    canaries.require_absent(told, [canaries.EMAIL, submitter.code, plain, "Telling Name"])
    canaries.require_absent(told, ["Telling Signatory"])
    assert canaries.telling_files(media) == []
    assert canaries.telling_ids() == []

    # When: nowhere nearer than the day.
    for place, text in {**written, "log": told["log"]}.items():
        assert canaries.times_in(text, SENT_AT) == [], place
    kept = set(canaries.moments_kept(moments))
    assert {column for column, _moment in kept} <= ALLOWED
    assert not [each for each in kept if each[1].time() == SENT_AT.time()]
    assert not [each for each in kept if abs((each[1] - SENT_AT).total_seconds()) < canaries.DAY]
    assert canaries.files_with_a_time(media) == []

    # Who: the account, its organisation and its session are in no row of all this.
    if answer not in (plainly, on_a_form, late, changed):
        about = {table: text for table, text in written.items() if not OF_ACCOUNTS.search(table)}
        canaries.require_absent(about, [str(ACCOUNT), OWNER, "Telling Owner", "Telling Works"])

    # What is mailed says nothing of what it is about, and goes to one address.
    assert {to for message in mail.outbox for to in message.to} == {canaries.EMAIL}
    for told in (response.reference, submitter.code, plain, page.title, page.slug, "in Practice"):
        assert told not in canaries.mailed()


OF_ACCOUNTS = re.compile("session|stakeholders_|account_emailaddress|userprofile")


@at_sending()
def test_a_page_that_breaks_tells_nothing_either(page, staff, logged, monkeypatch):
    """What is logged of a fault has neither address nor agent, neither words nor the path."""

    def fail(*args, **kwargs):
        raise RuntimeError("broken on purpose by Telling words")

    submitter, said = Submitter(page), {"q-indicators": " ".join(("Telling", "words"))}
    submitter.begin()
    logged()
    monkeypatch.setattr("consultations.responses.actions.save_part", fail)
    answer = submitter.visitor.send("part", said, 2)
    assert answer.status_code == 500
    log = logged()
    assert "RuntimeError" in log
    assert "/respond/" not in log
    canaries.require_absent({"log": log}, [*canaries.TRACES, "Telling words", submitter.code])


def test_the_search_finds_what_is_there():
    """A trace in the clear, in hexadecimal, in base 64 or as a hash; and a time."""
    raw = canaries.ADDRESS.encode()
    for shape in (
        canaries.ADDRESS,
        raw.hex(),
        *(base64.b64encode(b"{" * n + raw + b"}").decode() for n in range(3)),
        hashlib.sha256(raw).hexdigest(),
        json.dumps({"ip": canaries.ADDRESS}),
    ):
        assert canaries.found_in(f"before {shape} after"), shape
    assert canaries.found_in(canaries.as_text(b"\x00\x01" + raw))
    for shape in ("2026-11-24 13:47:31.424242", "20261124T134731Z", str(int(SENT_AT.timestamp()))):
        assert canaries.times_in(f"at {shape},".replace("T13", " 13"), SENT_AT), shape
    assert canaries.times_in("2026-11-24", SENT_AT) == []
