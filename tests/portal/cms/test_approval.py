"""A guide goes live when a second person approves it, and in no other way."""

import re

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Page, Task, TaskState, Workflow, WorkflowTask

from portal.cms.admin_views import PageEditView, WorkflowActionView
from portal.cms.models import SecondPersonApprovalTask
from portal.cms.workflow import publish_approved
from tests.factories import UserFactory
from tests.portal.cms.admin_forms import edit_address, filled_in, send

# What the editor's scripts add to its form for the button.
PRESSED = {"action-workflow-action": "true", "workflow-action-name": "approve"}


def act(client, user, page, action="approve", comment="", state=None):
    """Approve or send back, as the buttons of the dashboard and the editor do."""
    client.force_login(user)
    state = state or page.current_workflow_task_state
    return client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk]),
        {"comment": comment},
    )


def fresh(page):
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def submitted(guide, author):
    guide.get_workflow().start(guide, author)
    return guide


def test_the_whole_way_through_the_admin(client, guide, author, second):
    client.force_login(author)
    assert b'name="action-publish"' not in client.get(edit_address(guide)).content
    send(client, guide, "action-submit", title="Ask who will use it, and why")
    assert not fresh(guide).live
    assert mail.outbox, "the other editors hear of it"

    assert act(client, second, guide).status_code == 302
    guide = fresh(guide)
    assert guide.live
    assert guide.title == "Ask who will use it, and why"
    assert client.get("/en/guides/ask/").status_code == 200


def test_the_author_has_no_approve_button(client, submitted, author):
    client.force_login(author)
    html = client.get(edit_address(submitted)).content.decode()
    assert 'data-workflow-action-name="approve"' not in html
    assert 'name="action-cancel-workflow"' in html


def test_the_second_person_has_one(client, submitted, second):
    client.force_login(second)
    html = client.get(edit_address(submitted)).content.decode()
    assert 'data-workflow-action-name="approve"' in html


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("author", False),
        ("second", True),
        ("administrator", True),
        ("superuser", True),
        ("moderator", False),
        ("member", False),
    ],
)
def test_who_may_approve(request, client, submitted, who, may):
    act(client, request.getfixturevalue(who), submitted)
    assert fresh(submitted).live is may


def test_a_superuser_may_not_approve_what_they_submitted(client, guide, superuser):
    guide.get_workflow().start(guide, superuser)
    act(client, superuser, guide)
    assert not fresh(guide).live


def test_who_edited_last_may_not_approve(client, submitted, second):
    """An edit that comes with the approval asks for another approval, by somebody else."""
    client.force_login(second)
    send(
        client,
        submitted,
        "action-workflow-action",
        **{"title": "Rewritten", "workflow-action-name": "approve"},
    )
    assert not fresh(submitted).live
    act(client, second, fresh(submitted))
    assert not fresh(submitted).live

    third = UserFactory(email="third@staff.example", role="Editors")
    act(client, third, fresh(submitted))
    assert fresh(submitted).live
    assert fresh(submitted).title == "Rewritten"


def test_who_presses_approve_twice_is_told_that_it_is_decided(client, submitted, second):
    client.force_login(second)
    approve = {"workflow-action-name": "approve"}
    send(client, submitted, "action-workflow-action", **approve)
    answer = send(client, fresh(submitted), "action-workflow-action", **approve)
    assert answer.status_code == 302
    shown = client.get(answer.url).content.decode()
    assert "does not wait for a decision any more" in shown
    assert fresh(submitted).live


def test_what_the_editor_saves_by_itself_decides_nothing(client, submitted, second):
    """It saves the whole form, in which the decision stands once the button is pressed."""
    client.force_login(second)
    data = filled_in(client, edit_address(submitted)) | PRESSED
    by_itself = client.post(edit_address(submitted), data, headers={"accept": "application/json"})
    assert by_itself.status_code == 400
    assert by_itself.json()["error_message"] == "Nothing is saved while a decision is sent."
    assert not fresh(submitted).live
    assert client.post(edit_address(submitted), data).status_code == 302
    assert fresh(submitted).live


@pytest.mark.parametrize(
    ("where", "told"),
    [
        (PageEditView, "This does not wait for a decision any more. Nothing was done."),
        (WorkflowActionView, "is not currently awaiting moderation."),
    ],
)
def test_two_who_press_at_once_decide_once(client, submitted, second, where, told, monkeypatch):
    """The other's press came in when this one's had been let in and not been done."""
    other = UserFactory(email="third@staff.example", role="Editors")
    state = submitted.current_workflow_task_state
    client.force_login(second)
    data = filled_in(client, edit_address(submitted)) | PRESSED

    def post_after_the_other(view, *args, **kwargs):
        with monkeypatch.context() as once:
            once.setattr(where, "post", post)
            act(Client(), other, submitted, state=state)
        return post(view, *args, **kwargs)

    post = where.post
    monkeypatch.setattr(where, "post", post_after_the_other)
    if where is PageEditView:
        answer = client.post(edit_address(submitted), data)
    else:
        answer = act(client, second, submitted, state=state)
    assert answer.status_code == 302
    assert told in client.get(edit_address(submitted)).content.decode()
    assert fresh(submitted).live
    assert TaskState.objects.get(pk=state.pk).finished_by == other


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.parametrize("way", ["dashboard", "editor"])
def test_two_who_decide_in_two_places_do_not_wait_for_each_other(client, submitted, second, way):
    """Each way takes the page first, and its workflow after it."""
    client.force_login(second)
    data = filled_in(client, edit_address(submitted)) | PRESSED
    with CaptureQueriesContext(connection) as asked:
        if way == "editor":
            client.post(edit_address(submitted), data)
        else:
            act(client, second, submitted)
    locks = [each["sql"] for each in asked if re.search("FOR (NO KEY )?UPDATE", each["sql"])]
    assert 'FROM "wagtailcore_page"' in locks[0]
    assert any('FROM "wagtailcore_workflowstate"' in lock for lock in locks[1:])
    assert fresh(submitted).live


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("where", ["collect_workflow_action_data", "workflow_action"])
def test_a_dialogue_about_what_waits_no_longer_ends(client, submitted, second, where, method):
    """A script asks for it; it reads JSON, and cannot follow a redirect to a page."""
    state = submitted.current_workflow_task_state
    act(client, second, submitted)
    address = reverse(f"wagtailadmin_pages:{where}", args=[submitted.pk, "reject", state.pk])
    by_script = {"x-requested-with": "XMLHttpRequest"}
    told = getattr(client, method)(address, headers=by_script).json()
    assert told["step"] == "success"
    assert told["redirect"] == edit_address(submitted)
    assert told["cleaned_data"] == {}
    shown = client.get(edit_address(submitted)).content.decode()
    assert ("is not currently awaiting moderation" in shown) == (where == "workflow_action")


def test_the_text_is_locked_to_its_author_while_it_is_read(client, submitted, author):
    client.force_login(author)
    send(client, submitted, "", title="Changed behind the reader's back")
    assert submitted.get_latest_revision_as_object().title == "Ask who will use it"


def test_the_author_may_withdraw_it(client, submitted, author):
    client.force_login(author)
    send(client, submitted, "action-cancel-workflow")
    assert not fresh(submitted).workflow_in_progress


def test_sent_back_with_a_comment_and_submitted_again(client, submitted, author, second):
    act(client, second, submitted, "reject", "Name the source, please.")
    assert not fresh(submitted).workflow_in_progress
    client.force_login(author)
    history = reverse(
        "wagtailadmin_pages:workflow_history_detail",
        args=[submitted.pk, submitted.workflow_states.get().pk],
    )
    assert b"Name the source, please." in client.get(history).content

    send(client, fresh(submitted), "action-submit", source_title="Named")
    act(client, second, fresh(submitted))
    assert fresh(submitted).live


@pytest.mark.parametrize("who", ["author", "administrator", "superuser"])
class TestNobodyPublishesAlone:
    def test_from_the_editor(self, request, client, guide, who):
        client.force_login(request.getfixturevalue(who))
        send(client, guide, "action-publish")
        assert not fresh(guide).live

    def test_while_creating(self, request, client, site_tree, guide, who):
        client.force_login(request.getfixturevalue(who))
        address = reverse(
            "wagtailadmin_pages:add", args=["guides", "guidepage", site_tree.guides.pk]
        )
        assert b'name="action-publish"' not in client.get(f"{address}?kind=").content
        data = filled_in(client, edit_address(guide)) | {"title": "Alone", "slug": "alone"}
        response = client.post(address, data | {"action-publish": "1"})
        assert response.status_code == 302
        assert not Page.objects.get(slug="alone").live

    def test_in_bulk(self, request, client, guide, who):
        client.force_login(request.getfixturevalue(who))
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        client.post(f"{address}?id={guide.pk}", {})
        assert not fresh(guide).live

    def test_in_bulk_with_the_index(self, request, client, site_tree, guide, who):
        client.force_login(request.getfixturevalue(who))
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        client.post(f"{address}?id={site_tree.guides.pk}", {"include_descendants": "on"})
        assert not fresh(guide).live

    def test_through_the_admin_api(self, request, client, guide, who):
        client.force_login(request.getfixturevalue(who))
        url = f"/admin/api/main/pages/{guide.pk}/action/publish/"
        assert client.post(url, {}, follow=True).status_code == 404
        assert not fresh(guide).live

    def test_by_copying_a_live_one(self, request, client, site_tree, guide, who):
        guide.get_latest_revision().publish()
        client.force_login(request.getfixturevalue(who))
        client.post(
            reverse("wagtailadmin_pages:copy", args=[guide.pk]),
            {
                "new_title": "Copy",
                "new_slug": "copy",
                "new_parent_page": site_tree.guides.pk,
                "publish_copies": "on",
                "copy_subpages": "",
            },
        )
        assert not Page.objects.filter(slug="copy", live=True).exists()

    def test_in_code(self, request, guide, who):
        with pytest.raises(PermissionDenied):
            guide.get_latest_revision().publish(user=request.getfixturevalue(who))


class TestTheWorkflowCannotBePassedBy:
    def test_by_an_approval_that_names_another_page(self, client, submitted, site_tree, author):
        """The address names a page whose workflow the author may approve, the state another's."""
        other = site_tree.guides.add_child(instance=copy_of(submitted, "other"))
        other.save_revision()
        other.get_workflow().start(other, None)
        state = submitted.current_workflow_task_state
        act(client, author, other, state=state)
        assert not fresh(submitted).live

    def test_by_approving_oneself_where_another_step_follows(self, submitted, author):
        """Here the end of the workflow, which looks again, is not reached."""
        state = submitted.current_workflow_task_state
        last = GroupApprovalTask.objects.create(name="Last look")
        workflow = state.workflow_state.workflow
        WorkflowTask.objects.create(
            workflow=workflow, task=Task.objects.get(pk=last.pk), sort_order=1
        )
        with pytest.raises(PermissionDenied):
            state.task.specific.on_action(state, author, "approve")
        state.refresh_from_db()
        assert state.finished_by is None

    def test_by_a_record_that_the_author_approved(self, submitted, author, second):
        """However it came about, the end counts nobody's approval of their own text."""
        state = submitted.current_workflow_task_state
        state.status, state.finished_by = TaskState.STATUS_APPROVED, author
        state.save()
        with pytest.raises(PermissionDenied):
            publish_approved(state.workflow_state, second)
        state.finished_by = second
        state.save()
        publish_approved(state.workflow_state, second)
        assert fresh(submitted).live

    def test_by_an_approval_of_an_earlier_text(self, submitted, author, second):
        state = submitted.current_workflow_task_state
        state.status, state.finished_by = TaskState.STATUS_APPROVED, second
        state.save()
        submitted.title = "What nobody else has read"
        submitted.save_revision(user=author)
        with pytest.raises(PermissionDenied):
            publish_approved(state.workflow_state, second)

    def test_by_deactivating_the_step(self, submitted, superuser):
        with pytest.raises(PermissionDenied):
            SecondPersonApprovalTask.objects.get().deactivate(user=superuser)
        assert not fresh(submitted).live
        assert SecondPersonApprovalTask.objects.get().active

    def test_by_a_workflow_without_a_second_person(self, client, guide, administrator):
        task = GroupApprovalTask.objects.create(name="Anybody")
        task.groups.set(administrator.groups.all())
        workflow = Workflow.objects.create(name="Easy")
        WorkflowTask.objects.create(workflow=workflow, task=Task.objects.get(pk=task.pk))
        workflow.start(guide, administrator)
        act(client, administrator, guide)
        assert not fresh(guide).live


def copy_of(guide, slug):
    fields = (
        *("document_type", "level", "unit", "jurisdiction"),
        *("source_title", "reviewed_on", "review_due"),
    )
    return type(guide)(
        title=slug, slug=slug, live=False, **{name: getattr(guide, name) for name in fields}
    )


def test_only_administrators_unpublish(client, guide, author, administrator):
    guide.get_latest_revision().publish()
    address = reverse("wagtailadmin_pages:unpublish", args=[guide.pk])
    client.force_login(author)
    client.post(address)
    assert fresh(guide).live
    client.force_login(administrator)
    client.post(address)
    assert not fresh(guide).live


def test_what_waits_is_shown_to_those_who_may_approve_it(client, submitted, author, second):
    client.force_login(second)
    assert b"Awaiting your review" in client.get("/admin/").content
    client.force_login(author)
    assert b"Awaiting your review" not in client.get("/admin/").content


class TestOtherPages:
    """A page of text may go through the workflow, and administrators publish it at once."""

    def test_an_editor_needs_the_workflow(self, client, site_tree, author):
        client.force_login(author)
        send(client, site_tree.moderation, "action-publish", title="Changed alone")
        assert fresh(site_tree.moderation).title == "Moderation rules"

    def test_an_administrator_publishes(self, client, site_tree, administrator):
        client.force_login(administrator)
        send(client, site_tree.moderation, "action-publish", title="Changed at once")
        assert fresh(site_tree.moderation).title == "Changed at once"

    def test_an_administrator_publishes_in_bulk(self, client, site_tree, administrator):
        """The control of the bulk tests above: the same request, where one person suffices."""
        site_tree.moderation.unpublish()
        client.force_login(administrator)
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        client.post(f"{address}?id={site_tree.moderation.pk}", {})
        assert fresh(site_tree.moderation).live

    def test_approval_publishes_though_approvers_may_not(self, client, site_tree, author, second):
        client.force_login(author)
        send(client, site_tree.moderation, "action-submit", title="Changed by two")
        act(client, second, site_tree.moderation)
        assert fresh(site_tree.moderation).title == "Changed by two"
