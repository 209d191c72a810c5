"""
Cards: how a room puts what it publishes into the index, changes it there and takes it out.

Call `put` and `remove` inside the transaction that writes the thing itself; then the index can
neither miss it nor keep what was rolled back.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.html import strip_tags

from portal.languages.addresses import in_language
from portal.search import outbox
from portal.search.analysis.stemming import kept_stems, stems_of_headings
from portal.search.models import SAID, Card, FacetSet
from portal.search.query import PUBLIC
from portal.text import TATWEEL, clean_line

T = TypeVar("T")

# Said of a card beside its facets, and never offered as one: the languages of its `headings`.
HEADED = "headed"
# PostgreSQL keeps at most a megabyte of lexemes a card; a longer text is found by its beginning.
LONGEST = {"context": 300, "title": 300, "summary": 1_000, "body": 200_000}
# Between two words of a file's text as often as not.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_BLOCK_END = re.compile(r"(?i)</(?:p|h[1-6]|li|td|th|tr|div|dd|dt|blockquote|figcaption)>|<[bh]r\b")


@dataclass(frozen=True)
class CardData:
    """
    A card: what the index knows of one thing, as plain text.

    `kind` and `key` name it ("guide", "17"); `url` is its address. `context` heads a thing that has
    no `title` of its own, as a comment has none; it is shown and never searched, so that every
    comment of a consultation is not found by the consultation's name. `language` is a language code
    and chooses how its words are stemmed. `visible_to` is the circle that may find it. `group` is
    a key of the vocabulary GROUP, `state` an ISO 3166 alpha-2 code. `date` is an aware datetime,
    shown and sorted by. `facets` holds every further facet: name to values, e.g.
    `{"commitment": ["licensing"], "audience": ["customs"], "consultation": ["draft-code"]}`.
    `is_open` says that people may take part in it now. `headings` are (title, summary) by code in
    languages that it is not in: found by their words, and shown to readers of these languages.

    A card is new, to whoever saved a search, when it first comes in; again when it is opened to
    everybody, and when people may take part who could not before. An edit is no news, unless its
    room says so (`renew`).
    """

    kind: str
    key: str
    url: str
    title: str = ""
    context: str = ""
    summary: str = ""
    body: str = ""
    language: str = "en"
    visible_to: str = PUBLIC
    group: str = ""
    state: str = ""
    date: datetime | None = None
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    is_open: bool = False
    headings: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def put(card: CardData) -> None:
    """
    Write a card, new or changed.

    Two statements, however many facets it has, and a third where Elasticsearch is to hear of it.
    """
    put_many([card])


def put_many(cards: Iterable[CardData]) -> None:
    """Write cards, new or changed; of two with the same kind and key the later counts."""
    unique = {(card.kind, card.key): card for card in cards}
    if not unique:
        return
    now = timezone.now()
    rows = [_row(card, now) for card in unique.values()]
    with transaction.atomic(savepoint=False):
        FacetSet.objects.ensure(row.facet_set for row in rows)
        Card.objects.upsert(rows)
        outbox.add(unique)


def differing(kind: str, cards: Iterable[CardData]) -> list[CardData]:
    """Return those of these cards of one kind that the index lacks or has otherwise; one query."""
    now = timezone.now()
    wanted = {card.key: card for card in cards}
    there = {row.key: row for row in Card.objects.filter(kind=kind, key__in=wanted)}
    return [
        card
        for key, card in wanted.items()
        if key not in there or not _are_alike(_row(card, now), there[key])
    ]


def renew(kind: str, key: str, at: datetime) -> None:
    """Let a card be news again from the aware moment `at`; nothing where there is none."""
    with transaction.atomic(savepoint=False):
        if Card.objects.filter(kind=kind, key=key).update(entered=at):
            outbox.add([(kind, key)])


def remove(kind: str, key: str) -> None:
    """Take a card out; no error where there is none."""
    remove_many(kind, [key])


def remove_many(kind: str, keys: Iterable[str]) -> int:
    """Take out the cards of this kind with these keys; how many there were."""
    removed = 0
    for batch in in_batches(keys, 500):
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM search_card WHERE kind = %s AND key IN"  # noqa: S608 - no value of ours
                f" ({', '.join(['%s'] * len(batch))}) RETURNING key",
                [kind, *batch],
            )
            gone = [(kind, key) for (key,) in cursor.fetchall()]
            outbox.add(gone)
            removed += len(gone)
    return removed


def in_batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the items in lists of at most `size`."""
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch


def _row(card: CardData, now: datetime) -> Card:
    """Return the card as the index holds it, unsaved, with its set of facets."""
    headings = {
        language: (clean(title, LONGEST["title"]), clean(summary, LONGEST["summary"]))
        for language, (title, summary) in sorted(card.headings.items())
    }
    stems = kept_stems(card.language, card.title, card.summary, card.body[: LONGEST["body"]])
    return Card(
        kind=card.kind,
        key=card.key,
        context=clean(card.context, LONGEST["context"]),
        title=clean(card.title, LONGEST["title"]),
        summary=clean(card.summary, LONGEST["summary"]),
        body=clean(card.body, LONGEST["body"]),
        stems=" ".join(filter(None, [stems, *stems_of_headings(headings)])),
        headings=json.dumps(headings, ensure_ascii=False) if headings else "",
        # Under the first language, whoever wrote it; it is shown under the reader's.
        url=in_language(card.url, settings.LANGUAGE_CODE),
        language=card.language,
        group=card.group,
        state=card.state,
        date=card.date,
        entered=now,
        # Whoever sees it at last counts more than what they may do with it.
        openness=2 * (card.visible_to == PUBLIC) + card.is_open,
        facet_set=FacetSet.of(_terms(card), card.visible_to),
    )


def _are_alike(one: Card, other: Card) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in SAID)


def _terms(card: CardData) -> dict[str, list[str]]:
    """Return every facet of a card with its values, those of its own columns included."""
    own = {
        "kind": card.kind,
        "language": card.language,
        "group": card.group,
        "state": card.state,
        # In UTC, as the day beside it is shown.
        "year": f"{card.date.astimezone(UTC).year:04}" if card.date else "",
    }
    facets = {**card.facets, HEADED: card.headings}
    terms = {name: sorted(set(values)) for name, values in facets.items() if values}
    return {**terms, **{name: [value] for name, value in own.items() if value}}


def clean(text: str, longest: int) -> str:
    """Make one line of `plain` text without kashida, at most `longest` long."""
    return clean_line(_CONTROL.sub(" ", text)).replace(TATWEEL, "")[:longest]


def plain_text(rich: str) -> str:
    """Return the words of some HTML, for a card's body: no mark-up, no entities."""
    spaced = _BLOCK_END.sub(lambda end: f" {end[0]}", rich)
    return " ".join(html.unescape(strip_tags(spaced)).split())
