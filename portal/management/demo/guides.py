"""Guides to real public documents, and the order in which officials who begin take them."""

from datetime import datetime
from typing import Any

from knowledge.control_lists.models import ListEntry
from knowledge.guides.models import (
    GuideChange,
    GuideEntry,
    GuideIndexPage,
    GuidePage,
    InstitutionReview,
    Owner,
    StillTrue,
)
from knowledge.learning.models import LearningPage
from knowledge.sources.models import Source
from portal.cms.models.page_translation import as_translated
from portal.management import page_text
from portal.management.demo.content import day, entries, read
from portal.management.guide_blocks import blocks_from
from portal.stakeholders.models import State, User


def load_guides(now: datetime) -> None:
    """
    Publish each guide that is not there yet, in the tree of its language.

    They go live without the two people that a guide otherwise needs: nobody wrote them.
    """
    there = set(GuidePage.objects.values_list("slug", flat=True))
    indexes = {index.locale.language_code: index for index in GuideIndexPage.objects.all()}
    for entry in entries("guide", "guides*.toml"):
        if entry["slug"] not in there:
            page = guide(entry, now)
            page.locale = indexes[entry["language"]].locale
            if "translates" in entry:
                original = GuidePage.objects.get(slug=entry["translates"])
                page.translation_key = original.translation_key
            page = indexes[entry["language"]].add_child(instance=page)
            page.save_revision().publish(skip_permission_checks=True)
            if "translates" in entry:
                as_translated(page, original).save()


def guide(entry: dict[str, Any], now: datetime) -> GuidePage:
    """Return an unsaved guide made of one entry of the content file, with its change notes."""
    page = GuidePage(
        slug=entry["slug"],
        title=entry["title"],
        summary=entry["summary"],
        # Sections of a heading and a text, or blocks of every kind.
        body=page_text.body(sections=entry.get("section", []))
        + blocks_from(entry.get("block", [])),
        document_type=entry["document_type"],
        commitments=entry["commitments"],
        stages=entry["stages"],
        technologies=entry["technologies"],
        audiences=entry["audiences"],
        rights=entry["rights"],
        level=entry["level"],
        content_language=entry["language"],
        unit=Owner.objects.named(entry["owner"]),
        legal_status=entry.get("legal_status", ""),
        jurisdiction=entry["jurisdiction"],
        state=State.objects.get(iso2=entry["state"]) if "state" in entry else None,
        source_title=entry["source_title"],
        # What was written for the portal has neither.
        source_url=entry.get("source_url", ""),
        source_date=entry.get("source_date", ""),
        further_sources=[
            ("source", Source.objects.get(key=key)) for key in entry.get("further_sources", [])
        ],
        reviewed_on=day(now, -entry["reviewed_on"]),
        review_due=day(now, entry["review_due"]),
    )
    page.entries = [
        GuideEntry(entry=ListEntry.objects.get(number=number), sort_order=place)
        for place, number in enumerate(entry.get("entries", []))
    ]
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
    return page


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
