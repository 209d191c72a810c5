"""What a consultation needs before it goes live, beside what its fields ask for."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from consultations.calls import zones
from consultations.calls.publishing import opening

# The European Commission's standard; opening for less needs a reason that is published.
USUAL_WEEKS = timedelta(weeks=12)


def missing(page: Any, at: datetime) -> dict[str, Any]:
    """Say by field what a page lacks, and which dates could not be kept if it went live at `at`."""
    errors: dict[str, Any] = {}
    if not page.questionnaire_parts and not page.discussion_enabled:
        errors["questionnaire_parts"] = _("Ask a question, or let people comment.")
    if page.cancelled_at and not page.cancel_reason.strip():
        errors["cancel_reason"] = _("Say why it is cancelled. The reason is published.")
    if page.outcome_published_at and not page.outcome_summary.strip():
        errors["outcome_summary"] = _("Say in short what the outcome is.")
    if not page.opens_at or not page.closes_at:
        return errors
    opens_at = opening.opening_of(page, at)
    if page.closes_at <= opens_at:
        errors["closes_at"] = _("The deadline must be after the publication and the opening.")
    elif _is_short(page, opens_at) and not page.short_notice_reason.strip():
        errors["short_notice_reason"] = _(
            "It is open for less than 12 weeks, counted from its publication or its opening, "
            "whichever is later. Say why; the reason is published."
        )
    return errors


def _is_short(page: Any, opens_at: datetime) -> bool:
    """Count by the clock: a change to summer time does not make twelve weeks too short."""
    span = zones.wall_time(page.closes_at, page.timezone) - zones.wall_time(opens_at, page.timezone)
    return span < USUAL_WEEKS
