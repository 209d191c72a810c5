"""What engines find, as a reader gets to see it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models.functions import Left
from django.utils.text import Truncator

from portal.search import registry
from portal.search.highlights import START, marked
from portal.search.models import Card
from portal.search.query import Hit

EXCERPT_WORDS = 40
EXCERPT_LENGTH = 400


class Found(NamedTuple):
    """A card as an engine reads it, with sentinels; without words sought, `excerpt` is empty."""

    id: int
    kind: str
    key: str
    url: str
    language: str
    group: str
    state: str
    date: datetime | None
    context: str
    beginning: str
    title: str
    summary: str
    excerpt: str = ""


def cards_found(ids: Iterable[int], visible_to: Sequence[str]) -> dict[int, Found]:
    """The rows of these cards by id, of those that the circles may see; one statement."""
    cards = Card.objects.filter(pk__in=list(ids), facet_set__visible_to__in=list(visible_to))
    rows = cards.values_list(*Found._fields[:9], Left("body", EXCERPT_LENGTH), "title", "summary")
    return {row[0]: Found(*row) for row in rows}


def hits_of(found: Iterable[Found]) -> list[Hit]:
    """These as hits, in their order."""
    labels = kind_labels()
    return [_hit(one, labels.get(one.kind, one.kind)) for one in found]


def kind_labels() -> dict[str, str]:
    """What one of each kind is called."""
    return {kind.key: str(kind.label) for kind in registry.all_kinds()}


def _hit(one: Found, kind_label: str) -> Hit:
    summary = one.summary
    if START not in summary and (START in one.excerpt or not summary):
        # Its own summary says more, unless the words stand in the body alone.
        summary = one.excerpt or Truncator(one.beginning).words(EXCERPT_WORDS, truncate="…")
    return Hit(
        kind=one.kind,
        kind_label=kind_label,
        key=one.key,
        title=marked(one.title or one.context),
        summary=marked(summary),
        url=one.url,
        language=one.language,
        group=one.group,
        state=one.state,
        date=one.date,
    )
