"""What the public sees of screening: its policy, and the form to dispute a response."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consultations.moderation import actions
from consultations.moderation.actions.undoing import REJECTION_STANDS_AFTER
from consultations.moderation.dispute_views import query_of
from consultations.moderation.forms import DisputeForm
from consultations.moderation.page_context import FOLDER, page_of, published_or_404
from consultations.moderation.rate_limits import DISPUTES
from consultations.moderation.statistics import appeal_counts, tables
from portal.confidential import confidential
from portal.web.csrf import keeps_what_is_typed
from portal.web.form_handling import take_in


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """Show how responses are screened: who decides what, for which reasons, how often each."""
    context = {
        "tables": {table.key: table.rows for table in tables()},
        "appeals": appeal_counts(),
        "days": REJECTION_STANDS_AFTER.days,
        "title": _("How responses are screened"),
    }
    return render(request, f"{FOLDER}/policy.html", context)


@keeps_what_is_typed
@require_http_methods(["GET", "HEAD", "POST"])
@confidential
def dispute(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """Take in “This was sent in my name falsely.”"""
    copy = published_or_404(slug, reference)
    form = DisputeForm(request.POST if request.method == "POST" else None)

    def act() -> HttpResponse:
        sent = reverse("moderation:dispute_sent", args=[slug, reference])
        if form.is_from_machine:  # which gets the page that a person would get
            return redirect(sent)
        DISPUTES.take(request)
        dispute = actions.open_dispute(response=copy.response, text=form.cleaned_data["text"])
        return redirect(f"{sent}?{query_of(dispute)}")

    return take_in(request, form, act, partial(page_of, request, copy, "dispute", form))
