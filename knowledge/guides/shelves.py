"""What guides show elsewhere: on the home and commitment pages, and on the page of a state."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy

from knowledge.guides.facets import index_href
from knowledge.guides.models import GuidePage
from knowledge.states.registry import PublishedAbout
from portal.cms.shelves import Shelf, Teaser
from portal.stakeholders.models import State


def newest_reviewed(commitment: str | None, limit: int) -> Sequence[Teaser]:
    """Return the newest reviewed guides, under a commitment where one is given. One query."""
    guides = GuidePage.objects.shown().newest_reviewed().without_text()
    if commitment:
        guides = guides.under_commitment(commitment)
    return [guide.entry() for guide in guides[:limit]]


def about_state(state: State) -> Sequence[Teaser]:
    """Guides to the state's own law or practice. One query."""
    guides = GuidePage.objects.shown().about_state(state).without_text()
    return [guide.entry() for guide in guides]


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
