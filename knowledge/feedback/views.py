"""Taking in whether a guide was useful: without a cookie, an account or an address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from knowledge.feedback.actions import keep_feedback
from knowledge.feedback.forms import YES, UsefulForm
from knowledge.feedback.rate_limits import USEFUL
from knowledge.guides.models import GuidePage, guides_at
from portal.confidential import confidential


@csrf_exempt  # the check would need a cookie; what is said here harms nobody, whoever says it
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@confidential
def useful(request: HttpRequest, slug: str) -> HttpResponse:
    """Take in what a reader says of a published guide; thank everybody in the same words."""
    guide = _guide(slug)
    form = UsefulForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        _keep(request, guide, form)
        return redirect(f"{request.path}?sent=yes")
    context = {
        "guide": guide,
        "form": form,
        "is_sent": "sent" in request.GET,
        "page_has_errors": form.is_bound,
    }
    status = 422 if form.is_bound else 200
    answer = render(request, "knowledge/feedback/useful.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _keep(request: HttpRequest, guide: GuidePage, form: UsefulForm) -> None:
    said = form.cleaned_data
    if said["website"]:  # a machine gets the page that a person would get
        return
    USEFUL.take(request)
    keep_feedback(
        guide=guide,
        was_useful=said["useful"] == YES,
        text=said["text"],
        words=said["words"],
        language=get_language() or "",
        on=timezone.localdate(),
    )


def _guide(slug: str) -> GuidePage:
    """Return a published guide that anyone may read, as its page's address finds it."""
    if (found := guides_at(slug).live_and_public().first()) is None:
        raise Http404
    return found
