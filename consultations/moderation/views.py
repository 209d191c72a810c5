"""What the public sees of screening: its policy, and the form to dispute a response."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from consultations.discussion.posting import is_forged
from consultations.moderation import actions
from consultations.moderation.actions.undoing import REJECTION_STANDS_AFTER
from consultations.moderation.errors import Refused
from consultations.moderation.forms import DisputeForm
from consultations.moderation.limits import may_dispute
from consultations.moderation.statistics import tables
from consultations.publication.models import PublicCopy
from consultations.publication.reading import (
    consultation_or_404,
    copy_or_404,
    frame,
    index_crumb,
)
from portal.confidential import confidential

FOLDER = "consultations/moderation"


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
    copy = _published_or_404(slug, reference)
    form = DisputeForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = _take_in(request, copy, form)
        if status == 200:
            return redirect("moderation:dispute_sent", slug, reference)
    return _page(request, copy, "dispute", form=form, status=status)


def _take_in(request: HttpRequest, copy: PublicCopy, form: DisputeForm) -> int:
    """200 where the dispute is in, else the status of the page that shows the form again."""
    if is_forged(request):
        form.add_error(
            None, _("This form had been open too long. Check your text below and send it again.")
        )
        return 403
    if not form.is_valid():
        return 422
    if form.is_from_machine:  # which gets the page that a person would get
        return 200
    if not may_dispute(request):
        form.add_error(None, _("You have sent several reports. Please wait an hour."))
        return 429
    try:
        actions.open_dispute(
            response=copy.response,
            text=form.cleaned_data["text"],
            contact=form.cleaned_data["contact"],
            language=get_language() or "en",
        )
    except Refused as error:
        form.add_error(None, str(error))
        return 409
    return 200


@require_safe
@confidential
def dispute_sent(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """What happens next."""
    return _page(request, _published_or_404(slug, reference), "dispute_sent")


def _published_or_404(slug: str, reference: str) -> PublicCopy:
    copy = copy_or_404(consultation_or_404(slug), reference)
    if not copy.is_published:
        raise Http404
    return copy


def _page(
    request: HttpRequest,
    copy: PublicCopy,
    template: str,
    *,
    form: DisputeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    page = copy.consultation
    of_response = {"text": copy.title, "href": copy.get_absolute_url()}
    title = _("Report a response sent in a false name")
    context = {
        **frame(request, page, title, index_crumb(page), of_response),
        "copy": copy,
        "form": form,
        "page_has_errors": bool(form and form.errors),
    }
    answer = render(request, f"{FOLDER}/{template}.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer
