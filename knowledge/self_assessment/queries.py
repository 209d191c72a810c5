"""The guides that help with what comes next."""

from collections.abc import Iterable, Sequence

from django.utils.translation import get_language

from knowledge.guides.facets import terms_of
from knowledge.guides.models import GuidePage
from portal.taxonomy.vocabularies import AUDIENCE, STAGE

MOST = 2
Guides = Sequence[GuidePage]


def all_guides() -> list[GuidePage]:
    """Return the guides that anybody may read, the reader's language first. One query."""
    guides = GuidePage.objects.shown().without_text().order_by("title", "pk")
    reader = get_language()
    return sorted(guides, key=lambda each: each.content_language != reader)


def of_stage(guides: Guides, stage: str, level: str) -> list[GuidePage]:
    """Return two guides of a stage at a level."""
    found = (each for each in guides if stage in terms_of(each)[STAGE.key])
    return [each for each in found if each.level == level][:MOST]


def for_exporters(guides: Guides, stages: Iterable[str]) -> list[GuidePage]:
    """Return two guides of any of the stages that are written for exporters or universities."""
    wanted, readers = set(stages), {"exporter", "university"}
    return [
        each
        for each in guides
        if not wanted.isdisjoint(terms_of(each)[STAGE.key])
        and not readers.isdisjoint(terms_of(each)[AUDIENCE.key])
    ][:MOST]
