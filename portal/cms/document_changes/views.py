"""The admin's pages about changing and deleting a document."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.documents.views import documents, multiple

from portal.cms.document_changes.actions import accept_change, decline_change, withdraw_change
from portal.cms.document_changes.forms import DecideForm, WithdrawForm
from portal.cms.document_changes.permissions import (
    in_words,
    obstacle_to_deleting,
    user_can_decide,
)
from portal.cms.library.findings import findings_in, pages_with
from portal.cms.models import DocumentChange
from portal.files.downloads import attachment
from portal.stakeholders.models import User


class EditDocumentView(documents.EditView):
    """Says which readers have the document; what they would see is proposed."""

    template_name = "library_admin/edit_document.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        changes = DocumentChange.objects.filter(document=self.object.pk)
        pages = in_words(context["form"].pages)
        return {**context, "pages": pages, "latest_change": changes.order_by("pk").last()}

    def save_instance(self) -> Any:
        # A proposal is logged as what it is, and not as an edit.
        return self.form.save() if self.form.proposed else super().save_instance()

    def get_success_message(self) -> str:
        if self.form.change:
            return gettext("Proposed. Readers have it when a second person accepts it.")
        return str(super().get_success_message())

    def get_success_url(self) -> Any:
        if self.form.change:
            return reverse("document_change", args=[self.form.change.pk])
        if "file" in self.form.changed_data:
            return reverse("wagtaildocs:edit", args=[self.object.pk])
        return super().get_success_url()


class DeleteDocumentView(documents.DeleteView):
    """Refuses, before it asks for certainty, what readers have."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.user_has_permission("delete") and (told := obstacle_to_deleting(self.object)):
            messages.error(request, told)
            return redirect("wagtaildocs:edit", self.object.pk)
        return super().dispatch(request, *args, **kwargs)


class DeleteUploadedDocumentView(multiple.DeleteView):
    """The same from the list of uploads, whose address takes any document."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        document = get_object_or_404(self.get_model(), pk=kwargs[self.pk_url_kwarg])
        may = self.permission_policy.user_has_permission_for_instance
        if may(request.user, "delete", document) and (told := obstacle_to_deleting(document)):
            return JsonResponse({"success": False, "error_message": told})
        return cast(HttpResponse, super().post(request, *args, **kwargs))


class ChangeView(WagtailAdminTemplateMixin, FormView):
    """For a second person: accept or not; for whoever proposed it: withdraw it."""

    page_title = _("Change of a document")
    template_name = "library_admin/document_change.html"
    header_icon = "doc-full-inverse"

    def dispatch(self, request: HttpRequest, *args: Any, change_id: int, **kwargs: Any) -> Any:
        self.change = get_object_or_404(DocumentChange.objects.waiting(), pk=change_id)
        self.is_own = request.user.pk == self.change.proposed_by_id
        require_part_in(request, self.change)
        return super().dispatch(request, *args, **kwargs)

    def get_form_class(self) -> Any:
        return WithdrawForm if self.is_own else DecideForm

    def get_page_subtitle(self) -> str:
        return self.change.document.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtaildocs:edit", args=[self.change.document_id])
        return [
            *self.breadcrumbs_items,
            {"url": edit, "label": self.get_page_subtitle()},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        change = self.change
        return super().get_context_data(
            **kwargs,
            action_url=self.request.path,
            submit_button_label=_("Withdraw") if self.is_own else _("Decide"),
            change=change,
            pages=in_words(pages_with(change.document)),
            findings=findings_in(change.as_document()) if change.file else None,
        )

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            done = self.act(**form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, done)
        return redirect("wagtailadmin_home")

    def act(self, decision: str = "", answer: str = "") -> Any:
        """Do what was pressed; return what to say."""
        by = cast(User, self.request.user)
        if self.is_own:
            withdraw_change(change=self.change, by=by)
            return _("Withdrawn. The document stays as it is.")
        if decision == DocumentChange.Decision.DECLINED:
            decline_change(change=self.change, by=by, answer=answer)
            return _("Not accepted. Whoever proposed it reads why.")
        accept_change(change=self.change, by=by)
        return _("Accepted. Readers have it now, at the address that they know.")


@require_safe
def proposed_file(request: HttpRequest, change_id: int) -> HttpResponse:
    """Send the file that is proposed to whoever decides, and to whoever proposed it."""
    change = get_object_or_404(DocumentChange.objects.waiting().exclude(file=""), pk=change_id)
    require_part_in(request, change)
    try:
        with change.file.open("rb") as file:
            data = file.read()
    except FileNotFoundError:
        raise Http404 from None
    return attachment(data, change.document.filename, change.document.content_type)


def require_part_in(request: HttpRequest, change: DocumentChange) -> None:
    """Raise PermissionDenied for whoever neither proposed a change nor decides about it."""
    if request.user.pk != change.proposed_by_id and not user_can_decide(request.user, change):
        raise PermissionDenied
