"""The frozen test collection: what judgements.toml and held_out.toml were judged over."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.management.commands.create_site import make_synonyms
from portal.search.cards import CardData, put_many, remove_many
from portal.search.models import Card
from portal.search.vocabulary.statistics import count_words

FOLDER = Path(__file__).parent / "corpus"


@contextmanager
def frozen() -> Iterator[None]:
    """
    Have the index hold the frozen cards and no other, for as long as this lasts.

    Synonyms belong to the search: they are those at hand, or where there are none, the stock that a
    new portal begins with.
    """
    with transaction.atomic():
        for kind in set(Card.objects.values_list("kind", flat=True)):
            remove_many(kind, list(Card.objects.filter(kind=kind).values_list("key", flat=True)))
        make_synonyms()
        put_many(frozen_cards(timezone.now()))
        count_words()
        yield
        transaction.set_rollback(True)


def frozen_cards(now: datetime) -> list[CardData]:
    """Return the cards in `corpus`, as old at `now` as they were when they were frozen."""
    return [
        _card(path.stem, entry, now)
        for path in sorted(FOLDER.glob("*.toml"))
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["card"]
    ]


def _card(kind: str, entry: dict[str, Any], now: datetime) -> CardData:
    said = {name: value for name, value in entry.items() if name != "days"}
    date = now - timedelta(days=entry["days"]) if "days" in entry else None
    return CardData(kind=kind, date=date, **said)
