"""The step of a workflow in which a second person approves."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Revision, TaskState, WorkflowState

from portal.cms.library.findings import documents_of
from portal.stakeholders.models import User


def writers_of(workflow_state: WorkflowState | None, revision: Revision | None) -> set[int]:
    """Ids of those who may not approve `revision`: who submitted it and who wrote it."""
    ids = {
        workflow_state.requested_by_id if workflow_state else None,
        revision.user_id if revision else None,
    }
    return {pk for pk in ids if pk is not None}


def approved_by_second_person(workflow_state: WorkflowState, revision: Revision) -> bool:
    """Say whether in this run of the workflow, somebody else approved this very revision."""
    return (
        TaskState.objects.filter(
            workflow_state=workflow_state,
            revision=revision,
            status=TaskState.STATUS_APPROVED,
            task__in=SecondPersonApprovalTask.objects.values("task_ptr"),
            finished_by__isnull=False,
        )
        .exclude(finished_by__in=writers_of(workflow_state, revision))
        .exists()
    )


class SecondPersonApprovalTask(AbstractGroupApprovalTask):
    """
    Approval by a member of the chosen groups who neither submitted nor last edited the page.

    The rule binds superusers too. While the page waits it is locked to whoever may not approve,
    so that the text which is read is the text which goes live; they may withdraw it instead.
    """

    class Meta:
        verbose_name = _("second person's approval")
        verbose_name_plural = _("second person's approvals")

    @classmethod
    def get_description(cls) -> str:
        return gettext(
            "A member of the chosen groups approves, but not the submitter or last editor"
        )

    def is_reviewer(self, user: User) -> bool:
        """Say whether this person reviews at this step at all."""
        return user.is_in_force and (user.is_superuser or self._user_in_groups(user))

    def locked_for_user(self, obj: Any, user: User) -> bool:
        state = obj.current_workflow_state
        submitted = state is not None and state.requested_by_id == user.pk
        return submitted or not self.is_reviewer(user)

    def get_template_for_action(self, action: str) -> str:
        """Approving shows what readers can see in the page's files."""
        return "library_admin/approve.html" if action == "approve" else ""

    def get_actions(self, obj: Any, user: User) -> list[tuple[str, Any, bool]]:
        """
        Return all of Wagtail's for a second person; only sending back for writers, or if held back.

        A page with files is approved in a dialogue, which shows what readers can see in them.
        """
        actions = super().get_actions(obj, user)
        writers = writers_of(obj.current_workflow_state, obj.get_latest_revision())
        if user.pk in writers or getattr(obj, "is_held_back", False) or _is_barred(obj, user):
            return [action for action in actions if action[0] != "approve"]
        if actions and documents_of(obj.get_latest_revision_as_object()):
            approve = ("approve", gettext("Approve"), True)
            return [approve, *(action for action in actions if action[0] != "approve")]
        return actions

    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: Any) -> None:
        """
        Approve or send back; raises PermissionDenied for who may not.

        Checked here as well as in `get_actions`, because the state that a request names need not
        belong to the page that it names. An approval that comes with an edit approves the old
        revision only, and Wagtail then asks for another approval of the new one.
        """
        writers = writers_of(task_state.workflow_state, task_state.revision)
        if not self.is_reviewer(user) or (action_name == "approve" and user.pk in writers):
            raise PermissionDenied
        page = task_state.workflow_state.content_object
        if action_name == "approve" and _is_barred(getattr(page, "specific", page), user):
            raise PermissionDenied
        super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(
        self, user: User, **kwargs: Any
    ) -> "models.QuerySet[TaskState]":
        """Return what waits for this person's approval: nothing of their own."""
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        return states.exclude(
            models.Q(workflow_state__requested_by=user) | models.Q(revision__user=user)
        )


def _is_barred(obj: Any, user: User) -> bool:
    return bool(getattr(obj, "bars", None) and obj.bars(user))
