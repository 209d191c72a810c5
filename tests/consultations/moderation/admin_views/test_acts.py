"""The report of what staff did with responses and comments."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.discussion.actions import hide_comment
from consultations.moderation import actions
from consultations.moderation.models import ConfidentialView
from portal.stakeholders import roles
from tests.consultations.factories import ConsultationPageFactory, comment_on
from tests.consultations.moderation.building import AT, received, screener
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

HIDDEN_AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture
def done(page, by, other):
    """One accepted response without a name, one opened, and one hidden comment of another's."""
    nameless = received(page, identity="anonymous", name="Secret Submitter")
    actions.accept(response=nameless, by=by, handling="public", reason="within-rules", at=AT)
    ConfidentialView.objects.create(response=nameless, by=other, at=AT)
    elsewhere = ConsultationPageFactory(title="Elsewhere")
    comment = comment_on(elsewhere, body="A canary of a text.")
    hide_comment(moderator=other, comment=comment, reason="spam", note="=1+1", at=HIDDEN_AT)
    return nameless, comment, elsewhere


@pytest.fixture
def reader(client):
    client.force_login(UserFactory(role=roles.ADMINISTRATOR, name="Reading Administrator"))
    return client


def rows(client, **asked):
    html = BeautifulSoup(client.get(reverse("acts_of_staff"), asked).content, "html.parser")
    return [
        [" ".join(cell.get_text().split()) for cell in row.select("td")]
        for row in html.select("table.listing tbody tr")
    ]


def test_it_says_who_did_what_to_which_and_when(reader, done):
    nameless, comment, _elsewhere = done
    assert rows(reader) == [
        [
            "24 November 2026",
            "Second Screener",
            "Opened what is for officials only",
            nameless.reference,
            "Warning signs",
            "",
        ],
        [
            "24 November 2026",
            "First Screener",
            "Accepted",
            nameless.reference,
            "Warning signs",
            "Within the rules",
        ],
        [
            "20 November 2026",
            "Second Screener",
            "Hidden",
            f"Comment {comment.pk}",
            "Elsewhere",
            "Advertising or spam",
        ],
    ]


def test_nothing_of_who_sent_or_what_is_noted(reader, done):
    for asked in ({}, {"export": "csv"}):
        answer = reader.get(reverse("acts_of_staff"), asked)
        text = b"".join(answer) if answer.streaming else answer.content
        for secret in (b"Secret Submitter", b"canary", b"=1+1", b"09:30", b"15:37"):
            assert secret not in text


def test_it_is_narrowed(reader, done, by, other):
    _nameless, _comment, elsewhere = done
    assert {row[1] for row in rows(reader, person=by.pk)} == {"First Screener"}
    assert len(rows(reader, person=other.pk)) == 2
    assert len(rows(reader, consultation=elsewhere.docket)) == 1
    assert [row[2] for row in rows(reader, kind="response:accept")] == ["Accepted"]
    assert [row[2] for row in rows(reader, kind="opened:")] == ["Opened what is for officials only"]
    assert [row[2] for row in rows(reader, kind="comment:hide")] == ["Hidden"]
    assert len(rows(reader, day_from="2026-11-21")) == 2
    assert len(rows(reader, day_to="2026-11-21")) == 1
    assert rows(reader, day_from="2026-11-21", day_to="2026-11-22") == []


@pytest.mark.parametrize(
    "asked",
    [{"person": "9" * 30}, {"kind": "x"}, {"day_from": "yesterday"}, {"consultation": "'"}],
)
def test_what_is_no_choice_is_no_fault(reader, done, asked):
    assert reader.get(reverse("acts_of_staff"), asked).status_code == 200


def test_it_goes_into_a_spreadsheet(reader, done):
    answer = reader.get(reverse("acts_of_staff"), {"export": "csv", "kind": "comment:hide"})
    head, row = csv.reader(io.StringIO(b"".join(answer).decode()))
    assert head == ["Day", "Who", "What", "Of what", "Consultation", "Reason"]
    assert row[:3] == [date(2026, 11, 20).isoformat(), "Second Screener", "Hidden"]
    assert reader.get(reverse("acts_of_staff"), {"export": "xlsx"}).status_code == 200


def test_an_act_stays_when_its_account_goes(reader, done, by):
    by.delete()
    assert "Former member of staff" in {row[1] for row in rows(reader)}


def test_its_lines_lead_to_what_they_are_about(reader, done):
    html = BeautifulSoup(reader.get(reverse("acts_of_staff")).content, "html.parser")
    for link in html.select("table.listing tbody a"):
        assert reader.get(link["href"], follow=True).status_code == 200


@pytest.mark.parametrize(
    "role", [None, roles.EDITOR, roles.MODERATOR, roles.ANALYST, roles.OFFICIAL]
)
def test_nobody_but_administrators_reads_it(client, done, role):
    client.force_login(UserFactory(role=role))
    answer = client.get(reverse("acts_of_staff"))
    assert answer.status_code in (302, 403)
    assert "First Screener" not in answer.content.decode()


def test_more_acts_are_no_more_queries(reader, done, page):
    reader.get(reverse("acts_of_staff"))
    with CaptureQueriesContext(connection) as few:
        reader.get(reverse("acts_of_staff"))
    moderator = screener()
    for _number in range(5):
        comment = comment_on(ConsultationPageFactory())
        hide_comment(moderator=moderator, comment=comment, reason="spam")
    with CaptureQueriesContext(connection) as many:
        reader.get(reverse("acts_of_staff"))
    assert len(many) <= len(few)
