"""Extending a deadline, in the Wagtail admin."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from consultations.calls.actions import extend_consultation
from consultations.calls.editing import ExtensionForm
from consultations.calls.models import ConsultationPage
from consultations.calls.permissions import user_can_extend
from consultations.calls.zones import last_minute


class ExtendView(WagtailAdminTemplateMixin, FormView):
    """A new deadline and its reason, for editors and administrators."""

    page_title = _("Extend the deadline")
    header_icon = "time"
    template_name = "wagtailadmin/generic/form.html"
    form_class = ExtensionForm

    def dispatch(self, request: HttpRequest, *args: Any, page_id: int, **kwargs: Any) -> Any:
        if not user_can_extend(request.user):
            raise PermissionDenied
        self.consultation = get_object_or_404(ConsultationPage, pk=page_id)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        zone = self.consultation.timezone
        present = last_minute(self.consultation.closes_at, zone)
        return {**super().get_form_kwargs(), "zone": zone, "initial": {"closes_at": present}}

    def get_page_subtitle(self) -> str:
        return self.consultation.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.consultation.pk])
        return [
            *self.breadcrumbs_items,
            {"url": edit, "label": self.consultation.title},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            action_url=self.request.path,
            submit_button_label=_("Extend and publish"),
            submit_button_active_label=_("Extending…"),
        )

    def form_valid(self, form: ExtensionForm) -> HttpResponse:
        try:
            extend_consultation(
                consultation=self.consultation, by=self.request.user, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("The deadline is extended and the reason published."))
        return redirect("wagtailadmin_pages:edit", self.consultation.pk)
