"""The versions of a guide: all of them, one, one as a file, and what differs between two."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge.guides.versions.comparisons import compared, counted, folded
from knowledge.guides.versions.content import shown
from knowledge.guides.versions.page_context import guide_at, of_versions, version_of
from knowledge.sources.citations import numbered
from portal.record.hashing import canonical
from portal.web.downloads import saved_as
from portal.web.revalidation import revalidated


@require_safe
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """List the versions of a guide, the newest first. The same queries for any number."""
    context = of_versions(guide_at(slug))
    return render(request, "knowledge/guides/versions/list.html", context)


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show a version as it was published, and which one is current."""
    guide = guide_at(slug)
    if (asked := version_of(guide, str(number))) is None:
        raise Http404
    here = _("Version %(number)d") % {"number": number}
    context = of_versions(guide, here=here, version=asked, shown=shown(asked))
    context = {**context, "numbered": numbered}
    return render(request, "knowledge/guides/versions/version.html", context)


@require_safe
@revalidated
def content_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Send what the digest of a version is made of, to the byte."""
    asked = version_of(guide_at(slug), str(number))
    if asked is None:
        raise Http404
    headers = {**saved_as(f"{slug}-version-{number}.json"), "X-Robots-Tag": "noindex"}
    kept = canonical(asked.content)
    return HttpResponse(kept, content_type="application/json", headers=headers)


@require_safe
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what differs between two versions; without two of them, say so and list them (404)."""
    guide = guide_at(slug)
    before = version_of(guide, request.GET.get("from", ""))
    after = version_of(guide, request.GET.get("to", ""))
    if before is None or after is None:
        context = of_versions(guide, is_unknown=True)
        return render(request, "knowledge/guides/versions/list.html", context, status=404)
    changes = compared(before.content, after.content)
    added, removed = counted(changes)
    context = of_versions(guide, here=_("Compared"), before=before, after=after)
    context = {**context, "changes": folded(changes), "added": added, "removed": removed}
    return render(request, "knowledge/guides/versions/compare.html", context)
