"""
What a guide says of itself beside its text: what it is in law, who reviewed and who used it, and
what a consultation changed, in it and on the consultation.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from knowledge.guides.models import GuideInfluence, GuidePage, InstitutionReview, StateUse
from knowledge.guides.parts import GuidePart
from portal.cms.blocks import anchors
from portal.cms.models.in_every_language import one_of_each
from portal.cms.wings.influences import Asked, Change, shown


@dataclass(frozen=True)
class Influence:
    """Change because of a consultation; `href` leads to its part, "" for the whole guide."""

    part: str
    href: str
    what: str
    asked: Asked
    language: str


def influences_of(guide: GuidePage, _request: HttpRequest) -> list[Influence] | None:
    """Return what consultations changed that everybody may read; None where there is nothing."""
    return _influences(guide) or None


def beneath_headings(guide: GuidePage, _request: HttpRequest) -> dict[str, list[Influence]] | None:
    """Return the same by the fragments of the headings that they stand under."""
    found: dict[str, list[Influence]] = {}
    for each in _influences(guide):
        if each.href:
            found.setdefault(each.href.removeprefix("#"), []).append(each)
    return found or None


def _influences(guide: GuidePage) -> list[Influence]:
    """Ask for both places at once: one query, and two more where there is any."""
    if "_influences" not in guide.__dict__:
        rows = guide.rows("influences")
        asked = shown({row.consultation for row in rows})
        there = anchors(guide.body) if asked else {}
        guide.__dict__["_influences"] = [
            Influence(
                row.part,
                _fragment(there, row.part),
                row.what,
                asked[row.consultation],
                guide.written_in,
            )
            for row in rows
            if row.consultation in asked
        ]
    kept: list[Influence] = guide.__dict__["_influences"]
    return kept


def _fragment(there: dict[str, str], part: str) -> str:
    return f"#{there[part]}" if part in there else ""


def changes_from(consultation: str) -> Iterator[Change]:
    """
    Yield what a consultation changed in guides that everybody may read. Two queries at most.

    Of a guide and its translations that say so, the one for the reader.
    """
    rows = list(GuideInfluence.objects.filter(consultation=consultation))
    there: dict[Any, GuidePage] = {}
    if rows:
        guides = GuidePage.objects.live_and_public().filter(pk__in={row.guide_id for row in rows})
        there = one_of_each(guides).in_bulk()
    for row in rows:
        if guide := there.get(row.guide_id):
            fragment = _fragment(anchors(guide.body), row.part)
            language = guide.written_in
            yield Change(guide.title, f"{guide.url}{fragment}", row.part, row.what, language)


def in_law(guide: GuidePage, _request: HttpRequest) -> str | None:
    """Return the line that says what a guide is in law; None where it has none."""
    return guide.legal_status or None


def reviewed_by(guide: GuidePage, _request: HttpRequest) -> Sequence[InstitutionReview] | None:
    """Return the institutions that reviewed a guide; None where there is none."""
    return guide.rows("institution_reviews") or None


def used_by(guide: GuidePage, _request: HttpRequest) -> Sequence[StateUse] | None:
    """Return the states that used a guide; None where there is none."""
    return guide.rows("state_uses", "state", "source") or None


IN_LAW = GuidePart("in-law", "status", "knowledge/guides/trust/in_law.html", in_law)
REVIEWED_BY = GuidePart(
    "institution-reviews",
    "about",
    "knowledge/guides/trust/reviewed_by.html",
    reviewed_by,
)
USED_BY = GuidePart(
    "state-uses",
    "about",
    "knowledge/guides/trust/used_by.html",
    used_by,
)
INFLUENCES = GuidePart(
    "influences",
    "about",
    "knowledge/guides/influences.html",
    influences_of,
)
AT_HEADINGS = GuidePart(
    "influences-beneath", "beneath", "knowledge/guides/influence_beneath.html", beneath_headings
)
