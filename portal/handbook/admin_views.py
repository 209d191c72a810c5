"""The handbook as staff read it in the admin."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from portal.handbook.pages import handbook, picture


def index(request: HttpRequest) -> HttpResponse:
    """List the jobs, with whom each is for."""
    return render(request, "handbook/index.html", {"pages": handbook().values()})


def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how one job is done."""
    if (found := handbook().get(slug)) is None:
        raise Http404
    return render(request, "handbook/page.html", {"page": found, "pages": handbook().values()})


def show_picture(request: HttpRequest, name: str) -> FileResponse:
    """Send a picture of a page."""
    if (found := picture(name)) is None:
        raise Http404
    return FileResponse(found.open("rb"), content_type="image/png")
