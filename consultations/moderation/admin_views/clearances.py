"""The page of those who are cleared for what is for officials only, in the Wagtail admin."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from consultations.moderation import actions
from consultations.moderation.errors import NotPermitted, Refused
from consultations.moderation.forms import ClearanceForm
from consultations.moderation.models import Clearance
from consultations.moderation.permissions import (
    staff_of,
    user_can_end_clearance,
    user_can_give_clearance,
    user_can_propose_clearance,
    user_can_see_clearances,
)

ACTS = {
    "give": (actions.give_clearance, gettext_lazy("The clearance is given.")),
    "end": (actions.end_clearance, gettext_lazy("It has ended.")),
}


@require_http_methods(["GET", "HEAD", "POST"])
def clearances(request: HttpRequest) -> HttpResponse:
    """Show who is cleared, by whom and since when; propose, give and end clearances."""
    if not user_can_see_clearances(request.user):
        raise PermissionDenied
    # The list of people leads here with whom it is about.
    form = ClearanceForm(
        request.POST if request.POST.get("act") == "propose" else None,
        initial={"person": request.GET.get("person", "")},
    )
    if request.method == "POST" and _do(request, form):
        return redirect("clearances")
    status = 422 if form.errors else 200
    return render(request, "moderation/clearances.html", _context(request, form), status=status)


def _do(request: HttpRequest, form: ClearanceForm) -> bool:
    """Do it, and say whether to open the page again; if not, the form says what is wrong."""
    if request.POST.get("act") == "propose":
        if not form.is_valid():
            return False
        try:
            actions.propose_clearance(person=form.cleaned_data["person"], by=staff_of(request))
        except Refused as error:
            form.add_error("person", str(error))
            return False
        messages.success(request, _("It is proposed. Another administrator gives it."))
        return True
    pk = request.POST.get("clearance", "")
    if request.POST.get("act") not in ACTS or not pk.isdecimal() or len(pk) > 12:
        raise Http404
    verb, done = ACTS[request.POST["act"]]
    try:
        verb(clearance=get_object_or_404(Clearance, pk=int(pk)), by=staff_of(request))
    except NotPermitted:
        raise
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, str(done))
    return True


def _context(request: HttpRequest, form: ClearanceForm) -> dict[str, object]:
    people = ("person", "proposed_by", "given_by", "ended_by")
    found = Clearance.objects.select_related(*people).order_by("-proposed_on", "pk")
    rows: list[dict[str, Any]] = [
        {
            "clearance": each,
            "may_give": each.is_proposal and user_can_give_clearance(request.user, each),
            "may_end": each.ended_on is None and user_can_end_clearance(request.user, each),
        }
        for each in found
    ]
    return {
        "waiting": [row for row in rows if row["clearance"].is_proposal],
        "in_force": [
            row for row in rows if row["clearance"].given_on and not row["clearance"].ended_on
        ],
        "ended": [row for row in rows if row["clearance"].ended_on],
        "form": form if user_can_propose_clearance(request.user) else None,
        "header_title": _("Clearances for confidential answers"),
        "header_icon": "key",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": _("Clearances")},
        ],
    }
