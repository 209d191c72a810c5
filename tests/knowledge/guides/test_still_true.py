"""“Still true”: one person says so, a second confirms it, and the text stays as it is."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from knowledge.guides.actions import confirm_still_true, say_still_true
from knowledge.guides.models import GuidePage, StillTrue
from tests.factories import UserFactory
from tests.knowledge.factories import GuidePageFactory, SourceFactory

pytestmark = pytest.mark.django_db
TODAY, NEXT = date(2026, 6, 10), date(2027, 6, 10)
SAID = {"was_read": "on", "note": "Compared with the text in force.", "review_due": str(NEXT)}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-06-10T09:00Z", tick=False):
        yield


@pytest.fixture
def guide(site_tree):
    source = SourceFactory(title="Regulation 1", address="https://law.example/1")
    page = GuidePageFactory(
        title="Plates",
        further=[source],
        reviewed_on=date(2025, 6, 1),
        review_due=date(2026, 6, 1),
    )
    with time_machine.travel("2026-01-01T09:00Z"):
        page.save_revision().publish()
    page.refresh_from_db()
    return page


@pytest.fixture
def second():
    return UserFactory(role="Administrators")


def say(guide, by, **changed):
    return say_still_true(guide=guide, by=by, **{"note": "Read.", "review_due": NEXT, **changed})


def days(guide):
    return GuidePage.objects.values_list("reviewed_on", "review_due").get(pk=guide.pk)


def test_one_says_it_and_a_second_confirms_with_one_press(client, guide, editor, second):
    client.force_login(editor)
    address = reverse("still_true", args=[guide.pk])
    assert address in client.get("/admin/").content.decode()
    page = client.get(address).content.decode()
    for said in ("Regulation 1", "https://law.example/1", "2 March 2026", str(NEXT)):
        assert said in page
    assert client.post(address, SAID).status_code == 302
    assert days(guide)[1] == date(2026, 6, 1)
    assert "It waits for a second person" in client.get(address).content.decode()
    asked = StillTrue.objects.get()
    confirm = reverse("confirm_still_true", args=[asked.pk])
    assert confirm not in client.get("/admin/").content.decode()

    client.force_login(second)
    assert confirm in client.get("/admin/").content.decode()
    assert "Compared with the text in force." in client.get(confirm).content.decode()
    client.post(confirm, {"decision": "confirmed", "answer": ""})
    assert days(guide) == (TODAY, NEXT)
    assert client.get(confirm, follow=True).status_code == 404
    history = client.get(reverse("wagtailadmin_pages:history", args=[guide.pk])).content.decode()
    assert "Confirm that it is still true" in history
    assert "Compared with the text in force." in history


def test_whoever_asked_does_not_confirm(client, guide, second):
    asked = say(guide, second)
    with pytest.raises(PermissionDenied):
        confirm_still_true(asked=asked, by=second)
    client.force_login(second)
    confirm = reverse("confirm_still_true", args=[asked.pk])
    client.post(confirm, {"decision": "confirmed"})
    assert days(guide)[1] == date(2026, 6, 1)


def test_a_draft_in_progress_keeps_its_other_changes(guide, editor, second):
    guide.title = "Plates, changed"
    guide.save_revision(user=editor)
    confirm_still_true(asked=say(guide, editor), by=second)
    fresh = GuidePage.objects.get(pk=guide.pk)
    assert fresh.title == "Plates"
    assert fresh.has_unpublished_changes
    draft = fresh.get_latest_revision_as_object()
    assert (draft.title, draft.reviewed_on, draft.review_due) == ("Plates, changed", TODAY, NEXT)
    published = fresh.live_revision.as_object()
    assert (published.title, published.review_due) == ("Plates", NEXT)


def test_a_refusal_says_why_and_changes_no_day(client, guide, editor, second):
    asked = say(guide, editor)
    client.force_login(second)
    confirm = reverse("confirm_still_true", args=[asked.pk])
    told = client.post(confirm, {"decision": "refused", "answer": ""})
    assert "answer" in told.context["form"].errors
    client.post(confirm, {"decision": "refused", "answer": "Article 4 has changed."})
    assert days(guide)[1] == date(2026, 6, 1)
    client.force_login(editor)
    page = client.get(reverse("still_true", args=[guide.pk])).content.decode()
    assert "Article 4 has changed." in page


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"was_read": ""}, "was_read"),
        ({"note": " "}, "note"),
        ({"note": "x" * 501}, "note"),
        ({"review_due": "2026-06-10"}, "review_due"),
        ({"review_due": "soon"}, "review_due"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_the_note_is_kept(
    client, guide, editor, changed, field
):
    client.force_login(editor)
    answer = client.post(reverse("still_true", args=[guide.pk]), {**SAID, **changed})
    assert set(answer.context["form"].errors) == {field}
    if field != "note":
        assert SAID["note"] in answer.content.decode()
    assert not StillTrue.objects.exists()


def test_a_new_version_since_is_not_confirmed(guide, editor, second):
    asked = say(guide, editor)
    with time_machine.travel("2026-06-11T09:00Z", tick=False):
        guide.save_revision().publish()
        with pytest.raises(ValidationError):
            confirm_still_true(asked=asked, by=second)


def test_of_one_guide_one_waits(guide, editor, second):
    say(guide, editor)
    with pytest.raises(ValidationError):
        say(guide, second)


def test_the_report_has_the_mailbox_and_who_asked_and_narrows_by_owner(
    client, guide, editor, django_assert_max_num_queries
):
    other = GuidePageFactory(title="Other", owner_unit="Cyber desk", review_due=date(2026, 6, 1))
    say(guide, editor)
    client.force_login(editor)
    page = client.get("/admin/reports/guides-due/").content.decode()
    assert "Not verified" in page
    assert editor.name in page
    found = client.get("/admin/reports/guides-due/", {"unit": other.unit_id})
    assert [each.title for each in found.context["object_list"]] == ["Other"]
    later = client.get("/admin/reports/guides-due/", {"review_due_from": "2026-06-02"})
    assert list(later.context["object_list"]) == []
