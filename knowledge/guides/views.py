"""A guide, and what it rests on, as files; and the link that verifies an owner's mailbox."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.guides.actions import verify_mailbox
from knowledge.guides.models import GuidePage, Owner, guides_at
from knowledge.sources.formats import FORMS, Form, answer, of_guide, of_source


@require_safe
def guide_file(request: HttpRequest, slug: str, file: str) -> HttpResponse:
    """Send how a guide is cited."""
    form, guide = _asked_for(slug, file)
    return answer(form, guide.slug, [of_guide(guide)])


@require_safe
def sources_file(request: HttpRequest, slug: str, file: str) -> HttpResponse:
    """Send each source of a guide in one file."""
    form, guide = _asked_for(slug, file)
    if not guide.sources:
        raise Http404
    return answer(form, f"{guide.slug}-sources", [of_source(each) for each in guide.sources.all()])


def _asked_for(slug: str, file: str) -> tuple[Form, GuidePage]:
    """Return a form and a guide whose text anyone may read, as its page's address finds it."""
    guide = guides_at(slug).with_text_shown().first() if file in FORMS else None
    if guide is None:
        raise Http404
    return FORMS[file], guide


@csrf_exempt  # the secret in the address is the proof; a reader of mail gets no cookie
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def owner_mailbox(request: HttpRequest) -> HttpResponse:
    """Verify a mailbox of an owner, for whom a link was sent; a page first, as scanners open it."""
    secret = request.GET.get("of", "")
    found = Owner.objects.asked_by(secret)
    if found is None:
        raise Http404("No such link")
    if request.method == "POST":
        verify_mailbox(secret=secret, on=timezone.localdate())
    context = {"unit": found.owner.unit, "is_verified": request.method == "POST"}
    return render(request, "knowledge/guides/mailbox.html", context)
