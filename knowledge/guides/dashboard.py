"""Guides whose review is due, and reviews to be confirmed, on the home page of the admin."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.permissions import page_permission_policy

from knowledge.guides.models import GuidePage, StillTrue
from knowledge.guides.permissions import user_can_confirm
from knowledge.guides.reports import HORIZON
from portal.web.dashboard import MOST, Line, WorkPanel


class ReviewsDuePanel(WorkPanel):
    """The guides to review next; the report has them all."""

    name = "reviews-due"
    order = 30
    heading = gettext_lazy("Guides due for review")
    more_words = gettext_lazy("All guides due within 90 days")

    def more_href(self) -> str:
        return reverse("guides_due")

    def lines(self, request: HttpRequest) -> Sequence[Line]:
        today = timezone.localdate()
        mine = page_permission_policy.instances_user_has_permission_for(request.user, "change")
        found = GuidePage.objects.due_for_review(today + HORIZON).without_text()
        return [
            Line(guide.title, reverse("still_true", args=[guide.pk]), _due(guide))
            for guide in found.filter(pk__in=mine.values("pk"))[:MOST]
        ]


class ToConfirmPanel(WorkPanel):
    """The guides that somebody found still true, for whoever may confirm it."""

    name = "still-true"
    order = 25
    heading = gettext_lazy("Found still true, to be confirmed")

    def lines(self, request: HttpRequest) -> Sequence[Line]:
        return [
            Line(
                asked.guide.title,
                reverse("confirm_still_true", args=[asked.pk]),
                _("Asked by %(name)s") % {"name": asked.asked_by} if asked.asked_by else "",
            )
            for asked in StillTrue.objects.waiting()[:MOST]
            if user_can_confirm(request.user, asked)
        ]


def _due(guide: GuidePage) -> str:
    day = date_format(guide.review_due) if guide.review_due else ""
    if guide.is_overdue(timezone.localdate()):
        return _("Overdue since %(day)s") % {"day": day}
    return _("Due %(day)s") % {"day": day}
