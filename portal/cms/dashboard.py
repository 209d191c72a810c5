"""What waits for those who write and approve pages, on the home page of the admin."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.home import (
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.permissions import page_permission_policy

from portal.cms.comparisons import changed_fields
from portal.languages.lists import in_words
from portal.stakeholders.models import Person
from portal.stakeholders.roles import ADMINISTRATOR, EDITOR
from portal.web.dashboard import MOST, Line, WorkPanel

# Ours say the same, with what is changed and why it was sent back.
IN_PLACE_OF = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel)
WAITING = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


def user_works_on_pages(user: Person) -> bool:
    """Say whether this is an editor or administrator."""
    return bool(user.is_authenticated and user.has_role(EDITOR, ADMINISTRATOR))


def user_works_in_admin(user: Person) -> bool:
    """Say yes: who sees the home page of the admin works there."""
    return user.is_authenticated


def edit_href(pk: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[pk])


def _pages(states: Iterable[Any]) -> dict[str, Page]:
    """Return the pages of runs of a workflow by their keys there, in one query."""
    found = Page.objects.filter(pk__in=[state.object_id for state in states])
    return {str(page.pk): page for page in found.select_related("live_revision")}


class ReviewsPanel(WorkPanel):
    """Pages that a second person is to approve, each with what would change."""

    name = "reviews"
    order = 10
    heading = gettext_lazy("Awaiting your review")

    def lines(self, request: HttpRequest) -> Sequence[Line]:
        states = (
            TaskState.objects.reviewable_by(request.user)
            .filter(workflow_state__base_content_type__app_label="wagtailcore")
            .select_related(
                "revision__content_type", "revision__user", "workflow_state__requested_by"
            )
            .order_by("started_at", "pk")[:MOST]
        )
        states = list(states)
        pages = _pages(state.workflow_state for state in states)
        return [
            Line(
                state.revision.object_str,
                edit_href(page.pk),
                f"{_change(state.revision, page)} {_who_asks(state)}",
            )
            for state in states
            if (page := pages.get(state.workflow_state.object_id))
        ]


def _change(revision: Any, page: Page) -> str:
    """Say what a revision would change of its page."""
    if not page.live:
        return _("New page.")
    model = revision.content_type.model_class()
    if page.live_revision is None or model is None:
        return _("Change of a published page.")
    names = changed_fields(model, page.live_revision.content, revision.content)
    if not names:
        return _("Nothing that readers see is changed.")
    # Translators: a list of fields of a form: Title and Level.
    return _("Changed: %(fields)s.") % {"fields": in_words(names)}


def _who_asks(state: TaskState) -> str:
    person = state.workflow_state.requested_by or state.revision.user
    told = {"name": person or _("Somebody"), "day": date_format(state.started_at)}
    return _("%(name)s asked on %(day)s.") % told


class SentBackPanel(WorkPanel):
    """Pages that came back to their writer, with the comment."""

    name = "sent-back"
    order = 20
    heading = gettext_lazy("Sent back to you")

    def lines(self, request: HttpRequest) -> Sequence[Line]:
        states = list(
            WorkflowState.objects.filter(
                status=WorkflowState.STATUS_NEEDS_CHANGES,
                requested_by=request.user,
                base_content_type__app_label="wagtailcore",
            )
            .select_related("current_task_state__finished_by")
            .order_by("-current_task_state__finished_at", "-pk")[:MOST]
        )
        pages = _pages(states)
        return [
            Line(page.draft_title, edit_href(page.pk), _why_back(state.current_task_state))
            for state in states
            if (page := pages.get(state.object_id))
        ]


def _why_back(state: TaskState | None) -> str:
    name = (state and state.finished_by) or _("Somebody")
    if state is None or not state.comment:
        return _("%(name)s sent it back without a comment.") % {"name": name}
    return _("%(name)s: “%(comment)s”") % {"name": name, "comment": state.comment}


class SubmittedPanel(WorkPanel):
    """Pages that wait for somebody else's approval."""

    name = "submitted"
    order = 230
    heading = gettext_lazy("Your pages that wait for a second person")

    def lines(self, request: HttpRequest) -> Sequence[Line]:
        states = list(
            WorkflowState.objects.filter(
                status=WorkflowState.STATUS_IN_PROGRESS,
                requested_by=request.user,
                base_content_type__app_label="wagtailcore",
            ).order_by("created_at", "pk")[:MOST]
        )
        pages = _pages(states)
        return [
            Line(
                page.draft_title,
                edit_href(page.pk),
                _("Since %(day)s") % {"day": date_format(state.created_at)},
            )
            for state in states
            if (page := pages.get(state.object_id))
        ]


class DraftsPanel(WorkPanel):
    """Pages that somebody wrote last and neither published nor submitted."""

    name = "drafts"
    order = 220
    heading = gettext_lazy("Your drafts")

    def lines(self, request: HttpRequest) -> Sequence[Line]:
        runs = WorkflowState.objects.filter(
            status__in=WAITING,
            base_content_type__app_label="wagtailcore",
            object_id=OuterRef("key"),
        )
        found = (
            page_permission_policy.instances_user_has_any_permission_for(
                request.user, {"add", "change"}
            )
            .filter(has_unpublished_changes=True, latest_revision__user=request.user)
            .annotate(key=Cast("pk", CharField()))
            .filter(~Exists(runs))
            .order_by("-latest_revision_created_at", "-pk")[:MOST]
        )
        return [
            Line(
                page.draft_title,
                edit_href(page.pk),
                _("Last changed on %(day)s")
                % {"day": date_format(page.latest_revision_created_at)},
            )
            for page in found
        ]
