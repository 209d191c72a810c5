"""A guide as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from knowledge.guide_files.models import GuideFile
from knowledge.guides.models import GuidePage, guides_at
from portal.web.downloads import saved_as


@require_safe
def guide_pdf(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """
    Send a guide as a PDF, as its page's address finds it; until it is made, lead to the page.

    A guide that was withdrawn answers as its page does.
    """
    guide = guides_at(slug).first() if name == slug else None
    if guide is None:
        raise Http404
    if not guide.live:
        route = guide.route(request, [])
        return route.page.serve(request, *route.args, **route.kwargs)
    if not GuidePage.objects.live_and_public().filter(pk=guide.pk).exists():
        raise Http404
    file = GuideFile.objects.current(guide).first()
    if file is None:
        return redirect(guide.url)
    headers = saved_as(f"{guide.slug}.pdf")
    return HttpResponse(bytes(file.content), content_type="application/pdf", headers=headers)
