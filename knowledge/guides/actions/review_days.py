"""The days of a guide's review: in what readers see, and in what is saved of it."""

from datetime import date

from django.db.models import Q
from wagtail.models import Revision

from knowledge.guides.models import GuidePage


def set_days(guide: GuidePage, **days: date) -> None:
    """
    Set `reviewed_on`, `review_due` or both on a guide, and leave its text as it is.

    What may yet be published or compared follows: the newest draft, and what waits for its day.
    """
    GuidePage.objects.filter(pk=guide.pk).update(**days)
    newest = Q(pk__in=[guide.live_revision_id, guide.latest_revision_id])
    for revision in guide.revisions.filter(newest | Q(approved_go_live_at__isnull=False)):
        kept = {**revision.content, **{name: day.isoformat() for name, day in days.items()}}
        Revision.objects.filter(pk=revision.pk).update(content=kept)
