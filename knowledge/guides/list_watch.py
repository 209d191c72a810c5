"""Guides that are about control-list entries: listed with the entry, and due once it changes."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from wagtail.models import Revision

from knowledge.control_lists.registry import CitedBy, Citing
from knowledge.guides.models import GuidePage
from portal.search.pages import refresh


def pages(entry: Any) -> list[CitedBy]:
    """Return the guides about an entry that readers are shown, by title."""
    found = GuidePage.objects.shown().filter(entries__entry=entry).without_text()
    return [
        CitedBy(each.entry(), each.reviewed_on)
        for each in found.select_related("locale").order_by("title")
    ]


@transaction.atomic
def changed(entry: Any) -> None:
    """
    Make each guide about an entry due on the day from which the newest text applies.

    Only where it was reviewed before that day, and is not due earlier. What is saved of the guide
    and not published yet is due then, too. The search cards follow, for they name the entry.
    """
    versions = entry.versions.order_by("-applies_from")
    day = versions.values_list("applies_from", flat=True).first()
    for guide in GuidePage.objects.filter(entries__entry=entry):
        if day and guide.reviewed_on and guide.reviewed_on < day:
            _due_by(guide, day)
        if guide.live:
            refresh(guide)


def _due_by(guide: GuidePage, day: Any) -> None:
    later = Q(review_due__gt=day) | Q(review_due__isnull=True)
    if GuidePage.objects.filter(later, pk=guide.pk).update(review_due=day):
        newest = Q(pk__in=[guide.live_revision_id, guide.latest_revision_id])
        for revision in guide.revisions.filter(newest | Q(approved_go_live_at__isnull=False)):
            kept = {**revision.content, "review_due": day.isoformat()}
            Revision.objects.filter(pk=revision.pk).update(content=kept)


ABOUT_ENTRIES = Citing(key="guides", pages=pages, changed=changed)
