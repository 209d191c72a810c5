"""Guides of several versions, and one that another took the place of."""

import json
from datetime import datetime, timedelta
from typing import Any

from knowledge.guides.models import GuidePage, GuideVersion
from portal.cms.unpublishing.actions import ask_to_unpublish, unpublish_as_asked
from portal.management.demo.content import read
from portal.management.demo.work import of_demo


def load_versions(now: datetime) -> None:
    """Publish what is in `versions.toml` of each guide, unless it is there."""
    for entry in read("versions.toml")["guide"]:
        guide = GuidePage.objects.get(slug=entry["slug"])
        if guide.published_versions.count() > 1:
            continue
        published_on(guide, 1, now - timedelta(days=entry["first"]))
        begun = guide.body.get_prep_value()
        for number, version in enumerate(entry["version"], 2):
            publish(guide, begun, version)
            published_on(guide, number, now - timedelta(days=version["days_ago"]))
        if "superseded_by" in entry:
            supersede(GuidePage.objects.get(pk=guide.pk), entry)


def publish(guide: GuidePage, begun: list[dict[str, Any]], version: dict[str, Any]) -> None:
    """Publish what a guide said at first, with a paragraph of this version at its end."""
    page = GuidePage.objects.get(pk=guide.pk)
    last = {"type": "paragraph", "value": f"<p>{version['text']}</p>"}
    page.body = json.dumps([*begun, last])
    page.change_note, page.is_minor_change = version["note"], version["minor"]
    page.save_revision().publish(skip_permission_checks=True)


def published_on(guide: GuidePage, number: int, at: datetime) -> None:
    """Put a version at the day on which it would have been published."""
    GuideVersion.objects.filter(guide=guide, number=number).update(published_at=at)


def supersede(guide: GuidePage, entry: dict[str, Any]) -> None:
    """Have one editor ask for the end of a guide, and another one decide."""
    asked = ask_to_unpublish(
        page=guide,
        by=of_demo("editor"),
        reason=entry["reason"],
        end="superseded",
        successor=GuidePage.objects.get(slug=entry["superseded_by"]),
    )
    unpublish_as_asked(request=asked, by=of_demo("approver"))
