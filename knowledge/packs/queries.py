"""How what is packed is found, and which guides wait for it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from knowledge.guide_files.models import GuideFile
from knowledge.guides.models import GuidePage


class PackedGuideQuerySet(models.QuerySet):
    def current(self) -> "PackedGuideQuerySet":
        """Keep those of guides that everybody may read, packed as they were published last."""
        public = GuidePage.objects.live_and_public().filter(pk=OuterRef("pk"))
        return self.filter(Exists(public.filter(last_published_at=OuterRef("published_at"))))

    def of_no_reader(self) -> "PackedGuideQuerySet":
        """Keep those of guides that were taken down or may not be read by everybody."""
        return self.exclude(guide__in=GuidePage.objects.live_and_public())

    def sizes(self) -> dict[int, int]:
        """Return the bytes of each guide's files, by the guide's key."""
        return dict(self.current().values_list("pk", "size"))


def waiting(packed: PackedGuideQuerySet, on: date) -> Any:
    """Return the guides that are not packed as published, PDF included, or not on a day."""
    pdf = GuideFile.objects.filter(
        guide=OuterRef("pk"), published_at=OuterRef("published_at"), size__gt=0
    )
    done = packed.filter(
        pk=OuterRef("pk"),
        published_at=OuterRef("last_published_at"),
        checked_on__gte=on,
        pdf_digest=Coalesce(Subquery(pdf.values("digest")[:1]), Value("")),
    )
    return public_guides().exclude(Exists(done)).order_by("-last_published_at")


def public_guides() -> Any:
    """Return the guides that everybody may read and that a pack can hold."""
    return GuidePage.objects.live_and_public().filter(last_published_at__isnull=False)


def chosen(keys: Sequence[int]) -> list[GuidePage]:
    """Return guides of these keys that everybody may read, in an order that is always the same."""
    found = public_guides().filter(pk__in=keys).select_related("locale", "unit", "state")
    return list(found.order_by("locale__language_code", "slug"))
