"""What a consultation's page says of it to people in a list, and to machines."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consultations.calls.phases import Phase, phase_of
from consultations.calls.zones import wall_time
from portal.cms.sharing.drawing import SharingCard
from portal.languages import easy_words
from portal.taxonomy.vocabularies import COMMITMENT, GROUP, STAGE, TECHNOLOGY


def terms(page: Any) -> list[dict[str, Any]]:
    """Say what a consultation concerns, and whom it asks first, as facts."""
    return [
        {"key": vocabulary.label, "value": ", ".join(map(vocabulary.label_of, keys))}
        for vocabulary, keys in (
            (GROUP, page.groups),
            (COMMITMENT, page.commitments),
            (STAGE, page.stages),
            (TECHNOLOGY, page.technologies),
        )
    ]


def event(page: Any) -> dict[str, Any]:
    """Describe it as an event of schema.org, which lasts from its opening to its deadline."""
    status = "EventCancelled" if page.cancelled_at else "EventScheduled"
    return {
        "@type": "Event",
        "name": page.title,
        "description": page.summary,
        "identifier": page.docket,
        "startDate": page.opens_at.isoformat(),
        "endDate": page.closes_at.isoformat(),
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": page.full_url},
        "organizer": {"@type": "Organization", "name": page.host.name},
        "isAccessibleForFree": True,
        "inLanguage": _words_of(page),
    }


def _words_of(page: Any) -> str:
    """Return the language of its words by BCP 47, which has a variant for easy ones."""
    language = page.language_of("title")
    is_easy = page.is_in_easy_words and not page.is_standard("title")
    return easy_words.tag_of(language) if is_easy else language


def sharing_card(page: Any, at: datetime) -> SharingCard:
    """Return what its card says at an aware instant: a day of its life, by its own zone."""
    phase = phase_of(page, at)
    moments = {
        Phase.SCHEDULED: (_("Opens on %(day)s"), page.opens_at),
        Phase.OPEN: (_("Open until %(day)s"), page.deadline),
        Phase.CLOSED: (_("Closed on %(day)s"), page.deadline),
        Phase.OUTCOME: (_("Outcome published on %(day)s"), page.outcome_published_at),
        Phase.CANCELLED: (_("Cancelled on %(day)s"), page.cancelled_at),
    }
    words, moment = moments[phase]
    fact = words % {"day": date_format(wall_time(moment, page.timezone))}
    return SharingCard(settings.SITE_NAME, _("Consultation"), page.title, fact, phase is Phase.OPEN)


def citation(page: Any) -> dict[str, Any]:
    """Return what reference managers read of a consultation: they file it as a report."""
    return {
        "title": page.title,
        "technical_report_institution": page.host.name,
        "technical_report_number": page.docket,
        "publication_date": f"{wall_time(page.opens_at, page.timezone):%Y/%m/%d}",
        "language": page.language_of("title"),
    }


def changed_at(page: Any, at: datetime) -> datetime | None:
    """Return when what the page says last changed before an aware instant: time changes it too."""
    moments = [page.last_published_at, page.opens_at, page.closes_at, page.outcome_published_at]
    if phase_of(page, at) is Phase.CANCELLED:
        moments = [page.last_published_at, page.cancelled_at]
    return max((moment for moment in moments if moment and moment <= at), default=None)
