"""What the public sees of screening: its policy, and the form to dispute a response."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from consultations.moderation import actions
from consultations.moderation.actions.undoing import REJECTION_STANDS_AFTER
from consultations.moderation.dispute_views import query_of
from consultations.moderation.errors import Refused
from consultations.moderation.forms import DisputeForm
from consultations.moderation.page_context import FOLDER, page_of, published_or_404
from consultations.moderation.rate_limits import DISPUTES
from consultations.moderation.statistics import tables
from consultations.publication.models import PublicCopy
from portal.cms.csrf import is_forged
from portal.confidential import confidential


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """How responses are screened: who decides what, for which reasons, and how often each."""
    context = {
        "tables": {table.key: table.rows for table in tables()},
        "days": REJECTION_STANDS_AFTER.days,
        "title": _("How responses are screened"),
    }
    return render(request, f"{FOLDER}/policy.html", context)


@csrf_exempt  # checked here, so that a form open for long keeps its text
@require_http_methods(["GET", "HEAD", "POST"])
@confidential
def dispute(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """“This was sent in my name falsely.”"""
    copy = published_or_404(slug, reference)
    form = DisputeForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        taken = _take_in(request, copy, form)
        if isinstance(taken, str):
            return redirect(reverse("moderation:dispute_sent", args=[slug, reference]) + taken)
        status = taken
    return page_of(request, copy, "dispute", form=form, status=status)


def _take_in(request: HttpRequest, copy: PublicCopy, form: DisputeForm) -> int | str:
    """The query of the page that comes next, else the status of the one with the form again."""
    if is_forged(request):
        form.add_error(
            None, _("This form was open too long. Check your text below and send it again.")
        )
        return 403
    if not form.is_valid():
        return 422
    if form.is_from_machine:  # which gets the page that a person would get
        return ""
    DISPUTES.take(request)
    try:
        dispute = actions.open_dispute(response=copy.response, text=form.cleaned_data["text"])
    except Refused as error:
        form.add_error(None, str(error))
        return 409
    return "?" + query_of(dispute)
