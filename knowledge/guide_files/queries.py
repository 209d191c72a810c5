"""How files of guides are found, and which guides wait for one."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from knowledge.guides.models import GuidePage


class GuideFileQuerySet(models.QuerySet):
    def current(self, guide: GuidePage) -> "GuideFileQuerySet":
        """Keep the file of a guide as it was published last; none where it could not be made."""
        return self.filter(guide=guide, published_at=guide.last_published_at, size__gt=0)

    def without_content(self) -> "GuideFileQuerySet":
        """Leave the file itself in the database."""
        return self.defer("content")

    def of_no_reader(self) -> "GuideFileQuerySet":
        """Keep those of guides that were taken down or may not be read by everybody."""
        return self.exclude(guide__in=GuidePage.objects.live_and_public())


def waiting(files: "GuideFileQuerySet", on: date) -> Any:
    """
    Return the guides whose file is missing, older than what is published, or not checked on a day.

    What was published last comes first.
    """
    done = files.filter(
        guide=OuterRef("pk"), published_at=OuterRef("last_published_at"), checked_on__gte=on
    )
    public = GuidePage.objects.live_and_public().filter(last_published_at__isnull=False)
    return public.exclude(Exists(done)).order_by("-last_published_at")
