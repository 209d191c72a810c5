"""Reading the register: all states in one query, narrowed by name, status and region."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from portal.stakeholders.models import State


@dataclass(frozen=True)
class Register:
    """The states that were asked for, by name, and the counts of the whole register."""

    states: Sequence[State]
    total: int
    subscribing: int

    @property
    def invited(self) -> int:
        return self.total - self.subscribing

    @property
    def is_whole(self) -> bool:
        return len(self.states) == self.total


def folded(text: str) -> str:
    """Text without case and accents, so that "cote d'ivoire" finds Côte d’Ivoire."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def read_register(*, name: str = "", status: str = "", region: str = "") -> Register:
    """
    Return the register narrowed to states whose name contains `name` (or whose two-letter code it
    is) and that have the status (`State.CodeStatus`) and UN region (key) given; empty means any.

    One query: the register holds under two hundred states, and databases disagree on accents.
    """
    everyone = list(State.objects.order_by("name"))
    wanted = folded(name.strip())
    found = [
        state
        for state in everyone
        if (not wanted or wanted in folded(state.name) or wanted == state.iso2.casefold())
        and (not status or state.code_status == status)
        and (not region or state.region == region)
    ]
    found.sort(key=lambda state: folded(state.name))
    return Register(found, len(everyone), sum(state.is_subscribing for state in everyone))
