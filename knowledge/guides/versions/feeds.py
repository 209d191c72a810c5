"""The Atom feed of guides: what is new, and what changed in them."""

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import conditional_page, require_safe

from knowledge.guides.facets import index_href
from knowledge.guides.models import GuidePage, GuideVersion
from portal.languages.addresses import asked_language, keeping_language
from portal.web.atom import Entry, Feed

ENTRIES = 50


@require_safe
@conditional_page
def guides(request: HttpRequest) -> HttpResponse:
    """Serve the versions of published guides with their change notes, the newest first."""
    language = asked_language(request) or settings.LANGUAGE_CODE
    with override(language):
        feed = Feed(
            title=_("Guides"),
            subtitle=_("New guides, and what changed in them"),
            page=index_href(),
            address=keeping_language(reverse("guides_feed")),
            language=language,
            entries=[_entry(each) for each in _newest()],
        )
        return feed.answer(request)


def _newest() -> list[GuideVersion]:
    public = GuidePage.objects.live_and_public()
    found = GuideVersion.objects.without_text().filter(guide__in=public.values("pk"))
    guides = Prefetch("guide", GuidePage.objects.without_text())
    return list(found.prefetch_related(guides).order_by("-published_at", "-pk")[:ENTRIES])


def _entry(version: GuideVersion) -> Entry:
    guide = version.guide
    heading = guide.heading
    return Entry(
        kind="guide-version",
        key=f"{guide.pk}-{version.number}",
        title=heading.title,
        path=version.get_absolute_url() if version.number > 1 else guide.url,
        at=version.published_at,
        summary=told(version) if version.number > 1 else heading.summary,
        label=_("Version %(number)d") % {"number": version.number},
        language=heading.language,
    )


def told(version: GuideVersion) -> str:
    """Return the note of a version, and that it is a minor change where it is one."""
    return _("Minor: %(reason)s") % {"reason": version.note} if version.is_minor else version.note
