"""Wagtail's own pages of the admin, where they need a word of ours."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.generic.workflow import BaseWorkflowFormView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.workflow import CollectWorkflowActionData, WorkflowAction
from wagtail.models import Page, TaskState, WorkflowState

from portal.cms.completeness import in_words


def take_turn(page_id: int) -> None:
    """
    Wait until others are done with a page; until the transaction ends, they wait for this one.

    Take it before any other lock: of two who take two in turn, each would wait for the other.
    """
    list(Page.objects.select_for_update(no_key=True).filter(pk=page_id).values_list("pk"))


def waits_for(page: Page) -> TaskState | None:
    """
    Return the step of its workflow that a page waits for, or None.

    Ask in a transaction: until that ends, others who ask the same of this page wait.
    """
    take_turn(page.pk)
    running = page.workflow_states.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    list(running.select_for_update().values_list("pk"))
    return page.current_workflow_task_state


class PageEditView(EditView):
    """
    The page editor, to which what is sent about one page comes in one after another.

    It saves its form by itself, too. Where that was still being done when somebody pressed a
    button, the older text was saved last and stood. What comes in late is refused by Wagtail.
    """

    def dispatch(self, request: HttpRequest, page_id: int, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return super().dispatch(request, page_id, **kwargs)
        with transaction.atomic():
            take_turn(page_id)  # before anything is read: it is compared with what was saved last
            return super().dispatch(request, page_id, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.POST.get("action-workflow-action"):
            return super().post(request, *args, **kwargs)
        if self.expects_json_response:
            # What the button adds to the form goes along when the editor saves the form by itself.
            return self.json_error_response(
                "invalid_revision", _("Nothing is saved while a decision is sent.")
            )
        if waits_for(self.page):
            return super().post(request, *args, **kwargs)
        messages.warning(
            request, _("This does not wait for a decision any more. Nothing was done.")
        )
        return redirect("wagtailadmin_pages:edit", self.page.pk)


class InDialogue(BaseWorkflowFormView):
    """View behind a dialogue: a script asks, and is told where it is led, as it follows nothing."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().dispatch(request, *args, **kwargs)
        by_script = request.headers.get("x-requested-with") == "XMLHttpRequest"
        if not by_script or answer.status_code != HTTPStatus.FOUND:
            return answer
        led = {"step": "success", "redirect": answer["Location"], "cleaned_data": {}}
        return self.render_modal_json(request, led)


class WorkflowDataView(InDialogue, CollectWorkflowActionData):
    """
    View behind the dialogue of a button in the page editor.

    Where a page waits no longer the dialogue ends, its form is sent, and the editor says so.
    """

    def add_not_in_moderation_error(self) -> None:
        """Leave it to the editor."""


class WorkflowActionView(InDialogue, WorkflowAction):
    """Approves or sends back from the dashboard; says what a page lacks that cannot be approved."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                if (waited := waits_for(self.object)) and waited.pk == self.task_state.pk:
                    return super().post(request, *args, **kwargs)
            self.add_not_in_moderation_error()
            return redirect(self.redirect_url)
        except ValidationError as error:
            found = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        told = in_words(self.object.specific_class, found)
        # Translators: missing is one or more sentences, as in “Title: This is needed.”
        messages.error(request, _("Not approved. %(missing)s") % {"missing": told})
        return redirect("wagtailadmin_pages:edit", self.object.pk)
