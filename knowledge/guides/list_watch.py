"""Guides that are about control-list entries: listed with the entry, and due once it changes."""

from datetime import date
from typing import Any

from django.db import transaction

from knowledge.control_lists.registry import CitedBy, Citing
from knowledge.guides.actions.review_days import set_days
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
        if day and _is_earlier(day, guide):
            set_days(guide, review_due=day)
        if guide.live:
            refresh(GuidePage.objects.get(pk=guide.pk))


def _is_earlier(day: date, guide: GuidePage) -> bool:
    """Say whether a guide was reviewed before a day and is due after it."""
    was_before = guide.reviewed_on is not None and guide.reviewed_on < day
    return was_before and (guide.review_due is None or guide.review_due > day)


ABOUT_ENTRIES = Citing(key="guides", pages=pages, changed=changed)
