"""What the register shows elsewhere: the world, with the Subscribing States on it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from knowledge.states import endorsement
from knowledge.states.dots import dot_map
from knowledge.states.queries import subscribing_codes
from portal.cms.shelves import Panorama


def subscribers() -> Panorama | None:
    """Return the map of Subscribing States; None where none is recorded. One query."""
    codes = subscribing_codes()
    if not codes:
        return None
    count = len(codes)
    return Panorama(
        title=gettext_lazy("Who has subscribed"),
        text=endorsement.in_short(count),
        count=count,
        what=ngettext("Subscribing State", "Subscribing States", count),
        world=dot_map(codes),
        more_href=reverse("states"),
        more_text=gettext_lazy("Open the register"),
    )
