"""What is decided while a consultation runs, in the Wagtail admin: more time, other words."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from consultations.calls.actions import extend_consultation, issue_corrigendum
from consultations.calls.forms import CorrigendumForm, ExtensionForm
from consultations.calls.models import ConsultationPage
from consultations.calls.permissions import user_can_correct, user_can_extend
from consultations.calls.zones import last_minute
from consultations.questionnaires.printable import sheet_of
from consultations.questionnaires.rewording import words_of


class DecisionView(WagtailAdminTemplateMixin):
    """About one consultation, for those of whom `permission` says so."""

    permission: Callable[[Any], bool]

    def dispatch(self, request: HttpRequest, *args: Any, page_id: int, **kwargs: Any) -> Any:
        if not type(self).permission(request.user):
            raise PermissionDenied
        self.consultation = get_object_or_404(ConsultationPage, pk=page_id)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.consultation.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.consultation.pk])
        return [
            *self.breadcrumbs_items,
            {"url": edit, "label": self.consultation.title},
            {"url": "", "label": self.page_title},
        ]


class DecisionFormView(DecisionView, FormView):
    """The form of a decision, which is published at once: `decide` decides."""

    template_name = "calls_admin/decision.html"
    button: Promise
    while_sent: Promise
    done: Promise

    def decide(self, **data: Any) -> None:
        """Do what the form asks; raises ValidationError."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            **kwargs,
            action_url=self.request.path,
            submit_button_label=self.button,
            submit_button_active_label=self.while_sent,
        )
        return {**context, "media": context["form"].media}

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            self.decide(**form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return redirect("wagtailadmin_pages:edit", self.consultation.pk)


class ExtendView(DecisionFormView):
    """A new deadline and its reason."""

    page_title = _("Extend the deadline")
    header_icon = "time"
    button, while_sent = _("Extend and publish"), _("Extending…")
    done = _("The deadline is extended and the reason published.")
    form_class = ExtensionForm
    permission = staticmethod(user_can_extend)

    def get_form_kwargs(self) -> dict[str, Any]:
        zone = self.consultation.timezone
        present = last_minute(self.consultation.closes_at, zone)
        return {**super().get_form_kwargs(), "zone": zone, "initial": {"closes_at": present}}

    def decide(self, **data: Any) -> None:
        extend_consultation(consultation=self.consultation, by=self.request.user, **data)


class WordsToCorrectView(DecisionView, TemplateView):
    """Every introduction and question, each with the way to correct its words."""

    page_title = _("Issue a corrigendum")
    header_icon = "edit"
    template_name = "calls_admin/words_to_correct.html"
    permission = staticmethod(user_can_correct)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            consultation=self.consultation,
            sheet=sheet_of(self.consultation.questionnaire()),
        )


class CorrigendumView(DecisionFormView):
    """Other words for one question or introduction, and why."""

    page_title = _("Issue a corrigendum")
    header_icon = "edit"
    button, while_sent = _("Correct and publish"), _("Publishing…")
    done = _("The wording is corrected and the corrigendum published.")
    form_class = CorrigendumForm
    permission = staticmethod(user_can_correct)

    def get_form_kwargs(self) -> dict[str, Any]:
        words = words_of(self.consultation.questionnaire_parts, self.kwargs["subject"])
        if words is None:
            raise Http404
        return {**super().get_form_kwargs(), "words": words}

    def decide(self, **data: Any) -> None:
        subject = self.kwargs["subject"]
        issue_corrigendum(
            consultation=self.consultation, by=self.request.user, question_id=subject, **data
        )
