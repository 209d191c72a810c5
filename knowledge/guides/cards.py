"""Guides in the search index."""

from collections.abc import Collection
from datetime import UTC, datetime, time

from django.utils import timezone
from django.utils.translation import gettext

from knowledge.guides.facets import card_facets
from knowledge.guides.models import GuidePage, GuideVersion
from knowledge.guides.readers import READER, readers_of
from knowledge.sources.marks import citations_in, without_labels
from portal.search.cards import CardData
from portal.search.registry import numbers


def card_of(guide: GuidePage) -> CardData:
    """Return the card of a published guide; dated by its last review: that is what readers ask."""
    return CardData(
        kind="guide",
        key=str(guide.pk),
        title=guide.title,
        url=guide.url,
        summary=guide.summary,
        body=" ".join(
            [
                without_labels(
                    " ".join(guide.body.stream_block.get_searchable_content(guide.body)),
                    citations_in(guide.body.get_prep_value()),
                ),
                guide.source_title,
                guide.jurisdiction,
                *(f"{each.title} {each.short_name}" for each in guide.sources.all()),
                *(" ".join([*each.codes, each.title]) for each in guide.list_entries),
            ]
        ),
        language=guide.content_language,
        state=guide.state.iso2 if guide.state else "",
        date=_noon(guide),
        headings=_headings(guide),
        facets={**card_facets(guide), READER: readers_of(guide)},
    )


def _headings(guide: GuidePage) -> dict[str, tuple[str, str]]:
    """Return titles and summaries in other languages, but for those that have a translation."""
    found = guide.headings()
    if found:
        versions = GuidePage.objects.live_and_public().filter(translation_key=guide.translation_key)
        there = set(versions.values_list("content_language", flat=True))
        found = {code: each for code, each in found.items() if code not in there}
    return {code: (each.title, each.summary) for code, each in found.items()}


def marks_of(keys: Collection[str]) -> dict[str, str]:
    """Return what readers must be told of guides today, by key: that their review is overdue."""
    overdue = GuidePage.objects.live().filter(review_due__lt=timezone.localdate())
    found = overdue.filter(pk__in=numbers(keys)).values_list("pk", flat=True)
    return {str(pk): gettext("Review overdue") for pk in found}


def notes_of(keys: Collection[str]) -> dict[str, str]:
    """Return what changed in the newest version of guides that are news again, by key."""
    newest = GuideVersion.objects.without_text().newest().filter(guide__in=numbers(keys))
    return {
        str(each.guide_id): gettext("What changed: %(note)s") % {"note": each.note}
        for each in newest
        if each.is_news
    }


def _noon(guide: GuidePage) -> datetime | None:
    """Return a day as a moment of that day in every zone that people live in, or nearly."""
    if guide.reviewed_on is None:
        return None
    return datetime.combine(guide.reviewed_on, time(12), UTC)
