"""The material gathered for officials: found by facets, shown by stage, the nearest where none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils.translation import gettext as _

from knowledge.guides.facets import TEACHING
from knowledge.guides.models import GuidePage
from portal.cms.shelves import Teaser
from portal.search.listing import Listing
from portal.search.query import TITLE, FacetOption
from portal.taxonomy.vocabularies import STAGE
from portal.web.addresses import href

FACETS = ("stage", "level", "type", "language")
PER_PAGE = 60
SUGGESTIONS_PER_FACET = 3


@dataclass(frozen=True)
class StageGroup:
    """The material of one stage, from the first level to the last; `key` addresses it."""

    key: str
    label: str
    entries: Sequence[Teaser]


@dataclass(frozen=True)
class Suggestion:
    """A choice that would answer where the present one does not."""

    text: str
    count: int
    href: str


def read_material(request: HttpRequest) -> Listing:
    """
    Return the published training, templates, case studies and checklists that the address asks for.

    Raises Http404 for a page beyond the end.
    """
    return Listing.of(
        request,
        facets=FACETS,
        fixed={"kind": ["guide"], **TEACHING},
        sort=TITLE,
        per_page=PER_PAGE,
    )


def by_stage(listing: Listing) -> list[StageGroup]:
    """
    Return what was found, each under the first of its stages (of those chosen, if some are).

    Its other stages are named beside it, so that nothing is listed twice. Material that serves
    every stage stands in a group of its own at the end. One query.
    """
    found = [guide for _hit, guide in GuidePage.objects.found(listing.hits)]
    found.sort(key=lambda guide: (guide.level, guide.title))
    chosen = listing.filters.get(STAGE.key) or STAGE.keys
    groups = []
    listed: set[int] = set()
    for stage in [stage for stage in STAGE if stage.key in chosen]:
        guides = [guide for guide in found if stage.key in guide.stages and guide.pk not in listed]
        listed |= {guide.pk for guide in guides}
        entries = [_entry(guide, stage.key) for guide in guides]
        groups.append(StageGroup(stage.key, str(stage.label), entries))
    every = [guide.entry() for guide in found if not guide.stages]
    groups.append(StageGroup("every-stage", _("Every stage"), every))
    return [group for group in groups if group.entries]


def _entry(guide: GuidePage, under: str) -> Teaser:
    """Return a guide as it is listed under one stage, with the others for which it serves."""
    entry = guide.entry()
    others = [
        str(stage.label) for stage in STAGE if stage.key in guide.stages and stage.key != under
    ]
    if not others:
        return entry
    return replace(
        entry, meta=[*entry.meta, _("Also for: %(stages)s") % {"stages": ", ".join(others)}]
    )


def nearest(listing: Listing) -> list[Suggestion]:
    """
    Single choices to change so that something answers: the nearest levels, the fullest others.

    Read from the counts of the answer itself; empty where two choices would have to change.
    """
    suggestions = []
    for group in listing.facets:
        chosen = listing.filters.get(group.name, ())
        options = [option for option in group.options if option.count and not option.selected]
        if not chosen:
            continue
        if group.name == "level":
            options.sort(key=lambda option: min(abs(int(option.value) - int(c)) for c in chosen))
        else:
            options.sort(key=lambda option: -option.count)
        for option in options[:SUGGESTIONS_PER_FACET]:
            text = f"{group.label}: {option.label}"
            href = _changed(listing, group.name, option)
            suggestions.append(Suggestion(text, option.count, href))
    return suggestions


def _changed(listing: Listing, facet: str, option: FacetOption) -> str:
    pairs = [pair for pair in listing.filter_pairs if pair[0] != facet]
    return href(pairs, listing.path, **{facet: option.value}) + "#material"
