"""An editor of an outcome is told how many accepted responses wait; nothing is refused."""

from datetime import timedelta

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from portal.stakeholders import roles
from tests.consultations.factories import ConsultationPageFactory
from tests.consultations.moderation.building import AT, accepted, published
from tests.factories import UserFactory
from tests.portal.cms.admin_forms import send

SAID = "2 accepted responses to this consultation are not published."


@pytest.fixture
def with_outcome(page):
    """The consultation with a draft of its outcome that nobody has approved."""
    page.outcome_summary = "What changed."
    page.outcome_published_at = AT - timedelta(days=1)
    page.save_revision()
    return page


def editor_of(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_the_editor_says_how_many_wait_and_leads_to_them(client, with_outcome, by):
    published(with_outcome, by)
    for _ in range(2):
        accepted(with_outcome, by)
    client.force_login(UserFactory(is_superuser=True))
    shown = client.get(editor_of(with_outcome)).content.decode()
    assert SAID in shown
    assert reverse("publish_together") in shown


def test_who_may_not_publish_responses_is_told_whom_to_ask(client, with_outcome, by):
    for _ in range(2):
        accepted(with_outcome, by)
    client.force_login(UserFactory(role=roles.EDITOR))
    shown = client.get(editor_of(with_outcome)).content.decode()
    assert SAID in shown
    assert "Ask a moderator to publish the responses first." in shown
    assert reverse("publish_together") not in shown


def test_nothing_is_said_where_nothing_waits_or_no_outcome_is_there(client, page, by):
    accepted(page, by)
    client.force_login(UserFactory(is_superuser=True))
    assert "not published. Readers" not in client.get(editor_of(page)).content.decode()
    page.outcome_summary, page.outcome_published_at = "What changed.", AT - timedelta(days=1)
    page.save_revision()
    assert "not published. Readers" in client.get(editor_of(page)).content.decode()


def test_what_is_held_back_is_not_told(client, with_outcome, by):
    """Nobody can publish it, and how many they are is told to few."""
    accepted(with_outcome, by, identity="anonymous", even_if_alone=False)
    client.force_login(UserFactory(is_superuser=True))
    assert "not published. Readers" not in client.get(editor_of(with_outcome)).content.decode()


def test_it_is_said_once_more_when_it_is_submitted(client, consultations, by):
    page = ConsultationPageFactory(  # its questionnaire is frozen, and no browser sends it here
        opens_at=AT - timedelta(weeks=14), closes_at=AT - timedelta(days=5)
    )
    for _ in range(2):
        accepted(page, by)
    client.force_login(UserFactory(is_superuser=True))
    day = (AT - timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    sent = {"outcome_summary": "What changed.", "outcome_published_at": day}
    text = rich_text("<p>Why it is asked.</p>")
    sent |= nested_form_data({"background": streamfield([("paragraph", text)])})
    answer = send(client, page, "action-submit", **sent)
    assert answer.status_code == 302
    assert SAID in client.get(answer["Location"]).content.decode()
    page.refresh_from_db()
    assert page.current_workflow_state is not None, "it warns and refuses nothing"
