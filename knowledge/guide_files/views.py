"""A guide as a file."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from knowledge.guide_files.formats import FORMATS, made, offered
from knowledge.guide_files.models import GuideFile
from knowledge.guides.models import GuidePage, guides_at
from portal.web.downloads import saved_as
from portal.web.revalidation import revalidated


@require_safe
@revalidated
def guide_pdf(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """
    Send a guide as a PDF, as its page's address finds it; until it is made, lead to the page.

    A guide that was withdrawn answers as its page does.
    """
    guide = _of_these_names(slug, name)
    if not guide.live:
        return _withdrawn(guide, request)
    file = GuideFile.objects.current(guide).first()
    if file is None:
        return redirect(guide.url)
    headers = saved_as(f"{guide.slug}.pdf")
    return HttpResponse(bytes(file.content), content_type="application/pdf", headers=headers)


@require_safe
@revalidated
def guide_office(request: HttpRequest, slug: str, name: str, ending: str) -> HttpResponse:
    """Send a guide as an office file, made now; not found where it has nothing of that kind."""
    guide = _of_these_names(slug, name)
    if not guide.live:
        return _withdrawn(guide, request)
    if ending not in offered(guide):
        raise Http404
    headers = saved_as(f"{guide.slug}.{ending}")
    content_type = FORMATS[ending].content_type
    return HttpResponse(made(guide, ending), content_type=content_type, headers=headers)


def _of_these_names(slug: str, name: str) -> GuidePage:
    """Return the guide that anybody may read, or that was withdrawn. Raises Http404."""
    guide = guides_at(slug).first() if name == slug else None
    if guide is None:
        raise Http404
    if guide.live and not GuidePage.objects.live_and_public().filter(pk=guide.pk).exists():
        raise Http404
    return guide


def _withdrawn(guide: GuidePage, request: HttpRequest) -> HttpResponse:
    route = guide.route(request, [])
    return cast(HttpResponse, route.page.serve(request, *route.args, **route.kwargs))
