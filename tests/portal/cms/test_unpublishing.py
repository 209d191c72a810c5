"""Taking a page down: against a schedule, and on the request of an editor who may not."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from portal.cms.models import BeforeYouAnswerPage, StandardPage, UnpublishRequest
from portal.cms.unpublishing.actions import ask_to_unpublish, keep_published, unpublish_as_asked
from tests.portal.cms.admin_forms import edit_address

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(site_tree):
    return site_tree.contact


@pytest.fixture
def asked(page, author):
    return ask_to_unpublish(page=page, by=author, reason="The office has moved.")


def is_live(page):
    return StandardPage.objects.get(pk=page.pk).live


def unpublish_address(page):
    return reverse("wagtailadmin_pages:unpublish", args=[page.pk])


def schedule(page):
    page.go_live_at = timezone.now() + timedelta(days=3)
    page.save_revision().publish()


def test_an_editor_asks_and_an_administrator_finds_it_and_unpublishes(
    client, page, author, administrator
):
    client.force_login(author)
    assert client.get(unpublish_address(page)).status_code == 302
    ask = reverse("ask_to_unpublish", args=[page.pk])
    assert ask in client.get(edit_address(page)).content.decode()
    client.post(ask, {"reason": "The office has moved."})
    assert "It waits for a decision" in client.get(ask).content.decode()
    assert "Asked to unpublish" not in client.get("/admin/").content.decode()
    assert is_live(page)

    client.force_login(administrator)
    home = client.get("/admin/").content.decode()
    assert "Asked to unpublish" in home
    assert "The office has moved." in home
    asked = UnpublishRequest.objects.get()
    decide = reverse("decide_unpublishing", args=[asked.pk])
    assert decide in home
    assert "The office has moved." in client.get(decide).content.decode()
    client.post(decide, {"decision": "unpublished", "answer": ""})
    assert not is_live(page)
    assert "Asked to unpublish" not in client.get("/admin/").content.decode()
    asked.refresh_from_db()
    assert (asked.decision, asked.decided_by) == ("unpublished", administrator)
    history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "Ask to unpublish" in history
    assert "The office has moved." in history


def test_whoever_asked_reads_why_it_stays(client, page, asked, author, administrator):
    client.force_login(administrator)
    decide = reverse("decide_unpublishing", args=[asked.pk])
    refused = client.post(decide, {"decision": "kept", "answer": " "})
    assert "Say why it stays" in refused.content.decode()
    client.post(decide, {"decision": "kept", "answer": "It moves in May."})
    assert is_live(page)
    client.force_login(author)
    ask = client.get(reverse("ask_to_unpublish", args=[page.pk])).content.decode()
    assert "It moves in May." in ask


def test_a_page_is_asked_about_once_and_with_a_reason(page, asked, author, second, superuser):
    with pytest.raises(ValidationError):
        ask_to_unpublish(page=page, by=second, reason="Me too.")
    keep_published(request=asked, by=superuser, answer="No.")
    with pytest.raises(ValidationError):
        ask_to_unpublish(page=page, by=second, reason=" \u200b ")
    assert ask_to_unpublish(page=page, by=second, reason="Really.").pk != asked.pk


@pytest.mark.parametrize("who", ["second", "administrator", "superuser"])
def test_an_approver_decides_who_is_not_the_one_who_asked(request, client, page, asked, who):
    user = request.getfixturevalue(who)
    client.force_login(user)
    assert "Asked to unpublish" in client.get("/admin/").content.decode()
    unpublish_as_asked(request=asked, by=user)
    assert not is_live(page)


@pytest.mark.parametrize("who", ["author", "moderator", "member"])
def test_who_approves_no_pages_or_asked_decides_nothing(request, page, asked, who):
    user = request.getfixturevalue(who)
    for decide in (
        lambda: unpublish_as_asked(request=asked, by=user),
        lambda: keep_published(request=asked, by=user, answer="No."),
    ):
        with pytest.raises(PermissionDenied):
            decide()
    assert is_live(page)


@pytest.mark.parametrize("who", ["administrator", "superuser", "moderator", "member"])
def test_only_who_works_on_it_and_may_not_unpublish_asks(request, page, who):
    with pytest.raises(PermissionDenied):
        ask_to_unpublish(page=page, by=request.getfixturevalue(who), reason="Old.")


def test_decided_meanwhile_is_said_and_not_decided_twice(page, asked, administrator, superuser):
    keep_published(request=asked, by=administrator, answer="No.")
    with pytest.raises(ValidationError):
        unpublish_as_asked(request=asked, by=superuser)
    assert is_live(page)


def test_unpublished_by_the_way_nothing_waits_any_more(client, page, asked, administrator):
    client.force_login(administrator)
    assert client.post(unpublish_address(page)).status_code == 302
    asked.refresh_from_db()
    assert (asked.decision, asked.decided_by) == ("unpublished", administrator)
    page.refresh_from_db()
    page.save_revision().publish()
    assert "Asked to unpublish" not in client.get("/admin/").content.decode()


def test_a_schedule_is_named_and_cancelled_and_then_the_page_is_unpublished(
    client, page, administrator
):
    schedule(page)
    client.force_login(administrator)
    assert unpublish_address(page) in client.get(edit_address(page)).content.decode()
    for verb in (client.get, client.post):
        answer = verb(unpublish_address(page))
        assert answer.status_code == 200
        assert "waits to be published" in answer.content.decode()
        assert "Cancel the schedule" in answer.content.decode()
    assert is_live(page)
    cancel = reverse(
        "wagtailadmin_pages:revisions_unschedule",
        args=[page.pk, StandardPage.objects.get(pk=page.pk).scheduled_revision.pk],
    )
    answer = client.post(f"{cancel}?next={unpublish_address(page)}")
    assert answer.url == unpublish_address(page)
    assert client.post(unpublish_address(page)).status_code == 302
    assert not is_live(page)


def test_a_request_is_not_granted_over_a_schedule(client, page, asked, administrator):
    schedule(page)
    client.force_login(administrator)
    decide = reverse("decide_unpublishing", args=[asked.pk])
    answer = client.post(decide, {"decision": "unpublished", "answer": ""})
    assert "Cancel its schedule first" in answer.content.decode()
    assert is_live(page)
    assert UnpublishRequest.objects.waiting().exists()


def test_a_page_to_which_others_always_lead_is_not_asked_about(site_tree, author):
    lasting = BeforeYouAnswerPage.objects.first()
    assert site_tree.contact.permissions_for_user(author).can_ask_to_unpublish()
    assert not lasting.permissions_for_user(author).can_ask_to_unpublish()
