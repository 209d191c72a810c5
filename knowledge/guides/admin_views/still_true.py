"""The admin's pages on which somebody says that a guide is still true, and another confirms it."""

from datetime import date
from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from knowledge.guides.actions import confirm_still_true, refuse_still_true, say_still_true
from knowledge.guides.forms import ConfirmForm, StillTrueForm
from knowledge.guides.models import GuidePage, StillTrue
from knowledge.guides.permissions import user_can_confirm, user_can_review
from portal.stakeholders.models import User


def a_year_from(day: date) -> date:
    """Return the same day of the next year; for 29 February the day before."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if is_leap_day else day.day)


class ReviewFormView(WagtailAdminTemplateMixin, FormView):
    """A form about the review of `self.guide`."""

    header_icon = "calendar-check"

    def get_page_subtitle(self) -> str:
        return str(self.guide.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.guide.pk])
        return [
            *self.breadcrumbs_items,
            {"url": edit, "label": self.get_page_subtitle()},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            action_url=self.request.path,
            guide=self.guide,
            sources=list(self.guide.sources.all()),
            edit_url=reverse("wagtailadmin_pages:edit", args=[self.guide.pk]),
        )

    def act(self, data: dict[str, Any]) -> Any:
        """Do what the form asks, and return what to say."""
        raise NotImplementedError

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            done = self.act(form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, done)
        return redirect("wagtailadmin_home")


class StillTrueView(ReviewFormView):
    """For whoever writes in a guide: it still holds, and when it is to be read again."""

    template_name = "guides_admin/still_true.html"
    page_title = _("Still true")
    form_class = StillTrueForm

    def dispatch(self, request: HttpRequest, *args: Any, page_id: int, **kwargs: Any) -> Any:
        self.guide = get_object_or_404(GuidePage, pk=page_id)
        if not user_can_review(request.user, self.guide):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"review_due": a_year_from(timezone.localdate())}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = StillTrue.objects.filter(guide=self.guide).order_by("-asked_at", "-pk")
        return super().get_context_data(
            **kwargs, earlier=said.first(), submit_button_label=_("Ask a second person")
        )

    def act(self, data: dict[str, Any]) -> Any:
        say_still_true(
            guide=self.guide,
            by=cast(User, self.request.user),
            note=data["note"],
            review_due=data["review_due"],
        )
        return _("Asked. Those who approve guides find it on their home pages.")


class ConfirmStillTrueView(ReviewFormView):
    """For a second person: confirm with one press, or say why not."""

    template_name = "guides_admin/confirm_still_true.html"
    page_title = _("Confirm that it is still true")
    form_class = ConfirmForm

    def dispatch(self, request: HttpRequest, *args: Any, asked_id: int, **kwargs: Any) -> Any:
        self.asked = get_object_or_404(StillTrue.objects.waiting(), pk=asked_id)
        self.guide = self.asked.guide
        if not user_can_confirm(request.user, self.asked):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, asked=self.asked)

    def act(self, data: dict[str, Any]) -> Any:
        by = cast(User, self.request.user)
        if data["decision"] == StillTrue.Decision.REFUSED:
            refuse_still_true(asked=self.asked, by=by, answer=data["answer"])
            return _("Refused. The day of its review stays. Whoever asked reads why.")
        confirm_still_true(asked=self.asked, by=by)
        return _("Confirmed. Readers see the new days.")
