"""
Writing a new index from the cards and putting it in the old one's place, with searches served.

The new index hears of every change from before its first card is read (`indices.writable`). Its
cards are written with a version above that of every change until then, and below those to come: so
a card read here never replaces what a delivery brought, however late it arrives, and what was
removed meanwhile does not come back. A rebuild that begins while another runs takes its place.
"""

from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from threading import Event
from time import sleep

from django.db.models import Exists, OuterRef
from elasticsearch import ApiError, NotFoundError, TransportError

from portal.search import outbox
from portal.search.elastic import indices
from portal.search.elastic.bulk import Action, Fate, name_of, send, writing
from portal.search.elastic.delivery import Name, retry_failed
from portal.search.locking import writers_kept_out
from portal.search.models import Card, FacetSet, OutboxRow

BATCH = 500
# Elasticsearch takes in several batches while the next is read.
SENDERS = 3
# Seconds before each attempt at anything: enough for a cluster to find itself after a node died.
PATIENCE = (0, 1, 2, 4, 8, 15, 30, 30)
# Searches that found the old index when they began have ended by then.
GRACE_SECONDS = 2
ANOTHER = "another rebuild has begun and takes its place"
TROUBLE = (ApiError, TransportError, indices.AliasesNotSetError)


class RebuildFailedError(Exception):
    """A failure that says why there is no new index; what was searched stays as it was."""


def rebuild_index() -> Iterator[int]:
    """
    Fill a new index with every card and have it searched in place of the old; yields now and then
    how many cards were sent.

    Removes what rebuilds that died have left. Raises RebuildFailedError.
    """
    index = indices.new_name()
    try:
        version = _begin(index)
        refused = yield from _fill(index, version)
        _check(index, len(refused))
        _enter(refused)
        old = _swap(index)
    except BaseException as error:
        _give_up(index)
        if isinstance(error, TROUBLE):
            is_gone = isinstance(error, NotFoundError)
            raise RebuildFailedError(ANOTHER if is_gone else name_of(error)) from error
        raise
    _forget_what_is_there(version)
    # Refused by the old one, perhaps, for a mapping that the new one has not.
    retry_failed()
    sleep(GRACE_SECONDS)
    with suppress(*TROUBLE):  # the next rebuild removes it
        indices.discard(old)


def _begin(index: str) -> int:
    """Make the index, have changes delivered to it from now on, and say what version it is of."""
    left = indices.leftovers()
    indices.create(index, indices.building_alias())
    indices.discard(left)
    return outbox.version_now()


def _fill(index: str, version: int) -> Generator[int, None, list[Name]]:
    """Write every card; yields how many so far and returns the names of those refused."""
    refused: list[Name] = []
    given_up = Event()
    sent = 0
    with ThreadPoolExecutor(SENDERS) as pool:
        try:
            underway: deque[Future[list[Name]]] = deque()
            for cards in _batches():
                actions = [writing(index, card, version) for card in cards]
                names = [(card.kind, card.key) for card in cards]
                underway.append(pool.submit(_send, actions, names, given_up))
                sent += len(cards)
                if len(underway) > SENDERS:
                    refused += underway.popleft().result()
                    yield sent
            for batch in underway:
                refused += batch.result()
            yield sent
        finally:
            given_up.set()
    return refused


def _batches() -> Iterator[list[Card]]:
    """Yield the cards with facet sets, in the order of ids. Others deliver what is added later."""
    # Far fewer than cards, and never changed.
    sets: dict[int, FacetSet] = {}
    cards = Card.objects.defer("stems").order_by("pk")
    last = 0
    while batch := list(cards.filter(pk__gt=last)[:BATCH]):
        sets |= FacetSet.objects.in_bulk({card.facet_set_id for card in batch} - sets.keys())
        for card in batch:
            card.facet_set = sets[card.facet_set_id]
        yield batch
        last = batch[-1].pk


def _send(actions: Sequence[Action], names: Sequence[Name], given_up: Event) -> list[Name]:
    """Write until each is there; the names of those refused. Raises RebuildFailedError."""
    left = list(zip(actions, names, strict=True))
    refused: list[Name] = []
    error = ""
    for seconds in PATIENCE:
        if given_up.wait(seconds):
            break
        results = send([action for action, _ in left])
        if any(result.fate is Fate.GONE for result in results):
            raise RebuildFailedError(ANOTHER)
        outcomes = list(zip(left, results, strict=True))
        refused += [name for (_, name), result in outcomes if result.fate is Fate.REFUSED]
        left = [one for one, result in outcomes if result.fate is Fate.POSTPONED]
        if not left:
            return refused
        error = max(results).error
    raise RebuildFailedError(error)


def _check(index: str, refused: int) -> None:
    """
    Make the cards findable, and raise RebuildFailedError unless as many are as there should be.

    Changes that are on their way may be in the table and not yet here, or the other way round.
    """
    found: int | None = None
    cards = 0
    for seconds in PATIENCE:
        sleep(seconds)
        with suppress(ApiError, TransportError):
            indices.refresh([index])
            found = indices.count(index)
            cards = Card.objects.count()
            if found is not None and abs(cards - found) <= OutboxRow.objects.count() + refused:
                return
    raise RebuildFailedError(f"it has {found or 'an unknown number'} of {cards} cards")


def _enter(refused: list[Name]) -> None:
    """Leave the cards that were refused to deliveries, which try again and tell."""
    if refused:
        with writers_kept_out():
            outbox.add(refused)


def _swap(index: str) -> list[str]:
    """Have the index searched; those that it replaces."""
    old = indices.live()
    try:
        indices.swap(index, old)
    except TROUBLE:
        # Done all the same, perhaps, and the answer lost with a node.
        if index not in indices.live():
            raise
    return old


def _give_up(index: str) -> None:
    with suppress(*TROUBLE):  # the next rebuild removes it
        if index not in indices.live():
            indices.discard([index])


def _forget_what_is_there(version: int) -> None:
    """
    Delete the rows of changes that the new index was made from, failed ones included.

    Those of cards taken out stay and are delivered: they keep away whoever is late with such a
    card, of which the new index knows nothing.
    """
    is_there = Exists(Card.objects.filter(kind=OuterRef("kind"), key=OuterRef("key")))
    OutboxRow.objects.filter(is_there, pk__lte=version).delete()
