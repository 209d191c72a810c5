"""Reading the register: the Subscribing States, or every state and territory of a name."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.stakeholders.countries import codes_named, in_order
from portal.stakeholders.models import State


@dataclass(frozen=True)
class Register:
    """
    The states that were asked for, in the order of the reader's language.

    `subscribing` counts the whole register; `is_search` says that others may be among `states`.
    """

    states: Sequence[State]
    subscribing: int
    is_search: bool

    @property
    def is_whole(self) -> bool:
        return not self.is_search and len(self.states) == self.subscribing


def read_register(*, name: str = "", region: str = "") -> Register:
    """
    Return the Subscribing States of a UN region (its key); empty means any.

    With `name` return whatever states and territories it names, by code or by part of a name in
    any of the portal's languages. One query: there are some 250 in all.
    """
    everyone = list(State.objects.all())
    wanted = codes_named(name) if name.strip() else None
    found = [
        state
        for state in everyone
        if (state.is_subscribing if wanted is None else state.iso2 in wanted)
        and (not region or state.region == region)
    ]
    ordered = [state for state, _name in in_order((state, state.name) for state in found)]
    return Register(ordered, sum(state.is_subscribing for state in everyone), wanted is not None)
