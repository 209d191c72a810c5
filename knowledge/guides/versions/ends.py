"""The ends of guides that editors ask for, and what a second person's yes does."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.guides.models import GuideEnd, GuidePage
from portal.cms.models import UnpublishRequest
from portal.cms.unpublishing.registry import End, Ends


def _successors(guide: Any) -> Any:
    return GuidePage.objects.live_and_public().exclude(pk=guide.pk).order_by("title")


def _end(guide: GuidePage, request: UnpublishRequest) -> None:
    """Keep how a guide ended, as it was asked for."""
    successor = request.successor_id
    GuideEnd.objects.update_or_create(
        guide_id=guide.pk,
        defaults={
            "kind": request.end,
            "reason": request.reason,
            "ended_at": timezone.now(),
            "successor_id": successor,
        },
    )


ENDS = Ends(
    ends=(
        End(
            GuideEnd.Kind.WITHDRAWN,
            GuideEnd.Kind.WITHDRAWN.label,
            _("The text stays at its address, with the day and your reason above it."),
        ),
        End(
            GuideEnd.Kind.SUPERSEDED,
            GuideEnd.Kind.SUPERSEDED.label,
            _("The text stays at its address, and leads to the guide that takes its place."),
            needs_successor=True,
        ),
        End(
            GuideEnd.Kind.MERGED,
            GuideEnd.Kind.MERGED.label,
            _("Its address leads straight to the guide that it is part of now."),
            needs_successor=True,
        ),
        End(
            GuideEnd.Kind.ERROR,
            GuideEnd.Kind.ERROR.label,
            _("The text and its versions are shown to nobody any more. One sentence says so."),
        ),
    ),
    successors=_successors,
    act=_end,
)
