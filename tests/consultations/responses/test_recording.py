"""Tampering with what was sent is found, whichever way it was done."""

import pytest
from django.db import connection

from consultations.responses import actions
from consultations.responses.models import Response, ResponseVersion, Status
from portal.record import audit_sources
from portal.record.audit import findings
from portal.record.models import Entry
from tests.consultations.responses.builders import NOBODY, sent


def found():
    return [finding.text for finding in audit_sources.findings()]


def tamper(field, value, pk):
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE responses_responseversion SET {field} = %s WHERE id = %s",  # noqa: S608
            [value, pk],
        )


@pytest.fixture
def version(page):
    sent(page)
    return sent(page)[0].versions.get()


def test_all_is_well_after_sending_changing_and_withdrawing(page):
    response, _code = sent(page)
    actions.submit_draft(draft=actions.begin_revision(response=response, by=NOBODY), by=NOBODY)
    published, _code = sent(page)
    Response.objects.filter(pk=published.pk).update(status=Status.PUBLISHED)
    actions.withdraw_response(response=published, by=NOBODY)
    actions.withdraw_response(response=response, by=NOBODY)
    assert list(findings()) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "Somebody else"),
        ("identity", "named"),
        ("answers", '{"exporter": {"value": true, "visibility": "public"}}'),
        ("answers", '{"view": {"value": 1.5}}'),
        ("content_digest", "0" * 64),
        ("number", 7),
        ("salt", b"another"),
        ("record_leaf", "00" * 32),
        ("record_leaf", ""),
        ("submitter_type", "company"),
        ("erased_on", "2026-01-01"),
    ],
)
def test_a_changed_version_is_found(version, field, value):
    tamper(field, value, version.pk)
    assert found() != []


def test_a_deleted_version_is_found(version):
    ResponseVersion.objects.filter(pk=version.pk).delete()
    assert found() == ["speaks of a version that is not there."]


def test_a_version_put_in_by_hand_is_found(version):
    version.pk, version.number = None, 2
    version.record_leaf = "99" * 32
    ResponseVersion.objects.bulk_create([version])
    assert any("has no entry" in text for text in found())


def test_a_response_called_withdrawn_by_hand_is_found(version):
    Response.objects.filter(pk=version.response_id).update(status=Status.WITHDRAWN)
    assert any("no entry says so" in text for text in found())


def test_an_erasure_half_undone_is_found(page, version):
    actions.withdraw_response(response=version.response, by=NOBODY)
    tamper("name", "Back again", version.pk)
    assert any("still says something" in text for text in found())


def test_a_withdrawal_undone_by_hand_is_found(version):
    Response.objects.filter(pk=version.response_id).update(status=Status.PUBLISHED)
    version.response.refresh_from_db()
    actions.withdraw_response(response=version.response, by=NOBODY)
    assert found() == []
    Response.objects.filter(pk=version.response_id).update(status=Status.PUBLISHED)
    assert any("is not withdrawn" in text for text in found())
    assert Entry.objects.filter(kind="response.withdrawn").exists()


def test_a_submission_opened_by_hand_is_found(version):
    Entry.objects.filter(leaf=version.record_leaf).update(public=True)
    assert any("open to everybody" in text for text in found())


def test_the_tombstone_of_a_submission_opened_by_hand_is_found(version):
    actions.withdraw_response(response=version.response, by=NOBODY)
    Entry.objects.filter(kind="record.erased").update(public=True)
    assert any("open to everybody" in text for text in found())


def test_another_identity_set_by_hand_is_found(version):
    Response.objects.filter(pk=version.response_id).update(identity="named")
    assert any("differ in who answered" in text for text in found())
