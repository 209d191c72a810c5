"""Where staff declare an interest in a consultation, take it back, and read what was declared."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from consultations.calls.interests import actions
from consultations.calls.interests.forms import InterestForm
from consultations.calls.models import ConsultationPage, Interest
from consultations.calls.permissions import user_can_declare_interest, user_can_read_interests
from portal.stakeholders.models import User
from portal.web.csrf import keeps_what_is_typed
from portal.web.form_handling import take_in


@keeps_what_is_typed
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show what somebody has declared in one consultation, and declare or take it back."""
    by, page = _staff(request), get_object_or_404(ConsultationPage, pk=page_id)
    if not page.live and not _may_read(by) and not Interest.objects.of(by, page_id).exists():
        raise Http404  # a draft is for those who write and approve
    if request.method == "POST" and "end" in request.POST:
        if actions.end_interest(consultation=page, by=by):
            messages.success(request, _("Your interest is taken back. Both days stay on record."))
        return redirect("declare_interest", page_id)
    form = InterestForm(request.POST if request.method == "POST" else None)

    def act() -> HttpResponse:
        actions.declare_interest(consultation=page, by=by, **form.cleaned_data)
        messages.success(request, _("Declared. You do not decide in this consultation any more."))
        return redirect("declare_interest", page_id)

    def show(status: int) -> HttpResponse:
        context = {**_context(by, page), "form": form}
        return render(request, "calls_admin/interest.html", context, status=status)

    return take_in(request, form, act, show)


@require_http_methods(["GET", "HEAD"])
def consultations(request: HttpRequest) -> HttpResponse:
    """List the consultations, newest first, each with the way to declare an interest."""
    by = _staff(request)
    mine = set(Interest.objects.in_force().filter(person=by).values_list("consultation", flat=True))
    pages = ConsultationPage.objects.defer_streamfields().order_by("-opens_at", "-pk")
    context = {
        "rows": [(page, page.pk in mine) for page in pages if page.live or _may_read(by)],
        "header_title": _("Declared interests"),
        "header_icon": "user",
        "breadcrumbs_items": _way([]),
    }
    return render(request, "calls_admin/interests.html", context)


def _context(by: User, page: ConsultationPage) -> dict[str, Any]:
    mine = Interest.objects.of(by, page.pk).first()
    others = page.interests.select_related("person") if _may_read(by) else None
    return {
        "consultation": page,
        "mine": mine,
        "others": others,
        "header_title": _("Declare an interest"),
        "header_icon": "user",
        "breadcrumbs_items": _way([{"url": "", "label": page.title}]),
    }


def _way(further: list[dict[str, Any]]) -> list[dict[str, Any]]:
    listed = reverse("declared_interests") if further else ""
    return [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": listed, "label": _("Declared interests")},
        *further,
    ]


def _may_read(by: User) -> bool:
    return user_can_read_interests(by)


def _staff(request: HttpRequest) -> User:
    """Return who works here. Raises PermissionDenied for whoever has no role."""
    if not isinstance(request.user, User) or not user_can_declare_interest(request.user):
        raise PermissionDenied
    return request.user
