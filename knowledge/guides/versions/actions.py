"""Keeping what was published as a version, in the transaction of the publication."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from knowledge.guides.models import GuideEnd, GuidePage, GuideVersion
from knowledge.guides.versions.comparisons import compared, counted
from knowledge.guides.versions.content import digest_of, frozen
from portal.record.actions import append
from portal.search.cards import renew

KIND = "guide.version"
CARD = "guide"


@transaction.atomic
def keep_version(guide: GuidePage, at: datetime) -> GuideVersion | None:
    """
    Keep what a guide says as its next version, and state its digest in the record.

    Returns None, and keeps nothing, where it says what its last version says.
    """
    GuidePage.objects.select_for_update(of=("self",)).get(pk=guide.pk)  # of two, one after another
    content = frozen(guide)
    digest = digest_of(content)
    last = guide.published_versions.first()
    if last is not None and last.digest == digest:
        return None
    number = last.number + 1 if last else 1
    added, removed = counted(compared(last.content, content)) if last else (0, 0)
    entry = append(
        kind=KIND,
        statement={
            "guide": guide.slug,
            "language": guide.content_language,
            "version": number,
            "sha256": digest,
        },
        public=True,
        at=at,
    )
    version = GuideVersion.objects.create(
        guide=guide,
        number=number,
        published_at=guide.last_published_at or at,
        note=guide.change_note.strip() if last else "",
        is_minor=bool(last and guide.is_minor_change),
        content=content,
        words_added=added,
        words_removed=removed,
        digest=digest,
        record_leaf=entry.leaf,
    )
    if version.is_news:
        renew(CARD, str(guide.pk), at)
    return version


def keep_published(instance: GuidePage, **kwargs: Any) -> None:
    """Keep a version of a guide that has just gone live (`page_published`): it has not ended."""
    guide = GuidePage.objects.get(pk=instance.pk)
    if guide.live:
        GuideEnd.objects.filter(guide=guide).delete()
        keep_version(guide, timezone.now())


def begin_versions() -> int:
    """Keep the first version of each published guide that has none; return how many there were."""
    without = GuidePage.objects.live().filter(published_versions__isnull=True)
    for guide in without:
        keep_version(guide, timezone.now())
    return len(without)
