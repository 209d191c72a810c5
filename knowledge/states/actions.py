"""What is done with the register: keeping search in step with it, taking in what readers tell."""

from datetime import date

from django.db import transaction

from knowledge.states.cards import KIND
from knowledge.states.models import SourceTip
from portal.search.cards import put_many
from portal.stakeholders.models import State


@transaction.atomic
def refresh_state_cards() -> int:
    """
    Write the search card of every state anew; call it after the states are loaded or changed.

    Returns how many there are.
    """
    cards = list(KIND.cards())
    put_many(cards)
    return len(cards)


def tell_source(*, state: State, source: str, text: str, on: date) -> SourceTip:
    """Keep for staff the address of a public source on `state`, and what somebody says of it."""
    return SourceTip.objects.create(state=state, source=source, text=text, told_on=on)
