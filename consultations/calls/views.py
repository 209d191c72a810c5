"""What of a consultation can be taken away: its form, and its deadline for a calendar."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultations.calls.calendar_file import calendar_of
from consultations.calls.models import ConsultationPage
from consultations.calls.offline import page_context, text_form
from consultations.calls.offline.kept_pdf import kept_pdf_of
from portal.confidential import confidential
from portal.pdf.rendering import PdfUnavailableError
from portal.web.downloads import saved_as
from portal.web.revalidation import revalidated


@require_safe
@confidential
def form(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form as a page to print."""
    page = _asking_or_404(slug)
    context = {
        **page_context.context(page, request),
        "breadcrumb_items": page_context.breadcrumbs(page),
    }
    return render(request, "consultations/calls/form.html", context)


@require_safe
@revalidated
@confidential
def form_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the form as a PDF, made once for each wording; 503 where none can be made."""
    page = _asking_or_404(slug)
    context = page_context.context(page, request)
    html = render_to_string("consultations/calls/form_pdf.html", context)
    try:
        content = kept_pdf_of(html)
    except PdfUnavailableError:
        return render(request, "consultations/calls/no_pdf.html", {"page": page}, status=503)
    return _file(content, "application/pdf", f"{_form_name(page)}.pdf")


@require_safe
@confidential
def form_text(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the form as plain text, with a byte order mark: old editors know UTF-8 by that alone."""
    page = _asking_or_404(slug)
    address = request.build_absolute_uri(page.get_url())
    content = text_form.render(page, address).encode("utf-8-sig")
    return _file(content, "text/plain; charset=utf-8", f"{_form_name(page)}.txt")


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Serve the deadline as a calendar's file."""
    page = ConsultationPage.objects.readable().filter(slug=slug).first()
    if page is None:
        raise Http404
    page = page.in_language()
    address = request.build_absolute_uri(page.get_url())
    content = calendar_of(page, address, timezone.now())
    return _file(content, "text/calendar; charset=utf-8", f"{page.docket}.ics")


def _asking_or_404(slug: str) -> ConsultationPage:
    """Return the published consultation that asks something, as it is read here."""
    page = ConsultationPage.objects.readable().with_questionnaire().filter(slug=slug).first()
    if page is None or not page.questionnaire():
        raise Http404
    return page.in_language()


def _form_name(page: ConsultationPage) -> str:
    """Name a form: where people respond without a name, a list of downloads tells nothing."""
    return "file" if page.anonymous_allowed else page.docket


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=media_type, headers=saved_as(name))
