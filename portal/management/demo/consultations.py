"""Three consultations: one open, one about to close, one with its outcome."""

from datetime import datetime, timedelta
from typing import Any

from wagtail.models import Locale, Page

from consultations.calls.models import ConsultationIndexPage, ConsultationPage, Extension
from portal.management import page_text
from portal.management.demo.content import midnight_after, morning_of, read
from portal.management.demo.questionnaires import questionnaire_of
from portal.stakeholders.models import Organisation


def load_consultations(now: datetime) -> None:
    """Publish each consultation that is not there yet, its dates counted from `now`."""
    index = ConsultationIndexPage.objects.get(locale=Locale.get_default())
    there = set(Page.objects.child_of(index).values_list("slug", flat=True))
    for entry in read("consultations.toml")["consultation"]:
        if entry["slug"] not in there:
            page = consultation(entry, now)
            page.first_published_at = page.opens_at  # so that it has opened then
            page = index.add_child(instance=page)
            page.save_revision().publish()
            load_extension(page, entry, now)


def consultation(entry: dict[str, Any], now: datetime) -> ConsultationPage:
    """Return an unsaved consultation made of one entry of the content file."""
    outcome_summary, _, outcome_text = entry.get("outcome", "").strip().partition("\n\n")
    return ConsultationPage(
        slug=entry["slug"],
        title=entry["title"],
        summary=entry["summary"],
        host=Organisation.objects.get(name=entry["host"]),
        timezone=entry["zone"],
        opens_at=morning_of(now, entry["opens_days"], entry["zone"]),
        closes_at=deadline(entry, now),
        background=page_text.body(text=entry["background"]),
        questionnaire_parts=questionnaire_of(entry["slug"]),
        groups=entry["groups"],
        asks_on_behalf=entry["asks_on_behalf"],
        decided_already=entry["decided"],
        can_change=entry["open"],
        who_decides=entry["decides"],
        commitments=entry["commitments"],
        stages=entry["stages"],
        technologies=entry["technologies"],
        contact_email="consultation-desk@secretariat.example",
        outcome_summary=outcome_summary,
        outcome_text=page_text.body(text=outcome_text),
        outcome_published_at=(
            morning_of(now, entry["outcome_published_days"], entry["zone"])
            if outcome_summary
            else None
        ),
        dispositions=[
            (
                "disposition",
                {
                    "theme": disposition["theme"],
                    "said": page_text.rich_text(disposition["said"]),
                    "did": page_text.rich_text(disposition["did"]),
                },
            )
            for disposition in entry.get("disposition", [])
        ],
    )


def deadline(entry: dict[str, Any], now: datetime) -> datetime:
    """Return the exclusive end of a day in the consultation's zone, nearest to `closes_hours`."""
    if "closes_hours" in entry:
        return midnight_after(now + timedelta(hours=entry["closes_hours"] - 12), 0, entry["zone"])
    return midnight_after(now, entry["closes_days"], entry["zone"])


def load_extension(page: ConsultationPage, entry: dict[str, Any], now: datetime) -> None:
    """Load the extension in the past that the entry tells of, if any."""
    if entry["extended"]:
        Extension.objects.create(
            consultation=page,
            previous_closes_at=midnight_after(now, entry["original_closes_days"], entry["zone"]),
            new_closes_at=page.closes_at,
            reason=entry["extension_reason"],
            decided_at=morning_of(now, entry["extended_on_days"], entry["zone"]),
        )
