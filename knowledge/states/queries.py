"""Reading the register: the Subscribing States, or every state and territory of a name."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import cached_property

from portal.stakeholders.countries import codes_named, in_order
from portal.stakeholders.models import State
from portal.taxonomy.vocabularies import REGION


@dataclass(frozen=True)
class RegionCount:
    """Subscribing States of a UN region; `share` is of the fullest region's, in percent."""

    key: str
    label: str
    count: int
    share: int


@dataclass(frozen=True)
class Register:
    """
    The states that were asked for, in the order of the reader's language.

    `subscribers` are those of the whole register; `is_search` says that others may be among
    `states`.
    """

    states: Sequence[State]
    subscribers: Sequence[State]
    is_search: bool

    @property
    def subscribing(self) -> int:
        return len(self.subscribers)

    @property
    def is_whole(self) -> bool:
        return not self.is_search and len(self.states) == self.subscribing

    @cached_property
    def regions(self) -> list[RegionCount]:
        """Count the whole register by region, the fullest first; regions without any are last."""
        counts = dict.fromkeys(REGION.keys, 0)
        for state in self.subscribers:
            if state.region in counts:
                counts[state.region] += 1
        most = max(counts.values()) or 1
        ordered = sorted(counts.items(), key=lambda each: -each[1])
        return [
            RegionCount(key, REGION.label_of(key), count, count * 100 // most)
            for key, count in ordered
        ]


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
    subscribers = [state for state in everyone if state.is_subscribing]
    return Register(ordered, subscribers, wanted is not None)


def subscribing_codes() -> list[str]:
    """Return the codes of two letters of all Subscribing States. One query."""
    subscribing = State.objects.filter(code_status=State.CodeStatus.SUBSCRIBING)
    return list(subscribing.values_list("iso2", flat=True))
