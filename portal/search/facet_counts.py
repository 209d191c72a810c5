"""How counts by facet set become a total, the counts of every facet, and the admitted sets."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils.functional import cached_property

from portal.search.cards import HEADED
from portal.search.facets import get_facet
from portal.search.models import Card, FacetSet
from portal.search.query import PUBLIC, FacetGroup, FacetOption, SearchQuery
from portal.search.registry import light_kinds

# A set's circle and its marks, by its key. A set never changes and its key is a hash of its
# content, so nothing here can go stale, whatever the process has read before. A mark is
# "facet:value": one string, since a string remembers its hash and a pair does not, and a search
# adds up thousands.
SetContent = tuple[str, tuple[str, ...]]
_remembered: dict[int, SetContent] = {}
REMEMBERED_AT_MOST = 20_000


@dataclass
class Tally:
    """
    Counts of what answers: in all, by facet and value, and in which sets they are.

    `in_circles` is how many the asker might see, whatever the filters, and `weighty` how many of
    these are of no light kind; `cards` is how many each admitted set has.
    """

    total: int = 0
    in_circles: int = 0
    weighty: int = 0
    admitted: list[int] = field(default_factory=list)
    values: dict[str, Counter[str]] = field(default_factory=dict)
    cards: dict[int, int] = field(default_factory=dict)

    def parts(self, mark: str) -> list[tuple[list[int], int]]:
        """Part the admitted sets: those with a mark, then the rest; each with how many cards."""
        if not mark:
            return [(self.admitted, self.total)]
        marked = {key for key, (_, marks) in contents(self.admitted).items() if mark in marks}
        first = [key for key in self.admitted if key in marked]
        rest = [key for key in self.admitted if key not in marked]
        return [(keys, sum(self.cards[key] for key in keys)) for keys in (first, rest)]


def tally_up(counts: Mapping[int, int], query: SearchQuery) -> Tally:
    """
    Count from how many cards of each set match the words, what filters and circles leave.

    A set that misses one filter alone still counts under that filter's own facet: there the
    number says what choosing another value would bring.
    """
    tally = Tally(values={name: Counter() for name in query.facets})
    chosen = {
        name: frozenset(f"{name}:{value}" for value in values)
        for name, values in query.filters.items()
        if values
    }
    circles = frozenset(query.visible_to)
    light = {f"kind:{kind}" for kind in light_kinds()}
    counted: defaultdict[str, int] = defaultdict(int)
    for key, (visible_to, marks) in contents(counts).items():
        if visible_to not in circles:
            continue
        count = counts[key]
        tally.in_circles += count
        tally.weighty += count if light.isdisjoint(marks) else 0
        missed = (
            [name for name, wanted in chosen.items() if wanted.isdisjoint(marks)] if chosen else ()
        )
        if not missed:
            tally.total += count
            tally.admitted.append(key)
            tally.cards[key] = count
            for mark in marks:
                counted[mark] += count
        elif len(missed) == 1:
            for mark in marks:
                if mark.startswith(f"{missed[0]}:"):
                    counted[mark] += count
    for mark, count in counted.items():
        name, _, value = mark.partition(":")
        if name in tally.values:
            tally.values[name][value] = count
    return tally


def contents(keys: Iterable[int]) -> dict[int, SetContent]:
    """Circle and marks of each set; those not yet remembered are read from the database."""
    known: dict[int, SetContent] = {}
    missing: list[int] = []
    for key in keys:
        content = _remembered.get(key)
        if content is None:
            missing.append(key)
        else:
            known[key] = content
    if missing:
        read: dict[int, SetContent] = {
            one.pk: (
                one.visible_to,
                tuple(f"{name}:{value}" for name, values in one.terms.items() for value in values),
            )
            for one in FacetSet.objects.in_bulk(missing).values()
        }
        known |= read
        if len(_remembered) + len(read) > REMEMBERED_AT_MOST:
            _remembered.clear()
        if len(read) <= REMEMBERED_AT_MOST:
            _remembered.update(read)
    return known


class PublicCards:
    """
    Counts of the cards that everybody may find, for what asks for several of them at once.

    Read when first asked: one query over an index that has nothing but sets, and one for sets that
    are not yet remembered.
    """

    @cached_property
    def _sets(self) -> list[tuple[frozenset[str], int]]:
        cards = Card.objects.order_by().values_list("facet_set")
        counts = dict(cards.annotate(number=Count("pk")))
        return [
            (frozenset(marks), counts[key])
            for key, (visible_to, marks) in contents(counts).items()
            if visible_to == PUBLIC
        ]

    def sets(self, filters: Mapping[str, Sequence[str]]) -> list[tuple[frozenset[str], int]]:
        """Return the sets of marks ("facet:value") that fit the filters, and how many have each."""
        wanted = [{f"{name}:{value}" for value in values} for name, values in filters.items()]
        return [(marks, n) for marks, n in self._sets if all(marks & each for each in wanted)]

    def by_value(self, facet: str, filters: Mapping[str, Sequence[str]]) -> Counter[str]:
        """Count the cards that fit the filters by the values of a facet."""
        counted: Counter[str] = Counter()
        for marks, number in self.sets(filters):
            for mark in marks:
                name, _, value = mark.partition(":")
                if name == facet:
                    counted[value] += number
        return counted


def shared(some: Mapping[str, Sequence[str]], others: Mapping[str, Sequence[str]]) -> int:
    """Count the values that stand in both; in which languages titles are makes none alike."""
    return sum(
        len(set(values).intersection(others.get(name, ())))
        for name, values in some.items()
        if name != HEADED
    )


def facet_group(name: str, counts: Counter[str], chosen: Sequence[str]) -> FacetGroup:
    """Return a facet's options: those with something to find, and those chosen."""
    facet = get_facet(name)
    common = [value for value, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
    common += [value for value in chosen if value not in counts]
    offered = {*common[: facet.limit], *chosen}
    labels = facet.labels(offered)
    return FacetGroup(
        name,
        str(facet.label),
        [
            FacetOption(value, labels[value], counts[value], value in chosen)
            for value in (labels if facet.ordered else common)
            if value in offered and value in labels
        ],
    )
