"""What is due of consultations, on the home page of the admin."""

from collections.abc import Sequence
from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.calls import zones
from consultations.calls.models import ConsultationPage, ConsultationText
from consultations.calls.texts.progress import name_of_words
from consultations.calls.timeline import OUTCOME_DUE
from portal.web.dashboard import MOST, Line, WorkPanel

SOON = timedelta(days=14)


def edit_href(page: ConsultationPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def deadline_of(page: ConsultationPage) -> str:
    """Return its deadline as people read it: the last minute in its own zone."""
    shown = date_format(zones.last_minute(page.closes_at, page.timezone), "DATETIME_FORMAT")
    return f"{shown} ({page.timezone})"


class ClosingSoonPanel(WorkPanel):
    """The consultations that close within a fortnight."""

    name = "closing-soon"
    order = 40
    heading = gettext_lazy("Closing soon")

    def lines(self, request: HttpRequest) -> Sequence[Line]:
        at = timezone.now()
        found = ConsultationPage.objects.live().closing_before(at + SOON, at)
        return [
            Line(page.title, edit_href(page), _("Closes %(when)s") % {"when": deadline_of(page)})
            for page in found.defer_streamfields()[:MOST]
        ]


class WaitingTextsPanel(WorkPanel):
    """The texts in other languages that wait for a second person, for whoever that may be."""

    name = "waiting-texts"
    order = 42
    heading = gettext_lazy("Texts in other languages that wait for you")

    def lines(self, request: HttpRequest) -> Sequence[Line]:
        return [
            Line(
                text.consultation.title,
                reverse("consultation_text", args=[text.consultation_id, text.language]),
                name_of_words(text.language),
            )
            for text in ConsultationText.objects.waiting_for(request.user)[:MOST]
        ]


class OverdueOutcomesPanel(WorkPanel):
    """The consultations that closed more than twelve weeks ago and have no outcome."""

    name = "overdue-outcomes"
    order = 45
    heading = gettext_lazy("Outcomes that are overdue")

    def lines(self, request: HttpRequest) -> Sequence[Line]:
        at = timezone.now()
        found = ConsultationPage.objects.live().owing_outcome(at, closed_before=at - OUTCOME_DUE)
        return [
            Line(
                page.title,
                edit_href(page),
                _("Closed %(day)s; the outcome was due %(due)s")
                % {
                    "day": date_format(page.deadline),
                    "due": date_format(page.closes_at + OUTCOME_DUE),
                },
            )
            for page in found.defer_streamfields()[:MOST]
        ]
