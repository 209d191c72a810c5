"""States in the search index."""

from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knowledge.states.endorsement import since
from portal.search.cards import CardData
from portal.search.registry import Kind
from portal.stakeholders.models import State
from portal.taxonomy.vocabularies import REGION


def card_of(state: State) -> CardData:
    """Return the card of a state: where it stands with the Code, found by name, code and region."""
    if state.is_subscribing:
        summary = _("Subscribing State to the Code of Conduct since %(date)s.") % {
            "date": since(state) or _("a day not recorded")
        }
    else:
        summary = _("Summit invitee. Its page says how the Code stays open to it.")
    return CardData(
        kind=KIND.key,
        key=state.iso2,
        title=state.name,
        url=reverse("state", args=[state.iso2.lower()]),
        summary=summary,
        body=" ".join([state.iso2, state.iso3, REGION.label_of(state.region)]).strip(),
        state=state.iso2,
    )


def cards(keys: Collection[str] | None = None) -> Iterator[CardData]:
    """Yield the cards of states: of all, or of those with these codes."""
    states = State.objects.all() if keys is None else State.objects.filter(iso2__in=keys)
    return (card_of(state) for state in states.iterator(chunk_size=200))


KIND = Kind("state", gettext_lazy("State"), gettext_lazy("States"), cards)
