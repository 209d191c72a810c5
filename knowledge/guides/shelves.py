"""What guides show elsewhere: on the home and commitment pages, and on the page of a state."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.db.models import Prefetch
from django.utils.translation import gettext, gettext_lazy, ngettext

from knowledge.guides.facets import index_href
from knowledge.guides.models import GuidePage, StateUse
from knowledge.guides.queries import GuideQuerySet
from knowledge.guides.readers import shown_to_reader
from knowledge.states.registry import PublishedAbout
from portal.cms.jinja import spoken
from portal.cms.models.in_every_language import asked_alike
from portal.cms.shelves import Shelf, Teaser
from portal.cms.wings.matrix import Entry
from portal.search.facet_counts import PublicCards
from portal.stakeholders.models import State
from portal.taxonomy.vocabularies import COMMITMENT


def newest_reviewed(commitment: str | None, limit: int) -> Sequence[Teaser]:
    """Return the newest reviewed guides, under a commitment where one is given. One query."""
    guides = _newest_reviewed()
    if commitment:
        guides = guides.under_commitment(commitment)
    return [guide.entry() for guide in guides[:limit]]


@asked_alike
def _newest_reviewed() -> GuideQuerySet:
    guides: GuideQuerySet = GuidePage.objects.shown().newest_reviewed().without_text()
    return guides


def about_state(state: State) -> Sequence[Teaser]:
    """Guides to the state's own law or practice. One query."""
    guides = GuidePage.objects.shown().about_state(state).without_text()
    return [guide.entry() for guide in guides]


def used_by_state(state: State) -> Sequence[Teaser]:
    """Guides that the state used, the latest use first, each with what for. Two queries."""
    shown = GuidePage.objects.shown().values("pk")
    uses = StateUse.objects.filter(state=state, guide__in=shown)
    guides = Prefetch("guide", GuidePage.objects.without_text())
    found = uses.select_related("source").prefetch_related(guides)
    return [_of_use(each) for each in found.order_by("-year", "guide__title", "pk")]


def _of_use(use: StateUse) -> Teaser:
    of_guide = use.guide.entry()
    said_in, _href = use.borne_out_by
    told = [
        gettext("Used in %(year)d") % {"year": use.year},
        gettext("Source: %(source)s") % {"source": said_in},
    ]
    href = f"{of_guide.href}#guide-used"
    # What an editor wrote of the use is in the guide's language, whatever its title is shown in.
    what = use.what if of_guide.language else spoken(use.what, use.guide.written_in)
    return replace(of_guide, href=href, summary=what, meta=told)


def published(cards: PublicCards) -> Iterator[Entry]:
    """Count the guides under each commitment as the index lists them."""
    listed = {"kind": ["guide"], **shown_to_reader({})}
    for key, number in cards.by_value(COMMITMENT.key, listed).items():
        told = ngettext("%(num)d guide", "%(num)d guides", number) % {"num": number}
        yield Entry("published", key, told, index_href(commitment=key))


GOOD_PRACTICE = Shelf(
    key="good-practice",
    title=gettext_lazy("Good practice"),
    order=20,
    teasers=newest_reviewed,
    more_href=index_href,
    more_text=gettext_lazy("All guides"),
)
STATE_PRACTICE = PublishedAbout(
    key="guides", title=gettext_lazy("Law and practice"), teasers=about_state
)
STATE_USE = PublishedAbout(
    key="uses", title=gettext_lazy("Guides that this state used"), teasers=used_by_state
)
