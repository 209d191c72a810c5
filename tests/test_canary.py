"""
R16 at its core: an answer without a name, from the first page to its publication, leaves no trace.

The long run over every way of answering and every channel is tests/faults/test_r8_r16.py.
"""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client

from consultations.moderation import actions
from consultations.responses import contacts
from consultations.responses.access.codes import hash_code
from consultations.responses.models import Clarification, Response
from portal.notifications.delivery import send_due
from tests import canaries
from tests.consultations.factories import ConsultationPageFactory
from tests.consultations.moderation.building import put_in_public, screener
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ACCOUNT = 987_654_321_012
# The only times kept of all that happens here, and those of the staff's deeds, not of the
# submitter's: when a search card came in, which is when "Publish" was pressed.
ALLOWED = {"search.Card.entered"}


@pytest.fixture
def page(site_tree, settings, tmp_path):
    """Opened at a full hour; what is uploaded here lies in a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path
    opened = canaries.SENT_AT.replace(day=3, hour=9, minute=0, second=0, microsecond=0)
    with time_machine.travel(opened, tick=False):
        return ConsultationPageFactory(slug="signs", questionnaire=True, opens_at=opened)


@pytest.fixture
def by(db):
    return screener()


@pytest.fixture
def second(db):
    """Somebody else who screens, and reads a question before it goes to who gave no name."""
    return screener()


def walk(submitter, by, second):
    """Begin, lose the session, send, be asked, answer, be published; with mail, at two moments."""
    with time_machine.travel(canaries.SENT_AT, tick=False):
        submitter.begin()
        submitter.answer()
        submitter.lose_the_session()
        submitter.send()
        submitter.lose_the_session()
        submitter.turn_mail_on()
    response = Response.objects.get()
    with time_machine.travel(canaries.SCREENED_AT, tick=False):
        send_due()
        asked = actions.ask_clarification(response=response, by=by, question="Which court?")
        actions.send_question(response=response, by=second, proposal=asked.pk)
        send_due()
    with time_machine.travel(canaries.SENT_AT, tick=False):
        submitter.clarify(Clarification.objects.get(response=response).pk)
    with time_machine.travel(canaries.SCREENED_AT, tick=False):
        actions.accept(response=response, by=by, handling="public", reason="within-rules")
        put_in_public(response, by=by)
        send_due()
        call_command("erase_ended_handles")
    with time_machine.travel(canaries.SCREENED_AT + timedelta(days=1), tick=False):
        send_due()
    response.refresh_from_db()
    return response


def test_nothing_tells_who_answered_or_when(page, by, second, tmp_path, logged):
    before, moments = canaries.every_row(), canaries.moments_of_rows()
    submitter = canaries.Submitter(page)
    submitter.client.get("/en/about/")
    assert "/en/about/" in logged(), "what is logged is looked at"
    response = walk(submitter, by, second)
    written = canaries.written_since(before)
    assert "responses_responseversion" in written

    places = {table: "\n".join(rows) for table, rows in written.items()}
    places |= {"cache": canaries.cached(), "log": logged()}
    assert "/respond/" not in places["log"]
    canaries.require_absent({**places, "mail": canaries.mailed()})
    plain = submitter.code.replace("-", "")
    canaries.require_absent(places, [canaries.EMAIL, submitter.code, plain, "Telling Name"])
    assert canaries.telling_files(tmp_path) == []
    assert canaries.telling_ids() == []

    for table, text in places.items():
        assert canaries.times_in(text, canaries.SENT_AT) == [], table
    kept = set(canaries.moments_kept(moments))
    assert kept <= {(column, canaries.SCREENED_AT) for column in ALLOWED}
    assert canaries.files_with_a_time(tmp_path) == []

    assert [message.subject for message in mail.outbox] == ["Your code", "News"]
    assert {address for message in mail.outbox for address in message.to} == {canaries.EMAIL}
    text = canaries.mailed()
    for told in (response.reference, submitter.code, page.title, page.slug, "Code in Practice"):
        assert told not in text


def test_once_the_tie_is_cut_nothing_kept_leads_from_the_answer_to_its_writer(page, by, tmp_path):
    """With mail confirmed, sent and waiting: neither code nor address, nor what they became."""
    submitter = canaries.Submitter(page)
    with time_machine.travel(canaries.SENT_AT, tick=False):
        submitter.begin()
        submitter.answer()
        submitter.send()
        submitter.turn_mail_on()
        response = Response.objects.get()
        held = contacts.readable(response)
        actions.ask_clarification(response=response, by=by, question="Which court?")
    with time_machine.travel(canaries.SCREENED_AT, tick=False):
        submitter.lose_the_session()
        assert submitter.visitor.send("untie", {"sure": "on"}).status_code == 200
        send_due()
        limits_of_today = canaries.cached()
    assert held.address == canaries.EMAIL
    assert len(mail.outbox) == 1, "the news that waited is taken back"
    plain = submitter.code.replace("-", "")
    secrets = [canaries.EMAIL, submitter.code, plain, hash_code(plain)]
    places = {table: "\n".join(rows) for table, rows in canaries.every_row().items()}
    canaries.require_absent({**places, "limits": limits_of_today}, secrets)
    assert canaries.telling_files(tmp_path) == []
    assert submitter.visitor.type_code(submitter.code).status_code == 422


@time_machine.travel(canaries.SENT_AT, tick=False)
def test_an_account_is_tied_to_nothing_that_its_owner_sent_without_a_name(page, by):
    owner = UserFactory(pk=ACCOUNT, name="Telling Owner", email="telling-owner@people.example")
    client = canaries.telling_client()
    client.force_login(owner)
    session = client.session.session_key
    before = canaries.every_row()
    submitter = canaries.Submitter(page, client)
    submitter.begin()
    submitter.answer()
    submitter.send()
    response = Response.objects.get()
    actions.accept(response=response, by=by, handling="public", reason="within-rules")
    put_in_public(response, by=by)
    send_due()

    written = {table: "\n".join(rows) for table, rows in canaries.written_since(before).items()}
    canaries.require_absent(written, [str(ACCOUNT), "Telling Owner", owner.email, session])
    mine = client.get("/en/accounts/responses/").content.decode()
    assert response.reference not in mine
    assert Client().get(f"/r/{response.reference}").status_code == 302
