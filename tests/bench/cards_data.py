"""
100,000 search cards from a fixed seed, and the same rows for the raw limit.

Texts are those of the discussion (`generator.py`), around 45 words, in the languages of the
portal; one card in twenty is a guide with a title and a summary, the others are comments on 25
consultations. Into a fifth of them, a hundredth and a thousandth words of their own are strewn,
twelve of each, so that no search is for the words of the one before.
"""

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.bench import generator

if TYPE_CHECKING:
    from portal.search.cards import CardData

SIZE = 100_000
SHARES = {"20%": 0.2, "1%": 0.01, "0.1%": 0.001}
WORDS_EACH = 12
FACETS = ("kind", "language", "group", "state", "commitment", "stage")
FILTERS = {"group": ["academia", "industry"], "commitment": ["licensing", "capacity"]}

GROUPS = ("industry", "academia", "civil-society", "government", "other")
STATES = ("", "", "", "BE", "DE", "FR", "GB", "JP", "US")
LANGUAGES = ("en", "en", "en", "en", "en", "en", "fr", "es", "ru", "ar")


def words_of(share: str) -> list[str]:
    """The words strewn into this share of the cards: like no others, and their own stems."""
    number = list(SHARES).index(share)
    return [f"zog{'bdf'[number]}{letter}ak" for letter in "bcdfghjklmnp"[:WORDS_EACH]]


def cards() -> Iterator["CardData"]:
    """The cards."""
    from portal.search.cards import CardData
    from portal.taxonomy.vocabularies import COMMITMENT, STAGE

    chance = random.Random(generator.SEED)
    commitments = [term.key for term in COMMITMENT]
    stages = [term.key for term in STAGE]
    consultations = [
        (f"consultation-{number}", chance.choice(commitments), chance.choice(stages))
        for number in range(25)
    ]
    strewn = [(word, share) for name, share in SHARES.items() for word in words_of(name)]
    for row in generator.rows(SIZE):
        words = row.body.split()
        for word, share in strewn:
            if chance.random() < share:
                words.insert(chance.randrange(len(words) + 1), word)
        consultation, commitment, stage = chance.choice(consultations)
        is_guide = row.id % 20 == 0
        facets = {"commitment": [commitment], "stage": [stage]}
        if not is_guide:
            facets["consultation"] = [consultation]
        yield CardData(
            kind="guide" if is_guide else "comment",
            key=str(row.id),
            url=f"/c/{row.id}",
            title=" ".join(words[:6]) if is_guide else "",
            summary=" ".join(words[6:20]) if is_guide else "",
            context="" if is_guide else f"Comment on {consultation}",
            body=" ".join(words),
            language=chance.choice(LANGUAGES),
            group=GROUPS[row.id % 5],
            state=chance.choice(STATES),
            date=generator.BEGINNING + timedelta(minutes=row.id),
            facets=facets,
        )
