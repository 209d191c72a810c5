"""What is done with the register: keeping the search index in step with it."""

from django.db import transaction

from knowledge.states.cards import KIND
from portal.search.cards import put_many


@transaction.atomic
def refresh_state_cards() -> int:
    """
    Write the search card of every state anew; call it after the states are loaded or changed.

    Returns how many there are.
    """
    cards = list(KIND.cards())
    put_many(cards)
    return len(cards)
