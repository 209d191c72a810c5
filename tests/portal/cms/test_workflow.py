"""When a page goes live, when it leaves, and where its old address leads."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from wagtail.contrib.redirects.models import Redirect

from portal.cms.models import StandardPage

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def planned(site_tree):
    """A page that is to go live an hour after noon and to leave two hours after."""
    with time_machine.travel(NOON, tick=False):
        page = site_tree.about.add_child(
            instance=StandardPage(
                title="Planned",
                slug="planned",
                live=False,
                go_live_at=NOON + timedelta(hours=1),
                expire_at=NOON + timedelta(hours=2),
            )
        )
        page.save_revision().publish()
    return page


@pytest.mark.parametrize(
    ("minutes", "status"), [(0, 404), (59, 404), (61, 200), (119, 200), (121, 404)]
)
def test_a_planned_page_comes_and_goes(client, planned, minutes, status):
    for moment in range(0, minutes + 1, 20):
        with time_machine.travel(NOON + timedelta(minutes=moment), tick=False):
            call_command("publish_scheduled")
    with time_machine.travel(NOON + timedelta(minutes=minutes), tick=False):
        call_command("publish_scheduled")
        assert client.get("/en/about/planned/").status_code == status


def test_a_guide_approved_for_later_goes_live_by_itself(client, guide, author, second):
    with time_machine.travel(NOON, tick=False):
        guide.go_live_at = NOON + timedelta(hours=1)
        guide.save_revision(user=author)
        guide.get_workflow().start(guide, author)
        state = guide.current_workflow_task_state
        state.task.specific.on_action(state, second, "approve")
        assert client.get("/en/guides/ask/").status_code == 404
    with time_machine.travel(NOON + timedelta(hours=1, minutes=1), tick=False):
        call_command("publish_scheduled")
        assert client.get("/en/guides/ask/").status_code == 200


def test_an_old_address_leads_to_the_new_one(client, site_tree, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        site_tree.contact.slug = "write-to-us"
        site_tree.contact.save()
    response = client.get("/en/about/contact/")
    assert response.status_code == 301
    assert response.headers["Location"].endswith("/en/about/write-to-us/")


def test_a_moved_page_is_found_at_its_old_address(
    client, site_tree, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        site_tree.contact.move(site_tree.privacy, "last-child")
    response = client.get("/en/about/contact/")
    assert response.headers["Location"].endswith("/en/about/privacy/contact/")


def test_a_redirect_made_by_hand(client, site_tree):
    Redirect.add_redirect("/en/old", site_tree.code)
    assert client.get("/en/old/").headers["Location"].endswith("/en/code/")
