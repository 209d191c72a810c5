"""The page on which staff publish together what was accepted, in the Wagtail admin."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from consultations.calls.models import ConsultationPage
from consultations.calls.permissions import user_has_interest
from consultations.moderation import actions
from consultations.moderation.errors import NotPermitted, Refused
from consultations.moderation.permissions import staff_of, user_can_read_responses, user_is_screener
from consultations.publication.actions import batch_of
from consultations.publication.models import PublicCopy
from consultations.publication.small_cells import FEWEST
from consultations.responses.days import day_of
from consultations.responses.models import Response, Status


@require_http_methods(["GET", "HEAD", "POST"])
def publish_together(request: HttpRequest) -> HttpResponse:
    """Show what waits for publication in each consultation; publish what is ready together."""
    if not user_can_read_responses(request.user):
        raise PermissionDenied
    if request.method == "POST":
        _publish(request, request.POST.get("consultation", ""))
        return redirect("publish_together")
    answer = render(request, "moderation/publish_together.html", _context(request))
    answer["Cache-Control"] = "private, no-store"
    return answer


def _publish(request: HttpRequest, key: str) -> None:
    """Publish what is ready in the consultation of that key, and say what was done."""
    if not key.isdecimal() or len(key) > 9:
        raise Http404
    page = get_object_or_404(ConsultationPage, pk=int(key))
    try:
        done = len(actions.publish_accepted(consultation=page, by=staff_of(request)))
    except NotPermitted:
        raise
    except Refused as error:
        messages.error(request, str(error))
    else:
        told = ngettext("%(n)d response published.", "%(n)d responses published.", done)
        messages.success(request, told % {"n": done})


def _count(page: ConsultationPage, status: Status) -> int:
    return Response.objects.filter(consultation=page, status=status).count()


def _context(request: HttpRequest) -> dict[str, Any]:
    at = timezone.now()
    waiting = PublicCopy.objects.waiting().values("consultation")
    pages = ConsultationPage.objects.filter(pk__in=waiting).order_by("closes_at", "pk")
    return {
        "batches": [
            (
                batch_of(page, at),
                _count(page, Status.RECEIVED),
                _count(page, Status.CLARIFICATION),
                page.closes_at and day_of(page, page.deadline),
                user_has_interest(request.user, page.pk),
            )
            for page in pages
        ],
        "may_publish": user_is_screener(request.user),
        "fewest": FEWEST,
        "header_title": _("Publish together"),
        "header_icon": "mail",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("screen_responses"), "label": _("Responses")},
            {"url": "", "label": _("Publish together")},
        ],
    }
