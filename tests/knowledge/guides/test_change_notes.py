"""A change of what readers have says what changed, or why it is minor."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from knowledge.guides.models import GuidePage
from portal.cms.texts.pages import shared_fields, text_fields
from portal.stakeholders.roles import EDITOR
from tests.factories import UserFactory
from tests.knowledge.factories import GuidePageFactory
from tests.knowledge.guides.test_versions import publish
from tests.portal.cms.admin_forms import edit_address, filled_in, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.STAFF_MFA_REQUIRED = False


@pytest.fixture
def guide(site_tree):
    made = GuidePageFactory(slug="noted", sections=())
    call_command("begin_guide_versions", verbosity=0)
    return publish(
        made,
        summary="Ask first.",
        change_note="The first note",
    )


@pytest.fixture
def author(site_tree):
    return UserFactory(role=EDITOR)


def fresh(guide):
    return GuidePage.objects.get(pk=guide.pk)


def test_a_change_without_a_note_is_not_submitted_and_what_was_typed_is_kept(client, guide, author):
    client.force_login(author)
    response = send(client, guide, "action-submit", summary="Told otherwise.")
    assert fresh(guide).current_workflow_state is None
    html = response.content.decode()
    assert "Say what changed since the version that readers have, or why it is minor." in html
    assert "Told otherwise." in html


def test_a_draft_needs_no_note(client, guide, author):
    client.force_login(author)
    response = send(client, guide, "", summary="Told otherwise.")
    assert response.status_code == 302
    assert fresh(guide).get_latest_revision_as_object().summary == "Told otherwise."


def test_a_minor_change_needs_its_reason(client, guide, author):
    client.force_login(author)
    response = send(client, guide, "action-submit", summary="Else.", is_minor_change="on")
    assert "Say why this change is minor." in response.content.decode()


def test_the_note_of_the_version_that_readers_have_is_not_taken_again(client, guide, author):
    client.force_login(author)
    assert filled_in(client, edit_address(guide))["change_note"] == ""
    response = send(client, guide, "action-submit", summary="Else.", change_note="The first note")
    assert "This is the note of the version that readers have." in response.content.decode()


def test_with_a_note_it_is_submitted_approved_and_a_version(client, guide, author):
    client.force_login(author)
    send(
        client,
        guide,
        "action-submit",
        summary="Else.",
        change_note="A comma",
        is_minor_change="on",
    )
    guide = fresh(guide)
    assert guide.current_workflow_task_state
    second = UserFactory(role=EDITOR)
    state = guide.current_workflow_task_state
    client.force_login(second)
    assert filled_in(client, edit_address(guide))["change_note"] == "A comma"
    state.task.specific.on_action(state, second, "approve")
    version = guide.published_versions.first()
    assert (version.number, version.note, version.is_minor) == (3, "A comma", True)
    client.force_login(author)
    kept = filled_in(client, edit_address(guide))
    assert kept["change_note"] == ""
    assert "is_minor_change" not in kept


def test_a_new_guide_needs_no_note(client, site_tree, author):
    draft = GuidePageFactory(live=False, slug="new")
    draft.save_revision()
    assert "change_note" not in draft.missing(None)


def test_what_was_submitted_without_a_note_is_not_approved(guide, author):
    guide.summary = "Else."
    guide.save_revision(user=author)
    guide.get_workflow().start(guide, author)
    state = fresh(guide).current_workflow_task_state
    with pytest.raises(ValidationError) as error:
        state.task.specific.on_action(state, UserFactory(role=EDITOR), "approve")
    assert "change_note" in error.value.message_dict
    assert guide.published_versions.count() == 2


def test_a_translation_has_a_note_of_its_own(site_tree):
    names = {field.name for field in (*text_fields(GuidePage), *shared_fields(GuidePage))}
    assert names.isdisjoint({"change_note", "is_minor_change"})
    assert "summary" in names
