"""The admin's pages about taking a page down: asking, deciding, and what a schedule changes."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.unpublish import Unpublish
from wagtail.models import Page

from portal.cms.models import UnpublishRequest
from portal.cms.unpublishing.actions import ask_to_unpublish, keep_published, unpublish_as_asked
from portal.cms.unpublishing.forms import AskForm, AskToEndForm, DecideForm
from portal.cms.unpublishing.permissions import user_can_ask, user_can_decide
from portal.cms.unpublishing.registry import ends_of
from portal.stakeholders.models import User


class UnpublishView(Unpublish):
    """Wagtail's, which a waiting schedule does not refuse without a word."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        tester = self.object.permissions_for_user(request.user)
        if not tester.is_kept_by_schedule():
            return super().dispatch(request, *args, **kwargs)
        revision = self.object.scheduled_revision
        context = {
            "page": self.object,
            "go_live_at": revision.approved_go_live_at,
            "may_cancel": tester.can_unschedule(),
            "cancel_url": reverse(
                "wagtailadmin_pages:revisions_unschedule", args=[self.object.pk, revision.pk]
            ),
            "next": request.path,
        }
        return TemplateResponse(request, "cms_admin/kept_by_schedule.html", context)


class UnpublishingFormView(WagtailAdminTemplateMixin, FormView):
    """A form about taking down `self.page`."""

    template_name = "cms_admin/unpublishing.html"
    header_icon = "download"
    button: Promise

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [
            *self.breadcrumbs_items,
            {"url": edit, "label": self.get_page_subtitle()},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs, action_url=self.request.path, submit_button_label=self.button
        )

    def act(self, data: dict[str, Any]) -> tuple[Any, str]:
        """Do what the form asks; return what to say, and where to go."""
        raise NotImplementedError

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            done, address = self.act(form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, done)
        return redirect(address)


class AskToUnpublishView(UnpublishingFormView):
    """For an editor who may not do it: why it should be done."""

    page_title = _("Ask to unpublish")
    button = _("Ask")

    def get_form(self, form_class: Any = None) -> Form:
        ends = ends_of(self.page)
        if ends is None:
            return AskForm(**self.get_form_kwargs())
        may_unpublish = self.page.permissions_for_user(self.request.user).can_ask_to_unpublish()
        return AskToEndForm(
            **self.get_form_kwargs(), ends=ends, page=self.page, may_unpublish=may_unpublish
        )

    def dispatch(self, request: HttpRequest, *args: Any, page_id: int, **kwargs: Any) -> Any:
        self.page = get_object_or_404(Page, pk=page_id).specific
        if not user_can_ask(request.user, self.page):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = UnpublishRequest.objects.filter(page=self.page.pk).order_by("-asked_at", "-pk")
        return super().get_context_data(**kwargs, earlier=asked.first())

    def act(self, data: dict[str, Any]) -> tuple[Any, str]:
        ask_to_unpublish(page=self.page, by=cast(User, self.request.user), **data)
        told = _("Asked. Those who approve pages find your request on their dashboards.")
        return told, reverse("wagtailadmin_pages:edit", args=[self.page.pk])


class DecideView(UnpublishingFormView):
    """For a second person: unpublish, or keep it and say why."""

    page_title = _("Decide about unpublishing")
    button = _("Decide")
    form_class = DecideForm

    def dispatch(self, request: HttpRequest, *args: Any, request_id: int, **kwargs: Any) -> Any:
        self.asked = get_object_or_404(UnpublishRequest.objects.waiting(), pk=request_id)
        self.page = self.asked.page.specific
        if not user_can_decide(request.user, self.asked):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ends = ends_of(self.page)
        end = ends.end(self.asked.end) if ends else None
        return super().get_context_data(**kwargs, asked=self.asked, end=end)

    def act(self, data: dict[str, Any]) -> tuple[Any, str]:
        home, by = reverse("wagtailadmin_home"), cast(User, self.request.user)
        if data["decision"] == UnpublishRequest.Decision.KEPT:
            keep_published(request=self.asked, by=by, answer=data["answer"])
            return _("The page stays published. Whoever asked reads why."), home
        unpublish_as_asked(request=self.asked, by=by)
        return _("The page is unpublished."), home
