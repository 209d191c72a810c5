"""The guides of the library, as a portal has them that has run for a while, and how to begin."""

from datetime import datetime
from typing import Any

from knowledge.guides.models import (
    GuideChange,
    GuideIndexPage,
    GuidePage,
    InstitutionReview,
    Owner,
    StillTrue,
)
from knowledge.learning.models import LearningPage
from knowledge.sources.models import Source
from portal.management import page_text
from portal.management.demo.content import day, entries, read
from portal.management.library.loading import load_library
from portal.stakeholders.models import User

# Days since the library was checked, as the demonstration has it.
CHECKED = 34
SUPERSEDED = "superseded.toml"
TERMS = ("document_type", "commitments", "stages", "technologies", "audiences", "rights", "level")


def load_guides(now: datetime) -> None:
    """Publish the library as far as it is not there, and a guide that another will supersede."""
    told = {entry["slug"]: entry for entry in entries("guide", "library.toml")}

    def fill(page: GuidePage) -> None:
        fill_in(page, told.get(page.slug, {}), now)

    load_library(print, checked_on=day(now, -CHECKED), fill=fill)
    load_superseded(now)


def fill_in(page: GuidePage, entry: dict[str, Any], now: datetime) -> None:
    """Give an unsaved guide of the library what the demonstration adds to it."""
    if "review_due" in entry:
        page.reviewed_on = day(now, -entry["reviewed_on"])
        page.review_due = day(now, entry["review_due"])
    page.institution_reviews = [
        InstitutionReview(
            institution=review["institution"],
            reviewed_on=day(now, -review["reviewed_on"]),
            sort_order=place,
        )
        for place, review in enumerate(entry.get("review", []))
    ]
    page.changes = [
        GuideChange(changed_on=day(now, -change["changed_on"]), note=change["note"])
        for change in entry.get("change", [])
    ]


def load_superseded(now: datetime) -> None:
    """Publish the guides that are not of the library, in English."""
    index = GuideIndexPage.objects.get(locale__language_code="en")
    for entry in entries("guide", SUPERSEDED):
        if not GuidePage.objects.filter(slug=entry["slug"]).exists():
            page = GuidePage(
                slug=entry["slug"],
                locale=index.locale,
                title=entry["title"],
                summary=entry["summary"],
                body=page_text.body(sections=entry["section"]),
                **{name: entry[name] for name in TERMS},
                content_language="en",
                unit=Owner.objects.named(entry["owner"]),
                legal_status=entry["legal_status"],
                jurisdiction=entry["jurisdiction"],
                source_title=entry["source_title"],
                further_sources=[
                    ("source", source)
                    for source in Source.objects.filter(key__in=entry["further_sources"])
                ],
                reviewed_on=day(now, -entry["reviewed_on"]),
                review_due=day(now, entry["review_due"]),
            )
            index.add_child(instance=page).save_revision().publish(skip_permission_checks=True)


def load_learning() -> None:
    """Fill the capacity-building pages, but for those that an editor has filled."""
    for page in LearningPage.objects.all():
        if not page.steps:
            fill_learning(page, read("learning.toml", page.locale.language_code))


def fill_learning(page: LearningPage, content: dict[str, Any]) -> None:
    page.title = content["learning"]["title"]
    page.summary = content["learning"]["summary"]
    page.introduction = page_text.body(text=content["learning"]["intro"])
    page.steps = [
        ("step", {key: entry[key] for key in ("title", "summary", "stages", "levels")})
        for entry in content["step"]
    ]
    page.save_revision().publish()


def load_owners(now: datetime) -> None:
    """Give the owners mailboxes that answered, and find one guide still true, to be confirmed."""
    for number, owner in enumerate(Owner.objects.filter(mailbox="").order_by("pk"), 1):
        owner.mailbox = f"desk-{number}@office.example"
        owner.deputy_name, owner.deputy_mailbox = "A. Deputy", f"deputy-{number}@office.example"
        # The first one has not answered yet.
        owner.mailbox_verified_on = day(now, -60) if number > 1 else None
        owner.deputy_verified_on = owner.mailbox_verified_on
        owner.save()
    editor = User.objects.get(email="editor@demo.example")
    due = GuidePage.objects.due_for_review(day(now, 365)).filter(review_due__gt=day(now, 0))
    guide = due.filter(content_language="en", has_unpublished_changes=False).first()
    if guide and not StillTrue.objects.exists():
        StillTrue.objects.create(
            guide=guide,
            asked_by=editor,
            note="Compared with each source at its address. Nothing has changed.",
            review_due=day(now, 365),
        )
