"""What waits of responses, on the home page of the admin: for screeners, and for analysts."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import Component

from consultations.moderation.admin_views.waiting import rows_for
from consultations.moderation.models import Clearance
from consultations.moderation.queries import CameIn, came_in, unpublished, waiting
from portal.web.dashboard import MOST, Line, WorkPanel

NEW = timedelta(days=7)


class WaitingPanel(Component):
    """A count of the responses that wait, and since when."""

    name = "responses"
    order = 60
    template_name = "moderation/waiting_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {
            "waiting": waiting(),
            "unpublished": unpublished(),
            "href": reverse("screen_responses"),
            "second": len([row for row in rows_for(parent_context["request"].user) if row.is_mine]),
        }


class AnalysisPanel(WorkPanel):
    """The consultations that take responses or are in analysis: how much there is, what is new."""

    name = "analysis"
    order = 58
    heading = gettext_lazy("Consultations to analyse")
    empty = gettext_lazy("No consultation is open or in analysis.")

    def lines(self, request: HttpRequest) -> Sequence[Line]:
        now = timezone.now()
        found = came_in(now, since=timezone.localdate() - NEW)[:MOST]
        return [
            line
            for each in found
            for line in (
                Line(each.title, _responses_of(each.docket), _told(each, now.date())),
                *_exports(each),
            )
        ]


def _responses_of(docket: str) -> str:
    return f"{reverse('screen_responses')}?{urlencode({'consultation': docket})}"


def _told(each: CameIn, today: date) -> str:
    """Say how far a consultation is, and what came in."""
    closed = _("closed on %(day)s") if each.deadline.date() < today else _("closes on %(day)s")
    # Translators: closed is “closed on 3 May 2027” or “closes on 3 May 2027”.
    return _(
        "%(docket)s, %(closed)s. Responses: %(responses)d, new in the last seven days: %(new)d, "
        "not screened yet: %(waiting)d."
    ) % {
        "docket": each.docket,
        "closed": closed % {"day": date_format(each.deadline)},
        "responses": each.responses,
        "new": each.new,
        "waiting": each.waiting,
    }


def _exports(each: CameIn) -> list[Line]:
    """Return the way to what is published of it, as a spreadsheet."""
    if not each.published:
        return []
    href = reverse("publication:export", args=[each.slug, "csv"])
    text = _("Spreadsheet of what is published: %(docket)s") % {"docket": each.docket}
    return [Line(text, href, _("Published responses: %(n)d.") % {"n": each.published})]


class ClearancesPanel(WorkPanel):
    """The clearances that somebody else proposed, which wait for a second administrator."""

    name = "clearances"
    order = 80
    heading = gettext_lazy("Clearances that wait for a second person")

    def lines(self, request: HttpRequest) -> Sequence[Line]:
        found = Clearance.objects.proposed().exclude(proposed_by=request.user.pk)
        return [
            Line(
                str(each.person or _("Former member")),
                reverse("clearances"),
                _("%(name)s proposed it on %(day)s.")
                % {
                    "name": each.proposed_by or _("Somebody"),
                    "day": date_format(each.proposed_on),
                },
            )
            for each in found.exclude(person=request.user.pk)[:MOST]
        ]
