"""Sending a draft: once, whole, in time, and into the record."""

import pytest

from consultations.responses import actions
from consultations.responses.models import Draft, Response, ResponseVersion
from portal.record.digests import content_digest
from portal.record.models import Entry
from tests.consultations.responses.builders import (
    NOBODY,
    consultation_that_asks,
    draft_to_send,
    sent,
)


@pytest.fixture
def page(consultations):
    return consultation_that_asks()


def test_what_was_written_is_what_is_kept(page):
    response, _code = sent(page, view="Ask who will use it.")
    version = response.versions.get()
    assert version.answers["view"] == {"value": "Ask who will use it.", "visibility": "public"}
    assert version.submitter_type == "civil-society"
    assert version.group == "civil-society"
    assert version.content_digest == content_digest(version.salt, version.content())
    assert not Draft.objects.exists()


def test_the_record_states_the_digest_and_opens_it_to_nobody(page):
    response, _code = sent(page)
    version = response.versions.get()
    entry = Entry.objects.get(index=version.record_index)
    assert entry.kind == "response.submitted"
    assert not entry.public
    assert entry.statement["reference"] == response.reference
    assert entry.statement["version"] == 1
    assert entry.statement["consultation"] == page.docket
    assert entry.statement["content_digest"] == version.content_digest


def test_sent_twice_it_is_one_response(page):
    draft, _code = draft_to_send(page)
    first = actions.submit_draft(draft=draft, by=NOBODY)
    assert actions.submit_draft(draft=draft, by=NOBODY) == first
    assert Response.objects.count() == ResponseVersion.objects.count() == 1
