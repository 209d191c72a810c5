"""States in the search index."""

from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy

from knowledge.states.endorsement import standing
from portal.search.cards import CardData
from portal.search.registry import Kind
from portal.stakeholders.models import State
from portal.taxonomy.vocabularies import REGION

# Without the words "subscribing" and "code": a search for these is not for two hundred others.
OTHERS = gettext_lazy("Not on the list of 2023, which says nothing about its policy.")


def card_of(state: State) -> CardData:
    """Return the card of a state: where it stands with the Code, found by name, code and region."""
    return CardData(
        kind=KIND.key,
        key=state.iso2,
        title=state.name,
        url=reverse("state", args=[state.iso2.lower()]),
        summary=standing(state) if state.is_subscribing else str(OTHERS),
        body=" ".join([state.iso2, state.iso3, REGION.label_of(state.region)]).strip(),
        state=state.iso2,
    )


def cards(keys: Collection[str] | None = None) -> Iterator[CardData]:
    """Yield the cards of states: of all, or of those with these codes."""
    states = State.objects.all() if keys is None else State.objects.filter(iso2__in=keys)
    return (card_of(state) for state in states.iterator(chunk_size=200))


KIND = Kind("state", gettext_lazy("State"), gettext_lazy("States"), cards)
